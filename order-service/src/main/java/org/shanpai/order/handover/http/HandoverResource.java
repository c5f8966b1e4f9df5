package org.shanpai.order.handover.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.order.handover.CodeKind;
import org.shanpai.order.handover.Handover;
import org.shanpai.order.handover.Receiver;

/** rider-service asks for the rider its token names. */
@Path("/internal/v1/orders/{orderId}")
@RolesAllowed(Roles.SERVICE)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Handover (internal)", description = "For other services, on behalf of a rider")
public class HandoverResource {

  private static final String RIDERS_SERVICE = "rider-service";

  private final Handover handover;
  private final CurrentCaller caller;

  HandoverResource(Handover handover, CurrentCaller caller) {
    this.handover = handover;
    this.caller = caller;
  }

  /** A code typed in by the rider. */
  @Schema(name = "CodeCheck")
  public record CodeBody(
      @NotNull CodeKind kind,
      @NotNull @Pattern(regexp = "[0-9]{4,6}") String code,
      @Schema(description = "The fencing token of the rider's assignment, when known")
          Long epoch) {}

  /** Whom to hand over to. */
  @Schema(name = "OrderContact")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ContactAnswer(
      String contactName,
      @Schema(description = "What to call; stands in for the real one when virtualNumber is true")
          String contactPhone,
      String address,
      String note,
      boolean virtualNumber,
      @Schema(description = "Wall time the number works until; missing for a real one")
          Instant numberUntil) {

    static ContactAnswer of(Receiver receiver) {
      return new ContactAnswer(
          receiver.contact().name(),
          receiver.number().number(),
          receiver.contact().address(),
          receiver.contact().note(),
          receiver.number().stand(),
          receiver.number().until());
    }

    @Override
    public String toString() {
      return "ContactAnswer[…]";
    }
  }

  @POST
  @Path("codes/check")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Check a pickup or delivery code for the order's rider")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "pickup",
                      value = "{\"kind\": \"PICKUP\", \"code\": \"4711\", \"epoch\": 3}")))
  @APIResponse(responseCode = "204", description = "Right")
  @APIResponse(responseCode = "404", description = "Not this rider's order")
  @APIResponse(responseCode = "409", description = "wrong-code; assignment-under-way: try again")
  @APIResponse(responseCode = "429", description = "too-many-tries")
  public Uni<RestResponse<Void>> check(
      @PathParam("orderId") OrderId orderId, @NotNull @Valid CodeBody body) {
    return handover
        .check(orderId, rider(), body.epoch(), body.kind(), body.code())
        .map(right -> RestResponse.noContent());
  }

  @GET
  @Path("contact")
  @Operation(summary = "The customer's contact, for the order's rider")
  @APIResponse(
      responseCode = "200",
      description = "The contact",
      content =
          @Content(
              schema = @Schema(implementation = ContactAnswer.class),
              examples =
                  @ExampleObject(
                      name = "contact",
                      value =
                          "{\"contactName\": \"李女士\", \"contactPhone\": \"000012345678\","
                              + " \"address\": \"南京西路 1 弄 2 号 301 室\","
                              + " \"virtualNumber\": true,"
                              + " \"numberUntil\": \"2026-11-23T04:00:00Z\"}")))
  @APIResponse(responseCode = "404", description = "Not this rider's order")
  @APIResponse(responseCode = "409", description = "assignment-under-way: try again")
  public Uni<ContactAnswer> contact(
      @PathParam("orderId") OrderId orderId, @QueryParam("epoch") Long epoch) {
    return handover.receiver(orderId, rider(), epoch).map(ContactAnswer::of);
  }

  /** Riders sign in at rider-service only, so no other service can speak for one. */
  private RiderId rider() {
    if (!RIDERS_SERVICE.equals(caller.issuer()) || caller.actor() == null) {
      throw Problem.forbidden("Only rider-service asks this, for the rider its token names.");
    }
    try {
      return new RiderId(caller.actor());
    } catch (IllegalArgumentException illegal) {
      throw Problem.forbidden("The token names no rider.");
    }
  }
}

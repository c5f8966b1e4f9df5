package org.shanpai.order.virtualnumber.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.order.virtualnumber.CallEvidence;
import org.shanpai.order.virtualnumber.Calls.Call;
import org.shanpai.order.virtualnumber.VirtualNumbers.Audience;

/** The calls of an order, as evidence. */
@Path("/internal/v1/orders/{orderId}/calls")
@RolesAllowed(Roles.SERVICE)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calls (internal)")
public class OrderCallResource {

  private final CallEvidence evidence;

  OrderCallResource(CallEvidence evidence) {
    this.evidence = evidence;
  }

  /** A call that was made. */
  @Schema(name = "CallMade")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CallView(
      String callId,
      RiderId riderId,
      @Schema(description = "Who called") Audience caller,
      @Schema(description = "City time") Instant at,
      int seconds,
      boolean answered) {
    static CallView of(Call call) {
      return new CallView(
          call.callId(),
          call.riderId(),
          call.audience(),
          call.at(),
          call.seconds(),
          call.answered());
    }
  }

  /** The calls of an order, the oldest first. */
  @Schema(name = "CallsMade")
  public record CallList(List<CallView> calls) {}

  @GET
  @Operation(summary = "The calls made for an order: evidence that somebody was tried")
  @APIResponse(
      responseCode = "200",
      description = "The oldest first",
      content =
          @Content(
              schema = @Schema(implementation = CallList.class),
              examples =
                  @ExampleObject(
                      name = "one",
                      value =
                          "{\"calls\": [{\"callId\": \"call-17\", \"riderId\": \"r-1\","
                              + " \"caller\": \"RIDER\", \"at\": \"2026-11-22T04:20:00Z\","
                              + " \"seconds\": 0, \"answered\": false}]}")))
  @APIResponse(responseCode = "404", description = "There is no such order")
  public Uni<CallList> calls(@PathParam("orderId") OrderId orderId) {
    return evidence
        .of(orderId)
        .map(calls -> new CallList(calls.stream().map(CallView::of).toList()));
  }
}

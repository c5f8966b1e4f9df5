package org.shanpai.order.handover.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
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
import org.shanpai.order.handover.Attempt;
import org.shanpai.order.handover.CodeKind;
import org.shanpai.order.handover.Handover;
import org.shanpai.order.handover.PhotoProof;
import org.shanpai.order.handover.Receiver;
import org.shanpai.order.orders.HandoverCheck;

/** rider-service asks for the rider its token names. */
@Path("/internal/v1/orders/{orderId}")
@RolesAllowed(Roles.SERVICE)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Handover (internal)", description = "For other services, on behalf of a rider")
public class HandoverResource {

  private static final String RIDERS_SERVICE = "rider-service";

  private final Handover handover;
  private final PhotoProof proofs;
  private final CurrentCaller caller;

  HandoverResource(Handover handover, PhotoProof proofs, CurrentCaller caller) {
    this.handover = handover;
    this.proofs = proofs;
    this.caller = caller;
  }

  /** A code typed in by the rider, or what stands in for one. */
  @Schema(name = "CodeCheck")
  public record CodeBody(
      @NotNull CodeKind kind,
      @Pattern(regexp = "[0-9]{4,6}") String code,
      @Schema(description = "The fencing token of the rider's assignment, when known") Long epoch,
      @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") @Schema(description = "A picture put before")
          String proofId,
      @Schema(description = "Left at the drop point agreed") Boolean dropPoint,
      @Size(max = 8) @Schema(description = "What the rider has seen at the door")
          Set<@NotNull HandoverCheck> checked) {

    Attempt attempt() {
      return new Attempt(
          kind,
          epoch,
          code,
          proofId,
          Boolean.TRUE.equals(dropPoint),
          checked == null ? Set.of() : checked);
    }
  }

  /** Whom to hand over to. */
  @Schema(name = "OrderContact")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ContactAnswer(
      String contactName,
      @Schema(description = "What to call; stands in for the real one when virtualNumber is true")
          String contactPhone,
      String address,
      String note,
      @Schema(description = "Whether the goods may be left at a place agreed") boolean dropPoint,
      @Schema(description = "Where to leave them") String dropPointInstruction,
      @Schema(description = "What to see at the door before handing over")
          Set<HandoverCheck> checks,
      boolean virtualNumber,
      @Schema(description = "Wall time the number works until; missing for a real one")
          Instant numberUntil) {

    static ContactAnswer of(Receiver receiver) {
      return new ContactAnswer(
          receiver.contact().name(),
          receiver.number().number(),
          receiver.contact().address(),
          receiver.contact().note(),
          receiver.terms().dropPoint(),
          receiver.contact().dropInstruction(),
          receiver.terms().checks(),
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
  @Operation(
      summary =
          "Check what the order's rider brings to a hand-over: a code, or a drop point's picture")
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
  @APIResponse(
      responseCode = "422",
      description =
          "code-needed, checks-needed, drop-point-not-allowed, drop-point-not-agreed, photo-needed,"
              + " photo-unknown, photo-stale; the problem names the field")
  @APIResponse(responseCode = "429", description = "too-many-tries")
  public Uni<RestResponse<Void>> check(
      @PathParam("orderId") OrderId orderId, @NotNull @Valid CodeBody body) {
    return handover.check(orderId, rider(), body.attempt()).map(right -> RestResponse.noContent());
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
                              + " \"dropPoint\": false, \"checks\": [\"AGE_18\"],"
                              + " \"virtualNumber\": true,"
                              + " \"numberUntil\": \"2026-11-23T04:00:00Z\"}")))
  @APIResponse(responseCode = "404", description = "Not this rider's order")
  @APIResponse(responseCode = "409", description = "assignment-under-way: try again")
  public Uni<ContactAnswer> contact(
      @PathParam("orderId") OrderId orderId, @QueryParam("epoch") Long epoch) {
    return handover.receiver(orderId, rider(), epoch).map(ContactAnswer::of);
  }

  @PUT
  @Path("proofs/{proofId}")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(
      summary = "Keep a picture the order's rider took; again it is kept once",
      description =
          "JPEG, PNG or WebP by its bytes, at most 2 MiB. Place, owner and device are taken out.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM,
              schema = @Schema(type = SchemaType.STRING, format = "binary"),
              examples = @ExampleObject(name = "photo", value = "the bytes of a picture")))
  @APIResponse(
      responseCode = "200",
      description = "Kept",
      content =
          @Content(
              schema = @Schema(implementation = PhotoView.class),
              examples = @ExampleObject(name = "photo", value = PhotoView.EXAMPLE)))
  @APIResponse(responseCode = "404", description = "Not this rider's order")
  @APIResponse(
      responseCode = "409",
      description = "stale-epoch, order-ended, too-many-photos; assignment-under-way: try again")
  @APIResponse(responseCode = "413", description = "too-large")
  @APIResponse(responseCode = "422", description = "no-picture, broken-picture, picture-size")
  public Uni<PhotoView> put(
      @PathParam("orderId") OrderId orderId,
      @PathParam("proofId") @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") String proofId,
      @QueryParam("epoch") @NotNull @Min(0) Long epoch,
      byte[] file) {
    return proofs.put(orderId, rider(), proofId, epoch, file).map(PhotoView::of);
  }

  @GET
  @Path("proofs/{proofId}")
  @Produces({"image/jpeg", "image/png", "image/webp"})
  @Operation(
      summary = "A picture the rider handed in with this order, for the desk that hears an appeal")
  @APIResponse(
      responseCode = "200",
      description = "The picture",
      content = {
        @Content(
            mediaType = "image/jpeg",
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = "image/png",
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = "image/webp",
            schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
  @APIResponse(responseCode = "404", description = "None of this rider's, or it was erased")
  public Uni<Response> picture(
      @PathParam("orderId") OrderId orderId,
      @PathParam("proofId") @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") String proofId) {
    return proofs
        .picture(rider(), orderId, proofId)
        .map(
            shown ->
                Response.ok(shown.bytes(), shown.mediaType())
                    .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                    .header("X-Content-Type-Options", "nosniff")
                    .build());
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

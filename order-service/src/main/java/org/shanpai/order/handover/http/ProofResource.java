package org.shanpai.order.handover.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.order.handover.CodeKind;
import org.shanpai.order.handover.HandoverRecord;
import org.shanpai.order.handover.PhotoProof;
import org.shanpai.order.handover.Way;
import org.shanpai.order.orders.HandoverCheck;

/** Merchants see what proves that their goods changed hands. */
@Path("/v1/orders/{orderId}/proof")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Proof", description = "How goods changed hands")
public class ProofResource {

  private static final String EXAMPLE =
      """
      {"orderId": "o-1",
       "handovers": [{"kind": "PICKUP", "way": "CODE", "riderId": "r-1", "checked": [],
                      "at": "2026-11-22T04:05:00Z"},
                     {"kind": "DELIVERY", "way": "DROP_POINT", "proofId": "p-17", "riderId": "r-1",
                      "checked": [], "at": "2026-11-22T04:21:10Z"}],
       "photos": [{"proofId": "p-17", "riderId": "r-1", "mediaType": "image/jpeg", "width": 1280,
                   "height": 960, "metresFromDoor": 14, "at": "2026-11-22T04:21:00Z",
                   "kept": true}]}
      """;

  private final PhotoProof proofs;
  private final CurrentCaller caller;

  ProofResource(PhotoProof proofs, CurrentCaller caller) {
    this.proofs = proofs;
    this.caller = caller;
  }

  /** How goods changed hands. */
  @Schema(name = "HandoverProof")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record HandoverView(
      CodeKind kind,
      Way way,
      @Schema(description = "The picture that proves it; missing for a code") String proofId,
      RiderId riderId,
      @Schema(description = "What the rider says to have seen") Set<HandoverCheck> checked,
      @Schema(description = "City time") Instant at) {
    static HandoverView of(HandoverRecord handover) {
      return new HandoverView(
          handover.kind(),
          handover.way(),
          handover.proofId(),
          handover.riderId(),
          handover.checked(),
          handover.at());
    }
  }

  /** What proves an order's hand-overs. */
  @Schema(name = "OrderProof")
  public record ProofView(
      OrderId orderId,
      @Schema(description = "Pickup first") List<HandoverView> handovers,
      @Schema(description = "The newest first") List<PhotoView> photos) {}

  @GET
  @Operation(summary = "What proves that the goods of one of your orders changed hands")
  @APIResponse(
      responseCode = "200",
      description = "Empty lists while nothing has been handed over",
      content =
          @Content(
              schema = @Schema(implementation = ProofView.class),
              examples = @ExampleObject(name = "drop point", value = EXAMPLE)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  public Uni<ProofView> proof(@PathParam("orderId") OrderId orderId) {
    return proofs
        .of(merchant(), orderId)
        .map(
            proof ->
                new ProofView(
                    proof.orderId(),
                    proof.handovers().stream().map(HandoverView::of).toList(),
                    proof.photos().stream().map(PhotoView::of).toList()));
  }

  @GET
  @Path("image")
  @Produces({"image/jpeg", "image/png", "image/webp"})
  @Operation(summary = "The picture that proves a delivery, or the one named")
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
  @APIResponse(responseCode = "404", description = "There is none, or it was erased")
  public Uni<Response> image(
      @PathParam("orderId") OrderId orderId,
      @QueryParam("proofId") @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") String proofId) {
    return proofs
        .picture(merchant(), orderId, proofId)
        .map(
            shown ->
                Response.ok(shown.bytes(), shown.mediaType())
                    .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                    .header("X-Content-Type-Options", "nosniff")
                    .header(HttpHeaders.CONTENT_DISPOSITION, "inline")
                    .build());
  }

  private MerchantId merchant() {
    return new MerchantId(caller.subject());
  }
}

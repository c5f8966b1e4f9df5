package org.shanpai.order.fraud.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.order.fraud.Claim;
import org.shanpai.order.fraud.ClaimKind;
import org.shanpai.order.fraud.FraudWatch;

/** Merchants pass on what their customers claim about deliveries. */
@Path("/v1/orders/{orderId}/claims")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Claims", description = "What is claimed about deliveries")
public class ClaimResource {

  private static final String EXAMPLE =
      "{\"claimId\": \"cl-1\", \"kind\": \"NOT_RECEIVED\", \"by\": \"MERCHANT\","
          + " \"at\": \"2026-11-22T05:00:00Z\"}";

  private final FraudWatch watch;
  private final CurrentCaller caller;

  ClaimResource(FraudWatch watch, CurrentCaller caller) {
    this.watch = watch;
    this.caller = caller;
  }

  /** What is claimed. */
  @Schema(name = "NewClaim")
  public record ClaimBody(@NotNull ClaimKind kind) {}

  /** A claim that was written down. */
  @Schema(name = "Claim")
  public record ClaimView(
      String claimId, ClaimKind kind, Claim.By by, @Schema(description = "City time") Instant at) {
    static ClaimView of(Claim claim) {
      return new ClaimView(claim.claimId(), claim.kind(), claim.by(), claim.at());
    }
  }

  /** Claims about an order, the oldest first. */
  @Schema(name = "Claims")
  public record ClaimList(List<ClaimView> claims) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Claim something about a delivered order; claimed again it is one claim")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(name = "nothing came", value = "{\"kind\": \"NOT_RECEIVED\"}")))
  @APIResponse(
      responseCode = "200",
      description = "Written down",
      content =
          @Content(
              schema = @Schema(implementation = ClaimView.class),
              examples = @ExampleObject(name = "claim", value = EXAMPLE)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(responseCode = "409", description = "not-delivered")
  public Uni<ClaimView> claim(
      @PathParam("orderId") OrderId orderId, @NotNull @Valid ClaimBody body) {
    return watch.claim(merchant(), orderId, body.kind()).map(ClaimView::of);
  }

  @GET
  @Operation(summary = "What was claimed about one of your orders, the oldest first")
  @APIResponse(
      responseCode = "200",
      description = "Claims of yours and of the customer's",
      content =
          @Content(
              schema = @Schema(implementation = ClaimList.class),
              examples =
                  @ExampleObject(name = "claims", value = "{\"claims\": [" + EXAMPLE + "]}")))
  @APIResponse(responseCode = "404", description = "You have no such order")
  public Uni<ClaimList> claims(@PathParam("orderId") OrderId orderId) {
    return watch
        .claims(merchant(), orderId)
        .map(claims -> new ClaimList(claims.stream().map(ClaimView::of).toList()));
  }

  private MerchantId merchant() {
    return new MerchantId(caller.subject());
  }
}

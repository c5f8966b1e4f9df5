package org.shanpai.dispatch.receipt.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.dispatch.offer.Answers;
import org.shanpai.dispatch.receipt.WhyMe;
import org.shanpai.messaging.Tx;

/** Why an offer was made to its rider, for rider-service on behalf of that rider. */
@Path("/internal/v1/offers/{offerId}/why")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
@Tag(name = "Riders (internal)", description = "For rider-service, on behalf of one rider.")
public class WhyDesk {

  /** An offer and why it was made; nothing in it tells who else was asked or compared. */
  @Schema(name = "ExplainedOffer")
  public record Explained(OfferState offer, List<WhyMe> why) {}

  private final Answers answers;
  private final Tx tx;
  private final CurrentCaller caller;

  public WhyDesk(Answers answers, Tx tx, CurrentCaller caller) {
    this.answers = answers;
    this.tx = tx;
    this.caller = caller;
  }

  @GET
  @Operation(summary = "The offer, and why it was made to this rider")
  @APIResponse(
      responseCode = "200",
      description = "Whatever became of it",
      content = @Content(schema = @Schema(implementation = Explained.class)))
  @APIResponse(responseCode = "404", description = "No such offer of this rider")
  public Uni<Explained> why(@PathParam("offerId") String offerId) {
    String riderId = caller.actor();
    if (riderId == null) {
      throw Problem.notFound("offer " + offerId);
    }
    return tx.read(() -> answers.explained(offerId, riderId))
        .map(
            told ->
                new Explained(
                    told.offer(),
                    told.receipts().stream().map(one -> WhyMe.of(one, riderId)).toList()));
  }
}

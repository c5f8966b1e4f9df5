package org.shanpai.rider.task.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.task.remote.Dispatch;
import org.shanpai.rider.work.RiderOffers;

/** Answering offers. */
@Path("/v1/rider/offers")
@Tag(name = "Offers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class OfferResource {

  private final Dispatch dispatch;
  private final RiderOffers offers;
  private final CurrentCaller caller;
  private final CityClock clock;
  private final Tx tx;

  public OfferResource(
      Dispatch dispatch, RiderOffers offers, CurrentCaller caller, CityClock clock, Tx tx) {
    this.dispatch = dispatch;
    this.offers = offers;
    this.caller = caller;
    this.clock = clock;
    this.tx = tx;
  }

  /** Offers that can still be answered, oldest first. */
  public record OpenOffers(List<OfferState> offers) {}

  /**
   * @param reason code; null for none
   */
  public record Decline(@Size(max = 64) @Schema(examples = "TOO_FAR") String reason) {}

  @GET
  @Operation(summary = "Offers that can still be answered")
  public Uni<OpenOffers> open() {
    String rider = caller.subject();
    return tx.read(() -> offers.listOpen(rider, clock.now())).map(OpenOffers::new);
  }

  /**
   * Why one job of an offer came to this rider; costs in the engine's unit, the lower the better.
   *
   * @param rank place among those compared, from 1; missing where nobody was
   * @param ahead by how much the next one would cost more
   * @param terms what the cost is made of
   * @param rejected how many others each rule turned away
   */
  public record WhyMe(
      JobId jobId,
      @Schema(examples = "OFFER") String outcome,
      @Schema(examples = "LEAVE_NOW") String decidedBy,
      @Schema(examples = "1") Integer rank,
      @Schema(examples = "4") int compared,
      @Schema(examples = "183400") Long cost,
      @Schema(examples = "21200") Long ahead,
      Map<String, Long> terms,
      Map<String, Integer> rejected,
      @Schema(examples = "你是 4 位骑手中最合适的：现在出发正好准时。") String zh,
      @Schema(examples = "Best placed of 4 riders: leave now and it is on time.") String en) {}

  /** An offer as it is now, and why it was made. */
  public record ExplainedOffer(OfferState offer, List<WhyMe> why) {}

  @GET
  @Path("/{offerId}")
  @Operation(
      summary = "An offer: pay, places, windows, weight, and why you",
      description = "Whatever became of it. Nothing tells who else was asked or compared.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ExplainedOffer.class)))
  @APIResponse(responseCode = "404", description = "Not an offer to this rider")
  @APIResponse(responseCode = "503", description = "Try again after Retry-After")
  public Uni<String> why(@PathParam("offerId") String offerId) {
    return dispatch.why(caller.subject(), offerId);
  }

  @POST
  @Path("/{offerId}/accept")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Take the whole bundle")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
  @APIResponse(responseCode = "404", description = "Not an offer to this rider")
  @APIResponse(responseCode = "409", description = "`offer-gone`: it is no longer open")
  @APIResponse(responseCode = "503", description = "Try again after Retry-After, with the same key")
  public Uni<String> accept(
      @PathParam("offerId") String offerId, @HeaderParam("Idempotency-Key") String key) {
    String rider = caller.subject();
    return dispatch.accept(rider, ActionKey.of(rider, key), offerId);
  }

  @POST
  @Path("/{offerId}/decline")
  @Operation(summary = "Say no; it costs nothing")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
  @APIResponse(responseCode = "404", description = "Not an offer to this rider")
  @APIResponse(responseCode = "409", description = "`offer-gone`: it is no longer open")
  @APIResponse(
      responseCode = "422",
      description = "`reason-needed`: the pool wants a reason; or the key had another body")
  @APIResponse(responseCode = "503", description = "Try again after Retry-After, with the same key")
  public Uni<String> decline(
      @PathParam("offerId") String offerId,
      @HeaderParam("Idempotency-Key") String key,
      @Valid Decline body) {
    String rider = caller.subject();
    String reason = body == null ? null : body.reason();
    return dispatch.decline(rider, ActionKey.of(rider, key), offerId, reason);
  }
}

package org.shanpai.order.feedback.http;

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
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.order.feedback.CustomerVoice;

/** Merchants read what customers said. */
@Path("/v1/orders/{orderId}/feedback")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders")
public class FeedbackResource {

  private final CustomerVoice voice;
  private final CurrentCaller caller;

  FeedbackResource(CustomerVoice voice, CurrentCaller caller) {
    this.voice = voice;
    this.caller = caller;
  }

  /** All that was said of one order. */
  @Schema(name = "FeedbackList")
  public record FeedbackList(List<FeedbackView> feedback) {}

  @GET
  @Operation(
      summary = "What the customer said of an order on the tracking page",
      description = "At most one rating, one praise and one complaint, as they stand.")
  @APIResponse(
      responseCode = "200",
      description = "What was said; empty when nothing was",
      content =
          @Content(
              schema = @Schema(implementation = FeedbackList.class),
              examples =
                  @ExampleObject(
                      name = "a rating",
                      value =
                          "{\"feedback\": [{\"kind\": \"RATING\", \"revision\": 1, \"stars\": 5,"
                              + " \"tags\": [\"FAST\"], \"verified\": true,"
                              + " \"at\": \"2026-11-22T04:02:00Z\"}]}")))
  @APIResponse(responseCode = "404", description = "You have no such order")
  public Uni<FeedbackList> list(@PathParam("orderId") OrderId orderId) {
    return voice
        .heard(new MerchantId(caller.subject()), orderId)
        .map(said -> new FeedbackList(said.stream().map(FeedbackView::of).toList()));
  }
}

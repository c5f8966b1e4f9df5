package org.shanpai.rider.feedback.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.City;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.event.OrderFeedback.Kind;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.rider.feedback.CustomerWords;

/** What customers said of a rider. */
@Path("/v1/rider/feedback")
@Tag(name = "Feedback", description = "What customers say of deliveries (评价).")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class RiderFeedbackResource {

  private final CustomerWords words;
  private final CurrentCaller caller;
  private final CityClock clock;
  private final City city;

  RiderFeedbackResource(CustomerWords words, CurrentCaller caller, CityClock clock, City city) {
    this.words = words;
    this.caller = caller;
    this.clock = clock;
    this.city = city;
  }

  /**
   * @param stars 1–5; null for a praise
   * @param shownOn the day it became visible, not the day of the order
   */
  @Schema(name = "RiderFeedback")
  public record Word(
      Kind kind,
      @Schema(examples = "5") Integer stars,
      @Schema(examples = "[\"FRIENDLY\"]") List<String> tags,
      LocalDate shownOn) {}

  /** Newest first. */
  @Schema(name = "RiderFeedbackList")
  public record Words(List<Word> feedback) {}

  @GET
  @Operation(
      summary = "Ratings and praise, newest first",
      description =
          "They come on a later day at a shuffled time, and without order or customer. A low"
              + " rating by itself costs nothing.")
  public Uni<Words> list(@QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
    return words
        .shownTo(caller.subject(), clock.now(), limit)
        .map(
            found ->
                new Words(
                    found.stream()
                        .map(
                            one ->
                                new Word(
                                    one.kind(),
                                    one.stars(),
                                    one.tags(),
                                    city.businessDate(one.shownAt())))
                        .toList()));
  }
}

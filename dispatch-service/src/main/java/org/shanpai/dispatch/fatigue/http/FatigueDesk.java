package org.shanpai.dispatch.fatigue.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.City;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.RiderWorkState.FatigueState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.fatigue.Fatigue;
import org.shanpai.dispatch.fatigue.FatigueRules;
import org.shanpai.dispatch.work.RiderWork;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.dispatch.work.Shifts;
import org.shanpai.messaging.Tx;

/** How long a rider has worked, for rider-service on behalf of the rider its token names. */
@Path("/internal/v1/riders/{riderId}/fatigue")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
@Tag(name = "Riders (internal)", description = "For rider-service, on behalf of one rider.")
public class FatigueDesk {

  /** The limits, in seconds. */
  public record Limits(
      long streakSeconds,
      long restSeconds,
      long confirmSeconds,
      long confirmLeadSeconds,
      long daySeconds,
      long nightRestSeconds,
      long windowSeconds) {

    static Limits of(FatigueRules rules) {
      return new Limits(
          rules.streak().toSeconds(),
          rules.rest().toSeconds(),
          rules.confirm().toSeconds(),
          rules.confirmLead().toSeconds(),
          rules.day().toSeconds(),
          rules.nightRest().toSeconds(),
          rules.window().toSeconds());
    }
  }

  /**
   * @param at city time of this answer
   * @param workedSeconds today
   * @param streakSeconds of the present stretch, gaps that were no rest included
   * @param confirmed whether the rider said today that they go on
   * @param limitAt when the next limit is reached if work goes on without a break; null where one
   *     is
   * @param next which limit that is; null as above
   * @param offersFrom when offers are made again if nothing is done until then; null where they are
   *     made, where a confirmation is needed, or while work goes on
   */
  @Schema(name = "FatigueView")
  public record View(
      FatigueState state,
      Instant at,
      long workedSeconds,
      Instant streakSince,
      long streakSeconds,
      boolean confirmed,
      Instant limitAt,
      FatigueState next,
      Instant offersFrom,
      Limits limits) {}

  private final RiderWorks works;
  private final Shifts shifts;
  private final Tx tx;
  private final City city;
  private final CityClock clock;
  private final FatigueRules rules;
  private final CurrentCaller caller;

  public FatigueDesk(
      RiderWorks works,
      Shifts shifts,
      Tx tx,
      City city,
      CityClock clock,
      DispatchSettings settings,
      CurrentCaller caller) {
    this.works = works;
    this.shifts = shifts;
    this.tx = tx;
    this.city = city;
    this.clock = clock;
    this.rules = FatigueRules.of(settings);
    this.caller = caller;
  }

  @GET
  @Operation(summary = "How long the rider has worked, and what comes next")
  @APIResponse(
      responseCode = "200",
      description = "As of now",
      content = @Content(schema = @Schema(implementation = View.class)))
  public Uni<View> view(@PathParam("riderId") String riderId) {
    requireActor(riderId);
    return tx.read(() -> works.list(List.of(riderId)))
        .map(
            found -> {
              if (found.isEmpty()) {
                throw Problem.notFound("rider " + riderId);
              }
              return view(found.get(0));
            });
  }

  @POST
  @Path("/confirm")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "The rider goes on after a long day's work")
  @APIResponse(
      responseCode = "200",
      description = "Offers go on, now or since before",
      content = @Content(schema = @Schema(implementation = View.class)))
  @APIResponse(
      responseCode = "409",
      description =
          "too-early: more work than limits.confirmLeadSeconds is left before it is asked; rider-unknown")
  public Uni<View> confirm(@PathParam("riderId") String riderId) {
    requireActor(riderId);
    return shifts.confirm(riderId).chain(() -> view(riderId));
  }

  private View view(RiderWork work) {
    Instant now = clock.now();
    Fatigue.Day day = Fatigue.Day.of(city, now);
    Fatigue fatigue = work.fatigue(now, day, rules);
    return new View(
        fatigue.state(),
        now,
        fatigue.worked().toSeconds(),
        fatigue.streakSince(),
        fatigue.streakSince() == null
            ? 0
            : Duration.between(fatigue.streakSince(), now).toSeconds(),
        work.confirmed(day.date()),
        fatigue.finishBy(),
        fatigue.next(),
        fatigue.offersFrom(),
        Limits.of(rules));
  }

  /** A service may ask here only for the rider its token names. */
  private void requireActor(String riderId) {
    if (!riderId.equals(caller.actor())) {
      throw Problem.notFound("rider " + riderId);
    }
  }
}

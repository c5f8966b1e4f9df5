package org.shanpai.rider.message.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.messaging.Idempotency;
import org.shanpai.rider.message.Telling;
import org.shanpai.rider.message.Telling.Audience;
import org.shanpai.rider.station.Stations;

/** Messages to riders. */
@Path("/v1/rider-messages")
@Tag(name = "Messages", description = "What the control room and stations tell riders.")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
public class MessageResource {

  private final Telling telling;
  private final Stations stations;
  private final Idempotency idempotency;
  private final CurrentCaller caller;

  public MessageResource(
      Telling telling, Stations stations, Idempotency idempotency, CurrentCaller caller) {
    this.telling = telling;
    this.stations = stations;
    this.idempotency = idempotency;
    this.caller = caller;
  }

  /**
   * @param whom the rider, station or pool; none for ALL
   */
  @Schema(name = "MessageToRiders")
  public record Wish(
      @NotNull @Schema(examples = "RIDER") Audience audience,
      @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}")
          @Schema(description = "Rider, station or pool; none for ALL", examples = "r-23")
          String whom,
      @NotBlank @Size(max = 500) @Schema(examples = "文三路施工，请绕行。") String text,
      @Schema(description = "Shown over everything else", examples = "false") Boolean urgent) {}

  @POST
  @Operation(
      summary = "Tell one rider, a station, a pool or everybody something",
      description =
          "On the riders' streams as `message` at once; who is away gets it when they come back"
              + " within a day. A station manager tells the riders of their own station only.")
  @APIResponse(
      responseCode = "200",
      description = "Told, now or before, and how many",
      content = @Content(schema = @Schema(implementation = Telling.Told.class)))
  @APIResponse(responseCode = "404", description = "Not a rider, or not a station, of yours")
  public Uni<Response> tell(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid Wish wish) {
    if (wish.audience() != Audience.ALL && wish.whom() == null) {
      throw Problem.badRequest("whom", "Say whom: the rider, station or pool.");
    }
    String operator = caller.subject();
    return allowed(wish)
        .chain(
            () ->
                idempotency.once(
                    operator + "/rider-messages",
                    key,
                    wish,
                    () ->
                        telling
                            .tell(
                                operator,
                                wish.audience(),
                                wish.whom(),
                                wish.text(),
                                Boolean.TRUE.equals(wish.urgent()))
                            .map(
                                told -> {
                                  if (wish.audience() == Audience.RIDER && told.riders() == 0) {
                                    throw Problem.notFound("rider " + wish.whom());
                                  }
                                  return new Idempotency.Answer(200, told);
                                })))
        .map(Idempotency.Answer::toResponse);
  }

  private Uni<Void> allowed(Wish wish) {
    boolean stationOnly =
        caller.has(Roles.STATION_MANAGER)
            && !caller.has(Roles.MANAGER)
            && !caller.has(Roles.DISPATCHER);
    if (!stationOnly) {
      return Uni.createFrom().voidItem();
    }
    return switch (wish.audience()) {
      case RIDER -> stations.requireReach(caller, wish.whom());
      case STATION ->
          telling
              .leads(caller.subject(), wish.whom())
              .invoke(
                  leads -> {
                    if (!leads) {
                      throw Problem.notFound("station " + wish.whom());
                    }
                  })
              .replaceWithVoid();
      case POOL, ALL -> throw Problem.notFound("station that is all of this");
    };
  }
}

package org.shanpai.controlroom.neighbours.http;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.controlroom.neighbours.Neighbours;

/** Which of the other services are alive. */
@Path("/v1/health/services")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "live")
@RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
public class NeighbourHealthResource {

  private static final Duration LIMIT = Duration.ofMillis(2_500);
  private static final Duration FRESH = Duration.ofSeconds(2);

  /** How a service answered when it was asked for its readiness. */
  public enum State {
    UP,
    DOWN,
    UNREACHABLE
  }

  /**
   * @param millis wall time it took
   */
  @Schema(description = "A service's readiness as seen from here")
  public record Health(
      @Schema(examples = "dispatch-service") String service,
      State state,
      @Schema(examples = "12") long millis) {}

  private final Neighbours neighbours;
  private final Uni<List<Health>> asked;

  public NeighbourHealthResource(Neighbours neighbours, WallClock wall) {
    this.neighbours = neighbours;
    this.asked =
        Multi.createFrom()
            .iterable(neighbours.names())
            .onItem()
            .transformToUni(name -> ask(name, wall))
            .merge(8)
            .collect()
            .asList()
            .map(
                list ->
                    list.stream().sorted(java.util.Comparator.comparing(Health::service)).toList())
            .memoize()
            .atLeast(FRESH);
  }

  @GET
  @Operation(
      summary = "Which of the other services are alive",
      description = "Asked at most every two seconds, however many pages are open.")
  public Uni<List<Health>> health() {
    return asked;
  }

  private Uni<Health> ask(String name, WallClock wall) {
    long begin = wall.millis();
    return neighbours
        .send(HttpMethod.GET, name, "/q/health/ready", Map.of(), null, LIMIT)
        .map(answer -> new Health(name, state(answer.status()), wall.millis() - begin));
  }

  private static State state(int status) {
    return status == 0 ? State.UNREACHABLE : status == 200 ? State.UP : State.DOWN;
  }
}

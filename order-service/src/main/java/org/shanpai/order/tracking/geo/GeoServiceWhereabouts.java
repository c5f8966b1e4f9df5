package org.shanpai.order.tracking.geo;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.shanpai.chassis.identity.ServiceTokens;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.order.quote.Rest;
import org.shanpai.order.tracking.Arrival;
import org.shanpai.order.tracking.RiderFix;
import org.shanpai.order.tracking.TrackingSettings;
import org.shanpai.order.tracking.Whereabouts;

/**
 * {@link Whereabouts} from geo-service: each answer, also the lack of one, is shared by all pages
 * for a moment, and after failures in a row geo-service is left in peace for a while.
 */
@ApplicationScoped
class GeoServiceWhereabouts implements Whereabouts {

  private static final Logger LOG = Logger.getLogger(GeoServiceWhereabouts.class);
  private static final String AUDIENCE = "geo-service";
  private static final Pattern MAIN = Pattern.compile("(motorway|trunk|primary|secondary).*");
  private static final int MOST_STREETS = 600;
  private static final double MARGIN_DEGREES = 0.004;
  private static final double ROUND = 1000;
  private static final int FAILURES_BEFORE_REST = 5;
  private static final Duration REST = Duration.ofSeconds(5);
  private static final Duration STREETS_KEPT = Duration.ofMinutes(30);

  /** Corners rounded outwards, so that neighbours share an answer. */
  private record Box(double south, double west, double north, double east) {
    static Box around(GeoPoint one, GeoPoint other) {
      return new Box(
          down(Math.min(one.lat(), other.lat()) - MARGIN_DEGREES),
          down(Math.min(one.lon(), other.lon()) - MARGIN_DEGREES),
          down(Math.max(one.lat(), other.lat()) + MARGIN_DEGREES) + 1 / ROUND,
          down(Math.max(one.lon(), other.lon()) + MARGIN_DEGREES) + 1 / ROUND);
    }

    private static double down(double degrees) {
      return Math.floor(degrees * ROUND) / ROUND;
    }
  }

  private final WhereaboutsClient geo;
  private final ServiceTokens tokens;
  private final WallClock wall;
  private final Duration timeout;
  private final Rest rest = new Rest(FAILURES_BEFORE_REST, REST);
  private final AsyncCache<RiderId, Optional<RiderFix>> fixes;
  private final AsyncCache<JobId, Optional<Arrival>> arrivals;
  private final AsyncCache<Box, List<Street>> streets =
      Caffeine.newBuilder().maximumSize(500).expireAfterWrite(STREETS_KEPT).buildAsync();

  GeoServiceWhereabouts(
      @RestClient WhereaboutsClient geo,
      ServiceTokens tokens,
      WallClock wall,
      TrackingSettings settings) {
    this.geo = geo;
    this.tokens = tokens;
    this.wall = wall;
    this.timeout = settings.geoTimeout();
    this.fixes = shortly(settings.refresh());
    this.arrivals = shortly(settings.refresh());
  }

  private static <K, V> AsyncCache<K, V> shortly(Duration life) {
    return Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(life).buildAsync();
  }

  @Override
  public Uni<Optional<RiderFix>> fixOf(RiderId rider) {
    return shared(
        fixes,
        rider,
        () ->
            ask(() -> geo.position(rider.value(), bearer()))
                .map(
                    found ->
                        found
                            .filter(position -> position.place() != null && position.at() != null)
                            .map(position -> new RiderFix(position.place(), position.at()))));
  }

  @Override
  public Uni<Optional<Arrival>> arrivalOf(JobId job) {
    return shared(
        arrivals,
        job,
        () ->
            ask(() -> geo.window(new WhereaboutsClient.WindowQuestion(job), bearer()))
                .map(
                    found ->
                        found
                            .filter(window -> window.earliestAt() != null)
                            .map(
                                window ->
                                    new Arrival(
                                        window.plannedAt(),
                                        window.earliestAt(),
                                        window.latestAt(),
                                        window.coverage()))));
  }

  @Override
  public Uni<List<Street>> streetsBetween(GeoPoint one, GeoPoint other) {
    Box box = Box.around(one, other);
    return shared(
            streets,
            box,
            () ->
                ask(() ->
                        geo.streets(
                            "WGS-84",
                            box.south(),
                            box.west(),
                            box.north(),
                            box.east(),
                            MOST_STREETS,
                            bearer()))
                    .map(found -> found.map(GeoServiceWhereabouts::lines).orElse(List.of())))
        // None for want of an answer is not worth keeping.
        .invoke(
            lines -> {
              if (lines.isEmpty()) {
                streets.synchronous().invalidate(box);
              }
            });
  }

  private static List<Street> lines(WhereaboutsClient.Streets answer) {
    if (answer.streets() == null) {
      return List.of();
    }
    return answer.streets().stream()
        .filter(line -> line.line() != null && line.line().length >= 4)
        .map(
            line ->
                new Street(line.kind() != null && MAIN.matcher(line.kind()).matches(), line.line()))
        .toList();
  }

  private String bearer() {
    return tokens.bearer(AUDIENCE, null);
  }

  private static <K, V> Uni<V> shared(AsyncCache<K, V> cache, K key, Supplier<Uni<V>> ask) {
    return Uni.createFrom()
        .completionStage(
            () ->
                cache.get(
                    key,
                    (wanted, executor) -> {
                      CompletableFuture<V> answer = new CompletableFuture<>();
                      ask.get().subscribe().with(answer::complete, answer::completeExceptionally);
                      return answer;
                    }));
  }

  private <T> Uni<Optional<T>> ask(Supplier<Uni<T>> question) {
    if (rest.resting(wall.now())) {
      return Uni.createFrom().item(Optional.empty());
    }
    return Uni.createFrom()
        .deferred(question::get)
        .ifNoItem()
        .after(timeout)
        .fail()
        .onItemOrFailure()
        .transform(
            (answer, failure) -> {
              if (failure == null) {
                rest.answered();
                return Optional.ofNullable(answer);
              }
              if (failure instanceof WebApplicationException refused
                  && refused.getResponse().getStatus() < 500) {
                rest.answered();
              } else {
                rest.failed(wall.now());
                LOG.debugf("geo-service told nothing of a delivery: %s", failure);
              }
              return Optional.empty();
            });
  }
}

package org.shanpai.order.load.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.shanpai.chassis.identity.ServiceTokens;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.order.load.AreaLoad;
import org.shanpai.order.load.AreaLoads;
import org.shanpai.order.load.LoadSettings;
import org.shanpai.order.quote.Rest;

/**
 * {@link AreaLoads} that asks dispatch-service, once in a while for each area. Only the request
 * that finds the answer old waits for the next one; all others take what is there.
 */
@ApplicationScoped
class DispatchLoads implements AreaLoads {

  private static final Logger LOG = Logger.getLogger(DispatchLoads.class);
  private static final String AUDIENCE = "dispatch-service";
  private static final int MOST_AREAS = 10_000;

  /** What was heard last, and when it was asked, wall time. */
  private record Heard(AreaLoad load, Instant at) {}

  private static final class Board {
    final AtomicBoolean asking = new AtomicBoolean();
    volatile Heard heard = new Heard(AreaLoad.UNKNOWN, Instant.MIN);
  }

  private final LoadClient dispatch;
  private final ServiceTokens tokens;
  private final WallClock wall;
  private final LoadSettings settings;
  private final MeterRegistry metrics;
  private final Rest rest;
  private final Cache<AreaId, Board> boards = Caffeine.newBuilder().maximumSize(MOST_AREAS).build();

  DispatchLoads(
      @RestClient LoadClient dispatch,
      ServiceTokens tokens,
      WallClock wall,
      LoadSettings settings,
      MeterRegistry metrics) {
    this.dispatch = dispatch;
    this.tokens = tokens;
    this.wall = wall;
    this.settings = settings;
    this.metrics = metrics;
    this.rest = new Rest(settings.failuresBeforeRest(), settings.rest());
  }

  @Override
  public Uni<AreaLoad> of(AreaId area) {
    Board board = boards.get(area, unused -> new Board());
    Instant now = wall.now();
    Heard heard = board.heard;
    if (now.isBefore(plus(heard.at(), settings.fresh()))) {
      return Uni.createFrom().item(heard.load());
    }
    if (rest.resting(now) || !board.asking.compareAndSet(false, true)) {
      return Uni.createFrom().item(last(heard, now));
    }
    return ask(area, board, heard, now);
  }

  private Uni<AreaLoad> ask(AreaId area, Board board, Heard before, Instant now) {
    return Uni.createFrom()
        .deferred(() -> dispatch.load(area.value(), tokens.bearer(AUDIENCE, null)))
        .ifNoItem()
        .after(settings.timeout())
        .fail()
        .onItemOrFailure()
        .transform(
            (answer, failure) -> {
              if (failure == null) {
                board.heard = new Heard(load(answer), wall.now());
              } else if (refuses(failure)) {
                // An area dispatch has not heard of yet is no outage.
                rest.answered();
                count("unknown");
                board.heard = new Heard(AreaLoad.UNKNOWN, wall.now());
              } else {
                // What was heard before keeps its age: it must not live for ever.
                rest.failed(wall.now());
                count("failed");
                LOG.debugf("dispatch-service did not tell the load of an area: %s", failure);
                return last(before, now);
              }
              return board.heard.load();
            })
        .onTermination()
        .invoke(() -> board.asking.set(false));
  }

  private AreaLoad load(LoadClient.Answer answer) {
    rest.answered();
    count("answered");
    boolean sound = answer != null && (answer.load() == null || answer.load() >= 0);
    return sound
        ? new AreaLoad(
            answer.load(),
            answer.acceptP50Seconds(),
            answer.acceptP80Seconds(),
            answer.samples() == null ? 0 : answer.samples())
        : AreaLoad.UNKNOWN;
  }

  private static boolean refuses(Throwable failure) {
    return failure instanceof WebApplicationException refused
        && refused.getResponse().getStatus() < 500;
  }

  private AreaLoad last(Heard heard, Instant now) {
    return now.isBefore(plus(heard.at(), settings.stale())) ? heard.load() : AreaLoad.UNKNOWN;
  }

  private static Instant plus(Instant at, Duration length) {
    return at.equals(Instant.MIN) ? at : at.plus(length);
  }

  private void count(String outcome) {
    metrics.counter("shanpai.area.loads", "outcome", outcome).increment();
  }
}

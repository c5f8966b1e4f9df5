package org.shanpai.rider.stream;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.WallClock;

/**
 * The open lines to phones on this replica.
 *
 * <ul>
 *   <li>A message committed here goes out at once, from memory.
 *   <li>One committed on another replica is found by a poll, one query for all riders on line.
 *   <li>A phone that comes back with the last number it got is sent what it missed, without holes
 *       or doubles, then goes on live; one that comes new starts with its present state.
 *   <li>A phone too slow to take what is waiting is hung up on; it comes back and catches up.
 * </ul>
 */
@ApplicationScoped
public class RiderStreams {

  private static final Logger LOG = Logger.getLogger(RiderStreams.class);
  private static final int PAGE = 200;
  private static final int POLL_LIMIT = 5_000;

  /** Lines that read what they begin with at one time. */
  private static final int OPENING = 4;

  private final Vertx vertx;
  private final WallClock wall;
  private final Instance<RiderMessages> messages;
  private final Duration poll;
  private final Duration heartbeat;
  private final int buffer;
  private final DistributionSummary delay;
  private final Map<String, Set<OpenStream>> byRider = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean polling = new AtomicBoolean();
  private final Opening opening = new Opening(OPENING);
  private volatile boolean stopping;

  // The messages tell the streams and the streams read the messages: one of the two is found late.
  public RiderStreams(
      Vertx vertx,
      WallClock wall,
      Instance<RiderMessages> messages,
      MeterRegistry metrics,
      @ConfigProperty(name = "shanpai.stream.poll") Duration poll,
      @ConfigProperty(name = "shanpai.stream.heartbeat") Duration heartbeat,
      @ConfigProperty(name = "shanpai.stream.buffer") int buffer) {
    this.vertx = vertx;
    this.wall = wall;
    this.messages = messages;
    this.poll = poll;
    this.heartbeat = heartbeat;
    this.buffer = buffer;
    metrics.gauge("shanpai.rider.streams.open", open);
    this.delay =
        DistributionSummary.builder("shanpai.rider.stream.delay")
            .description("Wall time from storing a message to handing it to a line on this replica")
            .baseUnit("milliseconds")
            .publishPercentiles(0.5, 0.99)
            .register(metrics);
  }

  void start(@Observes StartupEvent started) {
    vertx.setPeriodic(poll.toMillis(), timer -> poll());
    vertx.setPeriodic(
        heartbeat.toMillis(),
        timer -> byRider.values().forEach(lines -> lines.forEach(OpenStream::beat)));
    // Quarkus waits for open requests before it tells anybody that it stops; lines never end alone.
    Runtime.getRuntime().addShutdownHook(new Thread(this::hangUpAll, "rider-streams-hang-up"));
  }

  void stop(@Observes ShutdownEvent stop) {
    hangUpAll();
  }

  private void hangUpAll() {
    stopping = true;
    byRider.values().forEach(lines -> lines.forEach(OpenStream::close));
  }

  /** Ends the rider's lines on this replica, such as those of a phone that is theirs no more. */
  public void hangUp(String riderId) {
    Set<OpenStream> lines = byRider.get(riderId);
    if (lines != null) {
      lines.forEach(OpenStream::close);
    }
  }

  /**
   * Opens a line.
   *
   * @param lastSeq the last number the phone got; null when it comes new
   * @return never ends by itself; fails when the phone is too slow
   */
  public Multi<StreamEvent> open(String riderId, Long lastSeq) {
    return Multi.createFrom()
        .<StreamEvent>emitter(
            emitter -> {
              OpenStream line = new OpenStream(riderId, emitter::emit, emitter::complete);
              byRider.computeIfAbsent(riderId, rider -> ConcurrentHashMap.newKeySet()).add(line);
              open.incrementAndGet();
              emitter.onTermination(() -> forget(line));
              if (stopping) {
                emitter.complete();
                return;
              }
              // The answer's headers go out with its first event; a phone must not wait for one.
              line.beat();
              opening
                  .inTurn(() -> begin(line, lastSeq))
                  .subscribe()
                  .with(
                      begun -> catchUpIfBehind(line),
                      failure -> {
                        LOG.debugf(failure, "A stream of %s could not be opened", riderId);
                        emitter.complete();
                      });
            },
            BackPressureStrategy.IGNORE)
        .onOverflow()
        .buffer(buffer);
  }

  private void forget(OpenStream line) {
    byRider.computeIfPresent(
        line.riderId(),
        (rider, lines) -> {
          if (lines.remove(line)) {
            open.decrementAndGet();
          }
          return lines.isEmpty() ? null : lines;
        });
  }

  private Uni<Void> begin(OpenStream line, Long lastSeq) {
    Uni<Boolean> canResume =
        lastSeq == null
            ? Uni.createFrom().item(false)
            : messages.get().reachesBackTo(line.riderId(), lastSeq);
    return canResume.chain(
        resumed -> {
          if (resumed) {
            line.start(List.of(), lastSeq);
            return catchUp(line);
          }
          return messages
              .get()
              .snapshot(line.riderId())
              .invoke(snapshot -> line.start(events(snapshot), snapshot.seq()))
              .replaceWithVoid();
        });
  }

  /** Only the last event of a snapshot carries a number: who lost half of it must start anew. */
  private static List<StreamEvent> events(RiderMessages.Snapshot snapshot) {
    List<StreamEvent> events = new ArrayList<>();
    if (snapshot.work() != null) {
      events.add(new StreamEvent(null, "work", snapshot.work(), 0));
    }
    snapshot.openOffers().forEach(body -> events.add(new StreamEvent(null, "offer", body, 0)));
    if (!events.isEmpty()) {
      StreamEvent last = events.remove(events.size() - 1);
      events.add(new StreamEvent(snapshot.seq(), last.name(), last.data(), 0));
    }
    return events;
  }

  /** A message of this replica is in the database; hand it to the rider's lines. */
  void committed(RiderMessage message) {
    Set<OpenStream> lines = byRider.get(message.riderId());
    if (lines == null) {
      return;
    }
    lines.forEach(
        line -> {
          line.offer(message);
          catchUpIfBehind(line);
        });
    delay.record(wall.millis() - message.createdAtMillis());
  }

  private void poll() {
    Map<String, Long> cursors = new HashMap<>();
    byRider.forEach(
        (rider, lines) ->
            lines.stream()
                .mapToLong(OpenStream::cursor)
                .filter(cursor -> cursor >= 0)
                .min()
                .ifPresent(cursor -> cursors.put(rider, cursor)));
    if (cursors.isEmpty() || !polling.compareAndSet(false, true)) {
      return;
    }
    messages
        .get()
        .after(cursors, POLL_LIMIT)
        .onTermination()
        .invoke(() -> polling.set(false))
        .subscribe()
        .with(
            found -> {
              for (RiderMessage message : found) {
                Set<OpenStream> lines = byRider.getOrDefault(message.riderId(), Set.of());
                lines.forEach(line -> line.offer(message));
              }
              byRider.values().forEach(lines -> lines.forEach(this::catchUpIfBehind));
            },
            failure -> LOG.debugf(failure, "The poll for riders' messages failed; next time"));
  }

  private void catchUpIfBehind(OpenStream line) {
    if (line.behind()) {
      catchUp(line)
          .subscribe()
          .with(
              done -> {},
              failure -> LOG.debugf(failure, "A stream of %s waits for the poll", line.riderId()));
    }
  }

  private Uni<Void> catchUp(OpenStream line) {
    if (!line.catchingUp.compareAndSet(false, true)) {
      return Uni.createFrom().voidItem();
    }
    return pages(line).onTermination().invoke(() -> line.catchingUp.set(false));
  }

  private Uni<Void> pages(OpenStream line) {
    return messages
        .get()
        .after(line.riderId(), line.cursor(), PAGE)
        .chain(
            page -> {
              page.forEach(line::offerStored);
              return page.size() == PAGE || (line.behind() && !page.isEmpty())
                  ? pages(line)
                  : Uni.createFrom().voidItem();
            });
  }
}

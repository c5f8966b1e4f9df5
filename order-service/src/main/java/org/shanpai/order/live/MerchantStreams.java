package org.shanpai.order.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;

/**
 * The event streams of merchants that are open on this replica.
 *
 * <ul>
 *   <li>Everything comes out of the table, in the order of its numbers: soon after a commit of this
 *       replica, by the next poll after one of another. While no stream is open here nothing is
 *       read.
 *   <li>A reader that comes back with the last number it got is sent what it missed, without holes
 *       or doubles; when that is no longer known it is told {@code reset}.
 *   <li>A reader too slow to take what waits is cut; it comes back and catches up.
 * </ul>
 */
@ApplicationScoped
public class MerchantStreams {

  private static final Logger LOG = Logger.getLogger(MerchantStreams.class);
  private static final int PAGE = 200;
  private static final int NUMBERED_AT_ONCE = 2_000;
  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Vertx vertx;
  private final Tx tx;
  private final MerchantEvents events;
  private final LiveSettings settings;
  private final WallClock wall;
  private final Map<String, Set<OpenLine>> byMerchant = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean pumping = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();
  private volatile boolean stopping;

  MerchantStreams(
      Vertx vertx,
      Tx tx,
      MerchantEvents events,
      LiveSettings settings,
      WallClock wall,
      MeterRegistry metrics) {
    this.vertx = vertx;
    this.tx = tx;
    this.events = events;
    this.settings = settings;
    this.wall = wall;
    metrics.gauge("shanpai.merchant.streams.open", open);
  }

  void start(@Observes StartupEvent started) {
    vertx.setPeriodic(settings.poll().toMillis(), timer -> wake());
    vertx.setPeriodic(
        settings.heartbeat().toMillis(),
        timer -> byMerchant.values().forEach(lines -> lines.forEach(OpenLine::beat)));
    // Quarkus waits for open requests before it tells anybody that it stops; lines never end alone.
    Runtime.getRuntime().addShutdownHook(new Thread(this::hangUp, "merchant-streams-hang-up"));
  }

  void stop(@Observes ShutdownEvent stop) {
    stopping = true;
    hangUp();
  }

  /** Ends every stream on this replica; their readers come back and go on. */
  void hangUp() {
    byMerchant.values().forEach(lines -> lines.forEach(OpenLine::close));
  }

  /**
   * Opens a stream. It begins with {@code ready}: everything that happens from then on comes; or,
   * for a reader that comes back, with what it missed.
   *
   * @param lastSeq the last number the reader got; null when it comes new
   * @return never ends by itself; fails when the reader is too slow
   * @throws Problem 429 {@code too-many-streams}
   */
  public Multi<LiveEvent> open(MerchantId merchant, Long lastSeq) {
    if (byMerchant.getOrDefault(merchant.value(), Set.of()).size() >= settings.mostPerMerchant()) {
      throw Problem.tooMany(
          "too-many-streams",
          "At most " + settings.mostPerMerchant() + " streams at a time; close one first.",
          (int) settings.heartbeat().toSeconds());
    }
    return Multi.createFrom()
        .<LiveEvent>emitter(
            emitter -> {
              OpenLine line = new OpenLine(merchant.value(), emitter);
              byMerchant
                  .computeIfAbsent(merchant.value(), id -> ConcurrentHashMap.newKeySet())
                  .add(line);
              open.incrementAndGet();
              emitter.onTermination(() -> forget(line));
              if (stopping) {
                emitter.complete();
                return;
              }
              // The answer's headers go out with its first event.
              line.beat();
              begin(line, lastSeq)
                  .subscribe()
                  .with(
                      begun -> wake(),
                      failure -> {
                        LOG.warnf("A stream of %s could not be opened: %s", merchant, failure);
                        emitter.complete();
                      });
            },
            BackPressureStrategy.IGNORE)
        .onOverflow()
        .buffer(settings.buffer());
  }

  private void forget(OpenLine line) {
    byMerchant.computeIfPresent(
        line.merchantId(),
        (merchant, lines) -> {
          if (lines.remove(line)) {
            open.decrementAndGet();
          }
          return lines.isEmpty() ? null : lines;
        });
  }

  private Uni<Void> begin(OpenLine line, Long lastSeq) {
    String merchant = line.merchantId();
    return write(() -> events.listen(merchant, wall.now()))
        .map(
            listening ->
                listening.orElseThrow(
                    () -> Problem.forbidden("The merchant " + merchant + " is not taken in.")))
        .chain(listening -> settle(listening, wall.now().plus(LONGEST_SETTLING)))
        .chain(this::numberAll)
        .chain(
            () ->
                lastSeq == null
                    ? Uni.createFrom().item(false)
                    : read(() -> events.reachesBackTo(merchant, lastSeq)))
        .chain(
            resumes ->
                resumes ? Uni.createFrom().item(lastSeq) : read(() -> events.newest(merchant)))
        .invoke(
            at -> {
              boolean resumed = lastSeq != null && lastSeq.equals(at);
              String name = lastSeq == null ? LiveEvent.READY : LiveEvent.RESET;
              line.start(resumed ? null : new LiveEvent(at, name, "{\"seq\":" + at + "}"), at);
            })
        .replaceWithVoid();
  }

  /** Waits for changes that began before events were stored, so that none after it is missed. */
  private Uni<Void> settle(MerchantEvents.Listening listening, Instant until) {
    return read(() -> events.settled(listening))
        .chain(
            settled -> {
              if (settled || wall.now().isAfter(until)) {
                return Uni.createFrom().voidItem();
              }
              return Uni.createFrom()
                  .voidItem()
                  .onItem()
                  .delayIt()
                  .by(LOOK_AGAIN)
                  .chain(() -> settle(listening, until));
            });
  }

  /** Looks for events soon; cheap, and safe from any thread. */
  public void wake() {
    if (byMerchant.isEmpty()) {
      return;
    }
    again.set(true);
    if (pumping.compareAndSet(false, true)) {
      again.set(false);
      numberAll()
          .chain(this::handOut)
          .onTermination()
          .invoke(() -> pumping.set(false))
          .subscribe()
          .with(
              done -> {
                if (again.get()) {
                  wake();
                }
              },
              failure -> LOG.debugf(failure, "Merchants' events wait for the next poll"));
    }
  }

  private Uni<Void> numberAll() {
    return write(() -> events.number(NUMBERED_AT_ONCE))
        .chain(
            numbered -> numbered == NUMBERED_AT_ONCE ? numberAll() : Uni.createFrom().voidItem());
  }

  private Uni<Void> handOut() {
    Map<String, Long> cursors = new HashMap<>();
    byMerchant.forEach(
        (merchant, lines) ->
            lines.stream()
                .mapToLong(OpenLine::cursor)
                .filter(cursor -> cursor >= 0)
                .min()
                .ifPresent(cursor -> cursors.put(merchant, cursor)));
    if (cursors.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return read(() -> events.after(cursors, PAGE))
        .chain(
            found -> {
              Map<String, Integer> counts = new HashMap<>();
              for (MerchantEvent event : found) {
                counts.merge(event.merchantId(), 1, Integer::sum);
                byMerchant
                    .getOrDefault(event.merchantId(), Set.of())
                    .forEach(line -> line.offer(event));
              }
              return counts.containsValue(PAGE) ? handOut() : Uni.createFrom().voidItem();
            });
  }

  @Scheduled(
      every = "10m",
      delayed = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    Instant now = wall.now();
    return numberAll()
        .chain(() -> write(() -> events.touch(List.copyOf(byMerchant.keySet()), now)))
        .chain(() -> write(() -> events.forget(now.minus(settings.keep()))))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("Old events of merchants stay until the next sweep: %s", failure);
              return Uni.createFrom().voidItem();
            });
  }

  /** How many streams of the merchant are open here. */
  int openStreams(String merchantId) {
    return byMerchant.getOrDefault(merchantId, Set.of()).size();
  }

  private <T> Uni<T> read(Supplier<Uni<T>> work) {
    return tx.detached(() -> tx.read(work));
  }

  private <T> Uni<T> write(Supplier<Uni<T>> work) {
    return tx.detached(() -> tx.write(work));
  }
}

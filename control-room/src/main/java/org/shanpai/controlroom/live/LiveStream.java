package org.shanpai.controlroom.live;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.shanpai.chassis.City;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.controlroom.city.CityPicture;
import org.shanpai.controlroom.city.Delta;
import org.shanpai.controlroom.city.postgres.CityTables;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/**
 * Tells every page what changes, at most ten times a second, each change once and none left out.
 *
 * <ul>
 *   <li>The changes of a tenth of a second become one message, written once for all pages.
 *   <li>A page that comes back with the id of its last message gets what it missed; when that is no
 *       longer known it gets {@code resync} and reads the snapshot again.
 *   <li>A page that cannot keep up is cut off when {@value #WAITING} messages wait for it; it comes
 *       back by itself the same way.
 * </ul>
 */
@ApplicationScoped
public class LiveStream {

  private static final Logger LOG = Logger.getLogger(LiveStream.class);

  static final int PERIOD_MILLIS = 100;
  static final int FIGURES_EVERY = 5;
  static final int TICK_EVERY = 20;

  /** Two minutes of the busiest stream. */
  static final int KEPT = 1_200;

  static final int WAITING = 256;

  private final CityPicture picture;
  private final CityTables tables;
  private final Tx tx;
  private final City city;
  private final CityClock clock;
  private final LiveLog log;
  private final List<Page> pages = new ArrayList<>();
  private final Counter sent;
  private ScheduledExecutorService beat;
  private long assigned;
  private long beats;

  /** The data of a {@code delta} event. */
  private record DeltaMessage(long sequence, Instant now, @JsonUnwrapped Delta delta) {}

  private static final class Page {
    final MultiEmitter<? super LiveMessage> emitter;
    long told;

    Page(MultiEmitter<? super LiveMessage> emitter, long told) {
      this.emitter = emitter;
      this.told = told;
    }
  }

  public LiveStream(
      CityPicture picture,
      CityTables tables,
      Tx tx,
      City city,
      CityClock clock,
      WallClock wall,
      MeterRegistry metrics) {
    this.picture = picture;
    this.tables = tables;
    this.tx = tx;
    this.city = city;
    this.clock = clock;
    this.log = new LiveLog(Long.toString(wall.millis(), 36), KEPT);
    this.sent = metrics.counter("shanpai.live.messages");
    metrics.gauge("shanpai.live.pages", pages, p -> pageCount());
    metrics.gauge("shanpai.picture.jobs", picture, CityPicture::jobsHeld);
  }

  void start(@Observes StartupEvent event) {
    tx.await(() -> tables.fill(picture));
    beat =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "live-stream");
              thread.setDaemon(true);
              return thread;
            });
    beat.scheduleAtFixedRate(this::beat, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Lets go of the pages, so that stopping need not wait for them. */
  void stop(@Observes ShutdownEvent event) {
    if (beat != null) {
      beat.shutdownNow();
    }
    synchronized (log) {
      List.copyOf(pages).forEach(page -> page.emitter.complete());
      pages.clear();
    }
  }

  /** Everything, and the place in the stream it includes. */
  public Snapshot snapshot() {
    return picture.still(
        () ->
            new Snapshot(
                log.place(assigned),
                cityTime(),
                picture.measures(),
                picture.areas(),
                picture.stores(),
                picture.riders(),
                picture.liveJobs(),
                picture.zones(),
                picture.seen(),
                picture.feed()));
  }

  public Snapshot.CityTime cityTime() {
    Instant now = clock.now();
    return new Snapshot.CityTime(
        city.id(), city.zone().getId(), city.businessDate(now), now, clock.speed());
  }

  /**
   * The messages from there on, without end.
   *
   * @param after a snapshot's cursor or the id of the last message received; null or unknown begins
   *     with {@code resync}
   */
  public Multi<LiveMessage> after(String after) {
    return Multi.createFrom()
        .emitter(
            emitter -> {
              synchronized (log) {
                List<LiveMessage> missed = log.after(after);
                Page page = new Page(emitter, log.newest());
                if (missed == null) {
                  emitter.emit(new LiveMessage(0, log.place(log.newest()), "resync", "{}"));
                } else {
                  page.told = Math.max(log.sequenceOf(after), log.newest());
                  missed.forEach(emitter::emit);
                }
                emitter.emit(tick());
                pages.add(page);
                emitter.onTermination(() -> leave(page));
              }
            },
            WAITING + KEPT);
  }

  int pageCount() {
    synchronized (log) {
      return pages.size();
    }
  }

  private void leave(Page page) {
    synchronized (log) {
      pages.remove(page);
    }
  }

  private void beat() {
    try {
      beats++;
      boolean figures = beats % FIGURES_EVERY == 0;
      Optional<LiveMessage> message = next(figures);
      synchronized (log) {
        message.ifPresent(log::append);
        message.ifPresent(this::tell);
        if (beats % TICK_EVERY == 0) {
          LiveMessage tick = tick();
          List.copyOf(pages).forEach(page -> page.emitter.emit(tick));
        }
      }
    } catch (RuntimeException e) {
      LOG.error("A beat of the live stream failed; the next one goes on", e);
    }
  }

  /** Takes the changes and their number in one step, so that a snapshot's place is exact. */
  private Optional<LiveMessage> next(boolean figures) {
    record Numbered(long sequence, Delta delta) {}
    Optional<Numbered> numbered =
        picture.still(() -> picture.changes(figures).map(delta -> new Numbered(++assigned, delta)));
    return numbered.map(
        n ->
            new LiveMessage(
                n.sequence(),
                log.place(n.sequence()),
                "delta",
                Json.write(new DeltaMessage(n.sequence(), clock.now(), n.delta()))));
  }

  private void tell(LiveMessage message) {
    for (Page page : List.copyOf(pages)) {
      if (message.sequence() > page.told) {
        page.told = message.sequence();
        page.emitter.emit(message);
        sent.increment();
      }
    }
  }

  private LiveMessage tick() {
    return new LiveMessage(0, null, "tick", Json.write(cityTime()));
  }
}

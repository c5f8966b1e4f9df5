package org.shanpai.geo.travel.streets;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.geo.travel.DetourTravelTimes;
import org.shanpai.geo.zone.ZoneMap;
import org.shanpai.geo.zone.Zones;

/**
 * Keeps the street graph: reads the file after the start, beside the work, and makes the graph anew
 * when zones change. Whoever asks meanwhile gets the graph before, or none yet.
 */
@ApplicationScoped
public class Streets {

  private static final Logger LOG = Logger.getLogger(Streets.class);

  private static final long PROGRESS_MILLIS = 10_000;

  /** How it stands with the street file. */
  public enum State {
    /** No file is configured. */
    NONE,
    READING,
    READY,
    /** The file cannot be used; {@link Standing#trouble()} says what to do. */
    FAILED
  }

  /**
   * How it stands.
   *
   * @param stage what is being done while reading
   * @param trouble null when there is none
   */
  public record Standing(State state, String stage, String trouble) {}

  private final StreetSettings settings;
  private final DetourTravelTimes model;
  private final Zones zones;
  private final WallClock wall;
  private final AtomicBoolean zoning = new AtomicBoolean();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "streets");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
          });

  private volatile Standing standing = new Standing(State.NONE, null, null);
  private volatile StreetGraph graph;
  private volatile long zonesSeen;
  private volatile long begun;
  private volatile long told;

  public Streets(
      StreetSettings settings,
      DetourTravelTimes model,
      Zones zones,
      WallClock wall,
      MeterRegistry metrics) {
    this.settings = settings;
    this.model = model;
    this.zones = zones;
    this.wall = wall;
    count(metrics, "shanpai.geo.streets.searches.kept", StreetGraph::hits);
    count(metrics, "shanpai.geo.streets.searches.made", StreetGraph::misses);
  }

  private void count(MeterRegistry metrics, String name, ToDoubleFunction<StreetGraph> value) {
    FunctionCounter.builder(
            name, this, streets -> streets.graph == null ? 0 : value.applyAsDouble(streets.graph))
        .register(metrics);
  }

  void start(@Observes StartupEvent start) {
    settings
        .file()
        .ifPresent(
            file -> {
              begun = wall.millis();
              told = begun;
              standing = new Standing(State.READING, "waiting", null);
              LOG.infof(
                  "Streets are being read from %s; the detour model answers meanwhile.", file);
              worker.execute(this::read);
            });
  }

  private void read() {
    try {
      StreetGraph made =
          StreetGraph.read(
              settings,
              model.planSpeedKmh(),
              stage -> {
                standing = new Standing(State.READING, stage, null);
                LOG.debugf("Streets: %s.", stage);
              });
      ZoneMap map = zones.map();
      graph = made.with(map);
      zonesSeen = map.version();
      standing = new Standing(State.READY, null, null);
      LOG.infof(
          "Streets are ready after %.1f s: %,d streets, %,d crossings; ways follow them from now on.",
          (wall.millis() - begun) / 1000.0, made.streets(), made.crossings());
    } catch (StreetFileUnusable e) {
      failed(e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.debug("Streets", e);
      failed(
          "The street graph of %s cannot be made (%s); give the program more memory or a smaller extract and start again."
              .formatted(settings.file().orElse(null), e));
    }
  }

  private void failed(String trouble) {
    standing = new Standing(State.FAILED, null, trouble);
    LOG.errorf("%s The detour model answers.", trouble);
  }

  /** Tells how far it is, and follows the zones. */
  @Scheduled(
      every = "{shanpai.geo.reload-every}",
      delayed = "{shanpai.geo.reload-every}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void watch() {
    Standing now = standing;
    if (now.state() == State.READING && wall.millis() - told >= PROGRESS_MILLIS) {
      told = wall.millis();
      LOG.infof("Streets: %s, %d s since the start.", now.stage(), (told - begun) / 1000);
    }
    if (graph != null && zones.map().version() != zonesSeen && zoning.compareAndSet(false, true)) {
      worker.execute(this::zone);
    }
  }

  private void zone() {
    try {
      long from = wall.millis();
      ZoneMap map = zones.map();
      StreetGraph before = graph;
      StreetGraph after = before.with(map);
      zonesSeen = map.version();
      if (after != before) {
        graph = after;
        LOG.infof(
            "Streets follow the zones of version %d after %d ms; %d are closed.",
            map.version(), wall.millis() - from, after.blocked());
      }
    } catch (RuntimeException e) {
      LOG.errorf(e, "The zones could not be put on the streets; those of before stay.");
      zonesSeen = zones.map().version();
    } finally {
      zoning.set(false);
    }
  }

  /** The graph, or null while there is none. */
  public StreetGraph graph() {
    return graph;
  }

  public Standing standing() {
    return standing;
  }

  @PreDestroy
  void stop() {
    worker.shutdownNow();
  }
}

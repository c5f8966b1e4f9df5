package org.shanpai.geo.eta;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.eta.postgres.WindowTable;
import org.shanpai.messaging.Tx;

/** The present model of windows, made anew from what came of the newest ones. */
@ApplicationScoped
public class Windows {

  private static final Logger LOG = Logger.getLogger(Windows.class);
  private static final int MOST_OUTCOMES = 20_000;
  private static final int NEWEST = 300;
  private static final int LEAST_NEWEST = 50;
  private static final double DEVIATIONS = 3;

  private final Tx tx;
  private final WindowTable table;
  private final EtaSettings settings;
  private final CityClock clock;
  private final Map<Stage, Double> measured = new EnumMap<>(Stage.class);
  private final Set<Stage> shifted = EnumSet.noneOf(Stage.class);
  private volatile WindowModel model;

  public Windows(
      Tx tx, WindowTable table, EtaSettings settings, CityClock clock, MeterRegistry metrics) {
    this.tx = tx;
    this.table = table;
    this.settings = settings;
    this.clock = clock;
    this.model = new WindowModel(settings.coverage(), List.of());
    for (Stage stage : Stage.values()) {
      Gauge.builder("shanpai.geo.eta.coverage", () -> coverage(stage))
          .tag("stage", stage.name())
          .register(metrics);
    }
  }

  public WindowModel model() {
    return model;
  }

  /** Reads what came of windows; on a worker thread. */
  @Scheduled(every = "{shanpai.geo.eta.every:30s}", concurrentExecution = ConcurrentExecution.SKIP)
  void learn() {
    try {
      List<Outcome> newestFirst =
          tx.await(
              () ->
                  tx.read(
                      () -> table.outcomes(clock.now().minus(settings.window()), MOST_OUTCOMES)));
      model = new WindowModel(settings.coverage(), newestFirst);
      watch(newestFirst);
    } catch (RuntimeException e) {
      LOG.warnf("Windows stay as wide as they are for now: %s", e);
    }
  }

  private void watch(List<Outcome> newestFirst) {
    for (Stage stage : Stage.values()) {
      List<Outcome> newest =
          newestFirst.stream().filter(outcome -> outcome.stage() == stage).limit(NEWEST).toList();
      long inside = newest.stream().filter(Outcome::inside).count();
      boolean off =
          newest.size() >= LEAST_NEWEST
              && WindowModel.shifted(inside, newest.size(), settings.coverage(), DEVIATIONS);
      synchronized (this) {
        measured.put(stage, newest.isEmpty() ? Double.NaN : (double) inside / newest.size());
        if (off && shifted.add(stage)) {
          LOG.warnf(
              "%d of the newest %d windows given at %s held, stated were %.0f %%",
              inside, newest.size(), stage, settings.coverage() * 100);
        } else if (!off) {
          shifted.remove(stage);
        }
      }
    }
  }

  private synchronized double coverage(Stage stage) {
    return measured.getOrDefault(stage, Double.NaN);
  }
}

package org.shanpai.geo.eta;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.eta.postgres.WindowTable;
import org.shanpai.messaging.Tx;

/** Compares what windows stated with what came of them. */
@ApplicationScoped
public class Calibrations {

  private static final Logger LOG = Logger.getLogger(Calibrations.class);
  private static final int LEAST_WINDOWS = 30;
  private static final double DEVIATIONS = 3;

  private final Tx tx;
  private final WindowTable table;
  private final EtaSettings settings;
  private final CityClock clock;

  public Calibrations(Tx tx, WindowTable table, EtaSettings settings, CityClock clock) {
    this.tx = tx;
    this.table = table;
    this.settings = settings;
    this.clock = clock;
  }

  /** Over the windows that came to an end within that city time. */
  public Uni<Calibration> of(Duration past) {
    return tx.read(() -> table.held(clock.now().minus(past)))
        .map(
            held ->
                new Calibration(
                    settings.coverage(),
                    buckets(held, one -> one.areaId() == null && one.slot() == null),
                    buckets(held, one -> one.areaId() != null),
                    buckets(held, one -> one.slot() != null)));
  }

  private List<Calibration.Bucket> buckets(
      List<WindowTable.Held> held, Predicate<WindowTable.Held> wanted) {
    return held.stream().filter(wanted).map(this::bucket).toList();
  }

  private Calibration.Bucket bucket(WindowTable.Held held) {
    return new Calibration.Bucket(
        held.stage(),
        held.areaId(),
        held.slot(),
        held.windows(),
        share(held.inside(), held.windows()),
        share(held.early(), held.windows()),
        share(held.late(), held.windows()),
        Math.round(held.meanSeconds() * 10) / 10.0,
        held.windows() >= LEAST_WINDOWS
            && WindowModel.shifted(held.inside(), held.windows(), settings.coverage(), DEVIATIONS));
  }

  private static double share(long part, long whole) {
    return Math.round(1_000.0 * part / whole) / 1_000.0;
  }

  @Scheduled(every = "10m", delayed = "3m")
  Uni<Void> sweep() {
    return tx.detached(
            () -> tx.write(() -> table.deleteBefore(clock.now().minus(settings.window()))))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("Old windows stay until the next sweep: %s", failure);
              return null;
            });
  }
}

package org.shanpai.geo.coverage;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.coverage.postgres.DemandTable;
import org.shanpai.messaging.Tx;

/** Forgets demand that is older than is kept. */
@ApplicationScoped
public class DemandSweep {

  private static final Logger LOG = Logger.getLogger(DemandSweep.class);

  private final Tx tx;
  private final DemandTable table;
  private final CityClock clock;
  private final CoverageSettings settings;

  public DemandSweep(Tx tx, DemandTable table, CityClock clock, CoverageSettings settings) {
    this.tx = tx;
    this.table = table;
    this.clock = clock;
    this.settings = settings;
  }

  @Scheduled(every = "10m", delayed = "2m")
  Uni<Void> sweep() {
    return tx.detached(() -> tx.write(() -> table.forget(clock.now().minus(settings.keep()))))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("Old demand stays until the next sweep: %s", failure);
              return 0;
            })
        .replaceWithVoid();
  }
}

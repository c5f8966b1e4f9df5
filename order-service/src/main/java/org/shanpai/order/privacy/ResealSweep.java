package org.shanpai.order.privacy;

import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;
import org.shanpai.messaging.Tx;

/**
 * Seals what an older version left plain, and brings what is sealed under an old key under the
 * present one; from the start on, in small transactions, while everything else goes on.
 */
@ApplicationScoped
class ResealSweep {

  private static final Logger LOG = Logger.getLogger(ResealSweep.class);

  private final Tx tx;
  private final Sealing sealing;
  private final List<Resealable> tables;

  ResealSweep(Tx tx, Sealing sealing, @All List<Resealable> tables) {
    this.tx = tx;
    this.sealing = sealing;
    this.tables = tables;
  }

  @Scheduled(
      every = "${shanpai.privacy.reseal-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    return Multi.createFrom()
        .iterable(tables)
        .onItem()
        .transformToUniAndConcatenate(table -> whole(table, 0))
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private Uni<Integer> whole(Resealable table, int before) {
    return tx.detached(() -> tx.write(() -> table.reseal(sealing.keyId(), table.atOnce())))
        .chain(
            done -> {
              int all = before + done;
              if (done == table.atOnce()) {
                return whole(table, all);
              }
              if (all > 0) {
                LOG.infof("Sealed %d rows of %s under key %s", all, table.name(), sealing.keyId());
              }
              return Uni.createFrom().item(all);
            })
        .onFailure()
        .recoverWithItem(
            failure -> {
              // Never its message: it may quote a row.
              LOG.errorf(
                  "Rows of %s wait to be sealed: %s", table.name(), failure.getClass().getName());
              return before;
            });
  }
}

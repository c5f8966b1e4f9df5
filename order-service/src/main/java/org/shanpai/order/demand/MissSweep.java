package org.shanpai.order.demand;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;

/** Forgets marks that nobody can repeat any more. */
@ApplicationScoped
class MissSweep {

  private static final Logger LOG = Logger.getLogger(MissSweep.class);

  /** Merchants that try a refused order again do so within hours. */
  private static final Duration KEPT = Duration.ofDays(2);

  private final Tx tx;
  private final MissMarks marks;
  private final WallClock wall;

  MissSweep(Tx tx, MissMarks marks, WallClock wall) {
    this.tx = tx;
    this.marks = marks;
    this.wall = wall;
  }

  @Scheduled(every = "30m", delayed = "3m")
  Uni<Void> sweep() {
    return tx.detached(() -> tx.write(() -> marks.forget(wall.now().minus(KEPT))))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("Old marks of missed demand stay until the next sweep: %s", failure);
              return null;
            });
  }
}

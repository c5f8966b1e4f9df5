package org.shanpai.dispatch.work;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.Repeating;
import org.shanpai.messaging.Tx;

/**
 * Tells riders when a limit of working time is reached or a rest is over, and takes those offline
 * who have worked as long as one may. Any replica may; each change happens once. Offers do not wait
 * for it: every wave reads the hours itself.
 */
@ApplicationScoped
public class FatigueWatch {

  private static final Duration EVERY_CITY = Duration.ofSeconds(10);
  private static final long LEAST_WALL_MILLIS = 500;
  private static final int AT_ONCE = 100;

  private final Tx tx;
  private final Shifts shifts;
  private final CityClock clock;
  private final DispatchSettings settings;
  private Repeating turns;

  public FatigueWatch(Tx tx, Shifts shifts, CityClock clock, DispatchSettings settings) {
    this.tx = tx;
    this.shifts = shifts;
    this.clock = clock;
    this.settings = settings;
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    if (settings.timers()) {
      long wall = Math.max(LEAST_WALL_MILLIS, clock.toWall(EVERY_CITY).toMillis());
      turns = new Repeating(vertx, "fatigue watch", Duration.ofMillis(wall), this::sweep);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (turns != null) {
      turns.stop();
    }
  }

  /**
   * Looks at who is due.
   *
   * @return how many were taken offline by this call
   */
  public Uni<Integer> sweep() {
    return shifts
        .fatigueDue(AT_ONCE)
        .chain(
            due ->
                Multi.createFrom()
                    .iterable(due)
                    .onItem()
                    .transformToUniAndConcatenate(id -> tx.detached(() -> shifts.fatigue(id)))
                    .filter(left -> left)
                    .collect()
                    .asList()
                    .map(java.util.List::size));
  }
}

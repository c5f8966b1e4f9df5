package org.shanpai.dispatch;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Work done again and again, never twice at once. A failure is logged and the next turn comes: what
 * was to be done stands in the database. Thread-safe.
 */
public final class Repeating {

  private static final Logger LOG = Logger.getLogger(Repeating.class);

  private final Vertx vertx;
  private final String name;
  private final Supplier<Uni<?>> work;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final long timer;
  private volatile boolean failing;

  /**
   * @param every wall time from turn to turn
   */
  public Repeating(Vertx vertx, String name, Duration every, Supplier<Uni<?>> work) {
    this.vertx = vertx;
    this.name = name;
    this.work = work;
    this.timer = vertx.setPeriodic(Math.max(1, every.toMillis()), id -> turn());
  }

  public void stop() {
    vertx.cancelTimer(timer);
  }

  private void turn() {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    try {
      work.get()
          .subscribe()
          .with(
              done -> {
                failing = false;
                busy.set(false);
              },
              failure -> {
                failed(failure);
                busy.set(false);
              });
    } catch (RuntimeException e) {
      failed(e);
      busy.set(false);
    }
  }

  /** Once for each bad spell: a database that is away would fill the log. */
  private void failed(Throwable failure) {
    if (failing) {
      LOG.debugf(failure, "%s failed again", name);
    } else {
      LOG.warnf(failure, "%s failed; it goes on with its next turn", name);
    }
    failing = true;
  }
}

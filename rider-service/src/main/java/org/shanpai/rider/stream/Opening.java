package org.shanpai.rider.stream;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Lets so many lines read what they begin with at one time; the others wait in turn. When thousands
 * of phones come back at once, as after a restart, the rest of the service still gets its
 * connections to the database. Thread-safe.
 */
final class Opening {

  private final int most;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  Opening(int most) {
    this.most = most;
  }

  /** Runs the work when its turn comes. */
  <T> Uni<T> inTurn(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .emitter(
            emitter ->
                enter(
                    () ->
                        Uni.createFrom()
                            .deferred(work::get)
                            .onTermination()
                            .invoke(this::leave)
                            .subscribe()
                            .with(emitter::complete, emitter::fail)));
  }

  /** How many wait. */
  synchronized int waiting() {
    return waiting.size();
  }

  private void enter(Runnable start) {
    synchronized (this) {
      if (running >= most) {
        waiting.add(start);
        return;
      }
      running++;
    }
    start.run();
  }

  private void leave() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        running--;
        return;
      }
    }
    next.run();
  }
}

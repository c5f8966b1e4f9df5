package org.shanpai.controlroom.operators;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.shanpai.chassis.problem.Problem;

/**
 * Threads of their own for hashing passwords, which takes a tenth of a second or more of a
 * processor each. Whoever signs in, or only tries to, can neither take the threads that others need
 * nor line up without end.
 */
@ApplicationScoped
public class HashingPool {

  private static final int RETRY_SECONDS = 2;

  private final WorkerExecutor threads;
  private final Semaphore places;

  public HashingPool(Vertx vertx, OperatorConfig config) {
    this.threads = vertx.createSharedWorkerExecutor("passwords", config.hashingThreads());
    this.places = new Semaphore(config.hashingThreads() + config.hashingQueue());
  }

  /**
   * Takes a place, does what comes before and hashes.
   *
   * @param before done on the caller's context; its failure is the answer, and no hash is made
   * @param work on a thread of this pool
   * @return what the work gives, on the caller's context; fails with {@link Problem} 503 with
   *     Retry-After when no place is free, and then nothing was done
   */
  <B, T> Uni<T> run(Supplier<Uni<? extends B>> before, Function<B, T> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              if (!places.tryAcquire()) {
                return Uni.createFrom()
                    .failure(
                        Problem.unavailable(
                            "Too many are signing in just now; try again.", RETRY_SECONDS));
              }
              AtomicBoolean held = new AtomicBoolean(true);
              Runnable leave =
                  () -> {
                    if (held.compareAndSet(true, false)) {
                      places.release();
                    }
                  };
              return Uni.createFrom()
                  .deferred(before)
                  .onFailure()
                  .invoke(leave)
                  .onCancellation()
                  .invoke(leave)
                  .chain(
                      found ->
                          threads.executeBlocking(
                              () -> {
                                try {
                                  return work.apply(found);
                                } finally {
                                  leave.run();
                                }
                              },
                              false));
            });
  }

  @PreDestroy
  void end() {
    threads.closeAndForget();
  }
}

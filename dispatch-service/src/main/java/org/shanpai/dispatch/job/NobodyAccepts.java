package org.shanpai.dispatch.job;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.Repeating;
import org.shanpai.messaging.Tx;

/**
 * The last step for a job that nobody takes: long after its promise it is cancelled, free of
 * charge, by the platform's fault. Until then every wave tries again.
 */
@ApplicationScoped
public class NobodyAccepts {

  private static final Duration EVERY_CITY = Duration.ofMinutes(1);
  private static final long LEAST_WALL_MILLIS = 1000;

  private final Tx tx;
  private final Jobs jobs;
  private final CityClock clock;
  private final DispatchSettings settings;
  private Repeating turns;

  public NobodyAccepts(Tx tx, Jobs jobs, CityClock clock, DispatchSettings settings) {
    this.tx = tx;
    this.jobs = jobs;
    this.clock = clock;
    this.settings = settings;
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    if (settings.timers()) {
      long wall = Math.max(LEAST_WALL_MILLIS, clock.toWall(EVERY_CITY).toMillis());
      turns = new Repeating(vertx, "nobody accepts", Duration.ofMillis(wall), this::sweep);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (turns != null) {
      turns.stop();
    }
  }

  /**
   * Cancels what has waited too long.
   *
   * @return how many jobs
   */
  public Uni<Integer> sweep() {
    Instant limit = clock.now().minusSeconds(settings.nobodyAcceptsSeconds());
    return tx.detached(() -> tx.read(() -> jobs.openAndPromisedBefore(limit)))
        .chain(
            ids ->
                Multi.createFrom()
                    .iterable(ids)
                    .onItem()
                    .transformToUniAndConcatenate(id -> tx.detached(() -> giveUp(id)))
                    .filter(done -> done)
                    .collect()
                    .asList()
                    .map(List::size));
  }

  private Uni<Boolean> giveUp(String jobId) {
    return tx.write(
        () ->
            jobs.lock(jobId)
                .chain(
                    job -> {
                      if (job.status() != JobStatus.OPEN) {
                        return Uni.createFrom().item(false);
                      }
                      job.cancel("NOBODY_ACCEPTED", Fault.PLATFORM, clock.now());
                      return jobs.publish(job).replaceWith(true);
                    }));
  }
}

package org.shanpai.dispatch.job;

import io.micrometer.core.instrument.MeterRegistry;
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
import org.shanpai.dispatch.area.Alarm;
import org.shanpai.messaging.Tx;

/**
 * Steps for a job that nobody takes ({@link Patience}), and the last one: long after its promise it
 * is cancelled, free of charge, by the platform's fault. Until then every wave tries again.
 */
@ApplicationScoped
public class NobodyAccepts {

  private static final Duration EVERY_CITY = Duration.ofSeconds(10);
  private static final long LEAST_WALL_MILLIS = 1000;

  private final Tx tx;
  private final Jobs jobs;
  private final Patiences patiences;
  private final Alarm alarm;
  private final CityClock clock;
  private final DispatchSettings settings;
  private final MeterRegistry metrics;
  private Repeating turns;

  public NobodyAccepts(
      Tx tx,
      Jobs jobs,
      Patiences patiences,
      Alarm alarm,
      CityClock clock,
      DispatchSettings settings,
      MeterRegistry metrics) {
    this.tx = tx;
    this.jobs = jobs;
    this.patiences = patiences;
    this.alarm = alarm;
    this.metrics = metrics;
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
   * Takes the steps that are due, and cancels what has waited too long.
   *
   * @return how many jobs were cancelled
   */
  public Uni<Integer> sweep() {
    return steps().chain(this::cancel);
  }

  /** Takes the steps that are due. */
  Uni<Void> steps() {
    Instant now = clock.now();
    return tx.detached(
            () ->
                tx.read(
                    () ->
                        patiences
                            .present()
                            .chain(
                                patience ->
                                    jobs.unclaimed(patience, now)
                                        .map(found -> new Due(patience, found)))))
        .chain(
            due ->
                Multi.createFrom()
                    .iterable(due.jobs())
                    .onItem()
                    .transformToUniAndConcatenate(
                        one -> tx.detached(() -> step(one, due.patience())))
                    .collect()
                    .last()
                    .replaceWithVoid());
  }

  private record Due(Patience patience, List<Jobs.Sought> jobs) {}

  private Uni<Void> step(Jobs.Sought sought, Patience patience) {
    return tx.write(
        () ->
            jobs.lock(sought.jobId())
                .chain(
                    job -> {
                      boolean waiting =
                          job.status() == JobStatus.OPEN || job.status() == JobStatus.OFFERED;
                      boolean same =
                          job.soughtSince() == null
                              ? sought.since().equals(job.openSince())
                              : sought.since().equals(job.soughtSince());
                      Unclaimed step = patience.due(sought.since(), clock.now()).orElse(null);
                      if (!waiting
                          || !same
                          || step == null
                          || (job.unclaimed() != null && job.unclaimed().compareTo(step) >= 0)) {
                        return Uni.createFrom().voidItem();
                      }
                      job.unclaimed(step);
                      tx.afterCommit(
                          () -> {
                            alarm.raise(job.areaId());
                            metrics
                                .counter("shanpai.dispatch.unclaimed", "step", step.name())
                                .increment();
                          });
                      return jobs.publish(job);
                    }));
  }

  private Uni<Integer> cancel() {
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

package org.shanpai.dispatch.wave;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.shanpai.chassis.IdSource;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.area.AreaMode;
import org.shanpai.dispatch.geo.Geo;
import org.shanpai.dispatch.lease.Lease;
import org.shanpai.engine.Plan;
import org.shanpai.messaging.Tx;

/**
 * One wave of one area: read, solve, commit. Solving runs on threads of its own, one for each core:
 * areas in parallel, never on the event loop.
 */
@ApplicationScoped
public class WaveRound {

  /** How a wave ended. */
  public enum Ended {
    /** Nothing was open. */
    EMPTY,
    /** The area is paused, or there is a red alert. */
    RESTING,
    /** Everything open waits in the grab hall. */
    IN_HALL,
    /** Nothing had happened since the last one. */
    UNCHANGED,
    SOLVED
  }

  /**
   * What the scheduler needs to know.
   *
   * @param fingerprint of what the wave saw; 0 when it did not look
   * @param lookAgain city time at which a held job may be due; null when none is held
   * @param conflicts bundles that somebody was faster for
   */
  public record Result(
      Ended ended, int open, int fingerprint, java.time.Instant lookAgain, int conflicts) {

    /** What is so after the wave looked again at what it had lost. */
    private Result then(Result again) {
      return new Result(
          Ended.SOLVED, again.open, again.fingerprint, again.lookAgain, again.conflicts);
    }
  }

  private final WaveReader reader;
  private final WaveCommit commit;
  private final WaveLog log;
  private final Geo geo;
  private final Tx tx;
  private final IdSource ids;
  private final CityClock city;
  private final WallClock wall;
  private final DispatchSettings settings;
  private final MeterRegistry metrics;
  private final Decider decider;
  private final StoredWaves stored;
  private final ExecutorService cores;

  public WaveRound(
      WaveReader reader,
      WaveCommit commit,
      WaveLog log,
      Decider decider,
      StoredWaves stored,
      Geo geo,
      Tx tx,
      IdSource ids,
      CityClock city,
      WallClock wall,
      DispatchSettings settings,
      MeterRegistry metrics) {
    this.reader = reader;
    this.commit = commit;
    this.log = log;
    this.decider = decider;
    this.stored = stored;
    this.geo = geo;
    this.tx = tx;
    this.ids = ids;
    this.city = city;
    this.wall = wall;
    this.settings = settings;
    this.metrics = metrics;
    AtomicInteger number = new AtomicInteger();
    this.cores =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            work -> {
              Thread thread = new Thread(work, "engine-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  @PreDestroy
  void stop() {
    cores.shutdownNow();
  }

  /**
   * Runs the wave. When somebody was faster for a rider or a job, rows are read anew and what is
   * still open is solved once more at once, so that who lost a race is planned in the same wave.
   *
   * @param lastSeen fingerprint of the wave before, when that is still good; 0 otherwise
   * @return fails with {@link org.shanpai.dispatch.geo.GeoAway} or {@link
   *     org.shanpai.dispatch.lease.StaleLease}, and then nothing more is committed
   */
  public Uni<Result> run(Lease lease, int lastSeen) {
    return look(lease, lastSeen)
        .chain(
            first ->
                first.conflicts() == 0
                    ? Uni.createFrom().item(first)
                    : look(lease, 0).map(first::then));
  }

  private Uni<Result> look(Lease lease, int lastSeen) {
    long started = wall.millis();
    return reader
        .waiting(lease.areaId())
        .chain(
            waiting -> {
              int open = waiting.open().size();
              if (open == 0) {
                return ended(Ended.EMPTY, 0);
              }
              if (waiting.standing().resting()) {
                return ended(Ended.RESTING, open);
              }
              if (waiting.standing().mode() == AreaMode.GRAB) {
                return ended(Ended.IN_HALL, open);
              }
              return reader
                  .situation(lease.areaId(), waiting)
                  .chain(
                      situation -> {
                        int print = situation.fingerprint();
                        return print == lastSeen
                            ? Uni.createFrom()
                                .item(new Result(Ended.UNCHANGED, open, print, null, 0))
                            : decide(situation, lease, started)
                                .map(
                                    outcome ->
                                        new Result(
                                            Ended.SOLVED,
                                            open,
                                            print,
                                            outcome.lookAgain(),
                                            outcome.conflicts()));
                      });
            });
  }

  private Uni<WaveCommit.Outcome> decide(Situation situation, Lease lease, long started) {
    WaveModel model = new WaveModel(situation, settings);
    String waveId = ids.next("w");
    long seed = waveId.hashCode();
    return geo.travelSeconds(situation.areaId(), model.places())
        .emitOn(cores)
        .map(
            seconds ->
                decider.decide(
                    model.wave(seconds, seed, decider.limit(lease.areaId(), searchMillis()))))
        .chain(
            decided -> {
              WaveCommit.Solved solved =
                  new WaveCommit.Solved(
                      waveId, situation, model, decided.wave().times(), decided.plan());
              return commit
                  .commit(solved, lease)
                  .call(outcome -> note(solved, decided, outcome, lease, started))
                  .invoke(
                      outcome ->
                          stored.keep(
                              waveId,
                              situation.now(),
                              decided,
                              outcome.offers() > 0 || outcome.news() > 0));
            });
  }

  private Uni<Void> note(
      WaveCommit.Solved solved,
      Decider.Decided decided,
      WaveCommit.Outcome outcome,
      Lease lease,
      long started) {
    Plan plan = solved.plan();
    long took = wall.millis() - started;
    metrics.timer("shanpai.dispatch.wave.duration").record(Duration.ofMillis(took));
    metrics
        .timer("shanpai.dispatch.wave.solving")
        .record(Duration.ofNanos(plan.stats().elapsedMicros() * 1000));
    return tx.detached(
        () ->
            tx.write(
                () ->
                    log.add(
                        new WaveLog.Entry(
                            solved.waveId(),
                            lease.areaId(),
                            lease.fence(),
                            solved.situation().now(),
                            solved.situation().open().size(),
                            solved.situation().riders().size(),
                            outcome.offers(),
                            outcome.holds(),
                            outcome.nobody(),
                            outcome.conflicts(),
                            decided.wave().seed(),
                            decided.steps(),
                            plan.cost().total(),
                            took,
                            plan.stats().elapsedMicros(),
                            decided.failure()))));
  }

  private long searchMillis() {
    long interval = city.toWall(Duration.ofSeconds(settings.waveSeconds())).toMillis();
    return Math.min(settings.engineWallMillis(), interval * settings.engineWallPercent() / 100);
  }

  private static Uni<Result> ended(Ended how, int open) {
    return Uni.createFrom().item(new Result(how, open, 0, null, 0));
  }
}

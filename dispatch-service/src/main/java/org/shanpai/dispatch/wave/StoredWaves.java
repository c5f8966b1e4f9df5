package org.shanpai.dispatch.wave;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.replay.WaveFile;
import org.shanpai.messaging.Tx;

/**
 * Waves kept so that they can be run again. Written after the wave's commits, on a thread of its
 * own; when that cannot keep up, waves go unstored and are counted, and the city does not wait.
 */
@ApplicationScoped
public class StoredWaves {

  private static final Logger LOG = Logger.getLogger(StoredWaves.class);
  private static final int MOST_WAITING = 32;

  /** A stored wave, but for its body. */
  public record Stored(
      String engineVersion, int steps, String digest, boolean failed, long bytes, Instant at) {}

  private final Tx tx;
  private final DispatchSettings settings;
  private final MeterRegistry metrics;
  private final DistributionSummary bytes;
  private final ThreadPoolExecutor writer;

  public StoredWaves(Tx tx, DispatchSettings settings, MeterRegistry metrics) {
    this.tx = tx;
    this.settings = settings;
    this.metrics = metrics;
    this.bytes =
        DistributionSummary.builder("shanpai.dispatch.wave.stored")
            .baseUnit("bytes")
            .register(metrics);
    this.writer =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING),
            work -> {
              Thread thread = new Thread(work, "wave-writer");
              thread.setDaemon(true);
              thread.setPriority(Thread.MIN_PRIORITY);
              return thread;
            });
  }

  @PreDestroy
  void stop() {
    writer.shutdownNow();
  }

  /**
   * Stores it soon, if the settings want it. Its row in the log must be committed.
   *
   * @param decided whether it made an offer or wrote a receipt
   */
  void keep(String waveId, Instant at, Decider.Decided answer, boolean decided) {
    boolean failed = answer.failure() != null;
    boolean wanted =
        failed
            || switch (settings.waveKeep()) {
              case ALL -> true;
              case DECIDED -> decided;
              case FAILED -> false;
            };
    if (!wanted) {
      return;
    }
    try {
      writer.execute(() -> write(waveId, at, answer, failed));
    } catch (RejectedExecutionException full) {
      metrics.counter("shanpai.dispatch.wave.unstored").increment();
    }
  }

  private void write(String waveId, Instant at, Decider.Decided answer, boolean failed) {
    try {
      WaveFile file =
          WaveFile.of(
              waveId,
              answer.engineVersion(),
              answer.wave(),
              answer.steps(),
              answer.failure(),
              answer.answer());
      byte[] body = file.toBytes();
      tx.await(() -> tx.write(() -> insert(file, at, failed, body)));
      bytes.record(body.length);
    } catch (RuntimeException e) {
      metrics.counter("shanpai.dispatch.wave.unstored").increment();
      LOG.warnf("wave %s is not stored: %s", waveId, e);
    }
  }

  private Uni<Integer> insert(WaveFile file, Instant at, boolean failed, byte[] body) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into wave_input (wave_id, at, engine_version, steps, digest,"
                            + " failed, body) values (:wave, :at, :engine, :steps, :digest,"
                            + " :failed, :body)")
                    .setParameter("wave", file.waveId())
                    .setParameter("at", at)
                    .setParameter("engine", file.engineVersion())
                    .setParameter("steps", file.steps())
                    .setParameter("digest", file.digest())
                    .setParameter("failed", failed)
                    .setParameter("body", body)
                    .executeUpdate());
  }

  /** What is stored of a wave; null when nothing is. Needs a transaction or read. */
  public Uni<Stored> find(String waveId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select engine_version, steps, digest, failed, length(body), at"
                            + " from wave_input where wave_id = :wave",
                        Object[].class)
                    .setParameter("wave", waveId)
                    .getSingleResultOrNull())
        .map(
            row ->
                row == null
                    ? null
                    : new Stored(
                        (String) row[0],
                        ((Number) row[1]).intValue(),
                        (String) row[2],
                        (Boolean) row[3],
                        ((Number) row[4]).longValue(),
                        org.shanpai.messaging.Instants.of(row[5])));
  }

  /** The stored bytes; null when there are none. Needs a transaction or read. */
  public Uni<byte[]> body(String waveId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select body from wave_input where wave_id = :wave", byte[].class)
                    .setParameter("wave", waveId)
                    .getSingleResultOrNull());
  }
}

package org.shanpai.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.WallClock;

/**
 * Brings outbox rows to Kafka, at least once and in order for each key.
 *
 * <p>Unsent rows are polled, never "ids above the last": sequence order is not commit order. One
 * replica at a time works a bucket (an advisory lock of the transaction), and a row is marked sent
 * only after the broker acknowledged it: a crash in between sends it twice, which the inbox bears.
 *
 * <p>The first row of a quiet bucket goes at once; while rows keep coming, a bucket is worked at
 * most every {@code shanpai.outbox.pace-millis}, so that many share a transaction.
 */
@ApplicationScoped
public class OutboxRelay {

  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final int AT_ONCE = 200;
  private static final long FIRST_LOCK_KEY = 0x5348_0000L;

  private static final Statement LOCK = Statement.of("select pg_try_advisory_xact_lock(:key)");

  private static final Statement UNSENT =
      Statement.of(
          """
          select seq, topic, key, payload from outbox
          where bucket = :bucket and sent_at is null order by seq limit :most
          """);

  private static final Statement SENT =
      Statement.of("update outbox set sent_at = :at where seq = any(:seqs)");

  private record Row(long seq, String topic, String key, String payload) {}

  private final Vertx vertx;
  private final Tx tx;
  private final WallClock wall;
  private final EventProducer producer;
  private final long pollMillis;
  private final long paceNanos;
  private final Counter sent;
  private final Counter failures;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean polling = new AtomicBoolean();
  private final AtomicBoolean[] running = new AtomicBoolean[Outbox.BUCKETS];
  private final AtomicBoolean[] again = new AtomicBoolean[Outbox.BUCKETS];
  // When each was last begun to be worked, nano time; written only by whoever runs it.
  private final long[] drainedAt = new long[Outbox.BUCKETS];
  private volatile boolean stopped;

  public OutboxRelay(
      Vertx vertx,
      Tx tx,
      WallClock wall,
      EventProducer producer,
      MeterRegistry metrics,
      @ConfigProperty(name = "shanpai.outbox.poll-millis", defaultValue = "500") long pollMillis,
      @ConfigProperty(name = "shanpai.outbox.pace-millis", defaultValue = "20") long paceMillis) {
    this.vertx = vertx;
    this.tx = tx;
    this.wall = wall;
    this.producer = producer;
    this.pollMillis = pollMillis;
    this.paceNanos = TimeUnit.MILLISECONDS.toNanos(paceMillis);
    Arrays.fill(drainedAt, System.nanoTime() - paceNanos);
    this.sent = metrics.counter("shanpai.outbox.sent");
    this.failures = metrics.counter("shanpai.outbox.failures");
    metrics.gauge("shanpai.outbox.waiting", waiting);
    for (int i = 0; i < Outbox.BUCKETS; i++) {
      running[i] = new AtomicBoolean();
      again[i] = new AtomicBoolean();
    }
  }

  void start(@Observes StartupEvent started) {
    vertx.setPeriodic(pollMillis, timer -> poll());
  }

  void stop(@Observes ShutdownEvent stopping) {
    stopped = true;
  }

  /** Rows of this bucket were just committed. */
  void wake(int bucket) {
    if (stopped) {
      return;
    }
    again[bucket].set(true);
    if (running[bucket].compareAndSet(false, true)) {
      drain(bucket);
    }
  }

  /** Finds what a crash or a broker outage left behind. */
  private void poll() {
    if (stopped || !polling.compareAndSet(false, true)) {
      return;
    }
    tx.detached(
            () ->
                tx.read(
                    () ->
                        tx.session()
                            .chain(
                                session ->
                                    session
                                        .createNativeQuery(
                                            "select bucket, count(*) from outbox"
                                                + " where sent_at is null group by bucket",
                                            Object[].class)
                                        .getResultList())))
        .subscribe()
        .with(
            rows -> {
              polling.set(false);
              int count = 0;
              for (Object[] row : rows) {
                count += ((Number) row[1]).intValue();
                wake(((Number) row[0]).intValue());
              }
              waiting.set(count);
            },
            failure -> {
              polling.set(false);
              LOG.debug("The outbox could not be looked at; trying again", failure);
            });
  }

  private void drain(int bucket) {
    long wait = paceNanos - (System.nanoTime() - drainedAt[bucket]);
    if (wait > 0) {
      vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait)), timer -> drainNow(bucket));
    } else {
      drainNow(bucket);
    }
  }

  private void drainNow(int bucket) {
    drainedAt[bucket] = System.nanoTime();
    again[bucket].set(false);
    tx.detached(() -> tx.write(() -> sendSome(bucket)))
        .subscribe()
        .with(
            count -> {
              sent.increment(count);
              settle(bucket, count == AT_ONCE);
            },
            failure -> {
              failures.increment();
              LOG.warnf("Events wait in the outbox (bucket %d): %s; trying again", bucket, failure);
              again[bucket].set(false);
              settle(bucket, false);
            });
  }

  private void settle(int bucket, boolean more) {
    running[bucket].set(false);
    if ((more || again[bucket].get()) && !stopped && running[bucket].compareAndSet(false, true)) {
      drain(bucket);
    }
  }

  private Uni<Integer> sendSome(int bucket) {
    // Two statements: what is read must be read after the lock is had.
    return tx.select(LOCK.filled().with("key", FIRST_LOCK_KEY + bucket))
        .chain(
            lock ->
                (Boolean) lock.get(0)[0]
                    ? tx.select(
                        UNSENT.filled().with("bucket", (short) bucket).with("most", AT_ONCE))
                    : Uni.createFrom().item(List.<Object[]>of()))
        .chain(
            rows -> {
              if (rows.isEmpty()) {
                return Uni.createFrom().item(0);
              }
              List<Row> batch =
                  rows.stream()
                      .map(
                          r ->
                              new Row(
                                  ((Number) r[0]).longValue(),
                                  (String) r[1],
                                  (String) r[2],
                                  (String) r[3]))
                      .toList();
              return publish(batch)
                  .chain(
                      () ->
                          tx.update(
                              SENT.filled()
                                  .with("at", wall.now())
                                  .with("seqs", batch.stream().map(Row::seq).toArray(Long[]::new))))
                  .replaceWith(batch.size());
            });
  }

  private Uni<Void> publish(List<Row> batch) {
    Context context = Vertx.currentContext();
    // send() blocks while it has no metadata, so it must not run on the event loop.
    return Uni.createFrom()
        .<Void>emitter(
            emitter -> {
              AtomicInteger open = new AtomicInteger(batch.size());
              for (Row row : batch) {
                producer.send(
                    new ProducerRecord<>(row.topic(), row.key(), row.payload()),
                    failure -> {
                      if (failure != null) {
                        emitter.fail(failure);
                      } else if (open.decrementAndGet() == 0) {
                        emitter.complete(null);
                      }
                    });
              }
            })
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .ifNoItem()
        .after(java.time.Duration.ofMillis(TimeUnit.SECONDS.toMillis(15)))
        .fail()
        .emitOn(command -> context.runOnContext(ignored -> command.run()));
  }
}

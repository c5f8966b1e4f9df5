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
 */
@ApplicationScoped
public class OutboxRelay {

  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final int AT_ONCE = 200;
  private static final long FIRST_LOCK_KEY = 0x5348_0000L;

  private record Row(long seq, String topic, String key, String payload) {}

  private final Vertx vertx;
  private final Tx tx;
  private final WallClock wall;
  private final EventProducer producer;
  private final long pollMillis;
  private final Counter sent;
  private final Counter failures;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean polling = new AtomicBoolean();
  private final AtomicBoolean[] running = new AtomicBoolean[Outbox.BUCKETS];
  private final AtomicBoolean[] again = new AtomicBoolean[Outbox.BUCKETS];
  private volatile boolean stopped;

  public OutboxRelay(
      Vertx vertx,
      Tx tx,
      WallClock wall,
      EventProducer producer,
      MeterRegistry metrics,
      @ConfigProperty(name = "shanpai.outbox.poll-millis", defaultValue = "500") long pollMillis) {
    this.vertx = vertx;
    this.tx = tx;
    this.wall = wall;
    this.producer = producer;
    this.pollMillis = pollMillis;
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
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery("select pg_try_advisory_xact_lock(:key)", Boolean.class)
                    .setParameter("key", FIRST_LOCK_KEY + bucket)
                    .getSingleResult()
                    .chain(
                        mine ->
                            mine
                                ? session
                                    .createNativeQuery(
                                        "select seq, topic, key, payload from outbox where bucket ="
                                            + " :bucket and sent_at is null order by seq limit "
                                            + AT_ONCE,
                                        Object[].class)
                                    .setParameter("bucket", (short) bucket)
                                    .getResultList()
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
                                      session
                                          .createNativeQuery(
                                              "update outbox set sent_at = :at"
                                                  + " where seq = any(:seqs)")
                                          .setParameter("at", wall.now())
                                          .setParameter(
                                              "seqs",
                                              batch.stream().map(Row::seq).toArray(Long[]::new))
                                          .executeUpdate())
                              .replaceWith(batch.size());
                        }));
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

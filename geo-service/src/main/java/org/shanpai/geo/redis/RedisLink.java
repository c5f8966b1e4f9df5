package org.shanpai.geo.redis;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.shanpai.chassis.IdSource;
import org.shanpai.geo.redis.RedisUnavailable.Reason;

/**
 * The way to Redis, which may be away, slow or empty at any moment.
 *
 * <ul>
 *   <li>A failed or slow request takes the link {@link State#DOWN}; requests then fail at once with
 *       {@link RedisUnavailable} instead of queueing.
 *   <li>Every transaction carries the count of this replica's writes. A count lower than it was
 *       acknowledged before means that Redis came back empty or with an old snapshot, however quick
 *       it was: nothing is read until everything was written again ({@link RedisContent}).
 *   <li>Reads and writes are MULTI transactions: nobody sees a rider between two cells.
 * </ul>
 *
 * Thread-safe.
 */
@ApplicationScoped
public class RedisLink {

  private static final Logger LOG = Logger.getLogger(RedisLink.class);
  private static final int WATERMARK_LIFE_SECONDS = 3_600;
  private static final long NOTHING_WRITTEN = -1;

  /** See the members. */
  public enum State {
    /** Does not answer. */
    DOWN,
    /** Answers, but does not have everything yet: may be written, not read. */
    RESTORING,
    /** Has everything. */
    UP
  }

  private final Redis redis;
  private final Vertx vertx;
  private final RedisSettings settings;
  private final Instance<RedisContent> contents;
  private final String watermark;
  private final AtomicReference<State> state = new AtomicReference<>(State.DOWN);
  private final AtomicLong acknowledged = new AtomicLong(NOTHING_WRITTEN);
  private volatile String trouble = "not asked yet";
  private volatile boolean probing;
  private long timer;

  public RedisLink(
      Redis redis,
      Vertx vertx,
      RedisSettings settings,
      RedisKeys keys,
      IdSource ids,
      @Any Instance<RedisContent> contents,
      MeterRegistry metrics) {
    this.redis = redis;
    this.vertx = vertx;
    this.settings = settings;
    this.contents = contents;
    this.watermark = keys.watermark(ids.next("geo"));
    metrics.gauge("shanpai.geo.redis.up", state, s -> s.get() == State.UP ? 1 : 0);
  }

  void start(@Observes StartupEvent start) {
    timer = vertx.setPeriodic(settings.probeEvery().toMillis(), tick -> probe());
    probe();
  }

  void stop(@Observes ShutdownEvent stop) {
    vertx.cancelTimer(timer);
  }

  public State state() {
    return state.get();
  }

  /** Why it is not {@link State#UP}, for people; empty when it is. */
  public String trouble() {
    return state.get() == State.UP ? "" : trouble;
  }

  /** Whether writes are taken. */
  public boolean writable() {
    return state.get() != State.DOWN;
  }

  /**
   * Sends reads as one transaction.
   *
   * @return the answers in their order; fails with {@link RedisUnavailable} unless {@link State#UP}
   */
  public Uni<List<Response>> read(List<Request> reads) {
    return state.get() == State.UP ? transact(reads, false) : unavailable();
  }

  /** As {@link #read}, and already while what Redis has is being restored. */
  public Uni<List<Response>> readWhileRestoring(List<Request> reads) {
    return writable() ? transact(reads, false) : unavailable();
  }

  /**
   * Sends writes as one transaction.
   *
   * @return the answers in their order; fails with {@link RedisUnavailable} when {@link State#DOWN}
   */
  public Uni<List<Response>> write(List<Request> writes) {
    return writable() ? transact(writes, true) : unavailable();
  }

  private static <T> Uni<T> unavailable() {
    return Uni.createFrom()
        .failure(() -> new RedisUnavailable(Reason.AWAY, "Redis is not available"));
  }

  private Uni<List<Response>> transact(List<Request> requests, boolean writes) {
    long before = acknowledged.get();
    List<Request> batch = new ArrayList<>(requests.size() + 3);
    batch.add(Request.cmd(Command.MULTI));
    batch.add(Request.cmd(writes ? Command.INCR : Command.GET).arg(watermark));
    batch.addAll(requests);
    batch.add(Request.cmd(Command.EXEC));
    return redis
        .batch(batch)
        .ifNoItem()
        .after(settings.timeout())
        .failWith(() -> new RedisUnavailable(Reason.AWAY, "no answer within " + settings.timeout()))
        .map(answers -> checked(answers.get(answers.size() - 1), before, writes))
        .onFailure(failure -> !(failure instanceof RedisUnavailable))
        .transform(RedisLink::unavailable)
        .onFailure(RedisUnavailable.class)
        .invoke(failure -> failed((RedisUnavailable) failure));
  }

  private List<Response> checked(Response executed, long before, boolean writes) {
    if (executed == null) {
      throw new RedisUnavailable(Reason.AWAY, "the transaction was not executed");
    }
    List<Response> answers = new ArrayList<>(executed.size() - 1);
    for (int i = 1; i < executed.size(); i++) {
      answers.add(executed.get(i));
    }
    Response mark = executed.get(0);
    long count = mark == null ? NOTHING_WRITTEN : mark.toLong();
    boolean intact = writes ? count > before : count >= before;
    if (!intact) {
      acknowledged.set(NOTHING_WRITTEN);
      restore("it lost what was written to it");
      throw new RedisUnavailable(Reason.LOST, "Redis lost what was written to it");
    }
    if (writes) {
      acknowledged.accumulateAndGet(count, Math::max);
    }
    return answers;
  }

  private static RedisUnavailable unavailable(Throwable failure) {
    boolean busy = failure.getClass().getSimpleName().equals("ConnectionPoolTooBusyException");
    return new RedisUnavailable(
        busy ? Reason.BUSY : Reason.AWAY, String.valueOf(failure.getMessage()));
  }

  private void failed(RedisUnavailable failure) {
    if (failure.reason() == Reason.AWAY && state.getAndSet(State.DOWN) != State.DOWN) {
      trouble = failure.getMessage();
      LOG.warnf("Redis is away (%s); positions wait in memory", failure.getMessage());
    }
  }

  private void probe() {
    if (probing) {
      return;
    }
    probing = true;
    Request keep = Request.cmd(Command.EXPIRE).arg(watermark).arg(WATERMARK_LIFE_SECONDS);
    transact(List.of(keep), false)
        .subscribe()
        .with(
            answers -> {
              probing = false;
              if (state.get() == State.DOWN) {
                restore("it answers again");
              }
            },
            failure -> {
              probing = false;
              trouble = failure.getMessage();
            });
  }

  private void restore(String why) {
    State now = state.getAndSet(State.RESTORING);
    if (now == State.RESTORING) {
      return;
    }
    LOG.infof("Restoring what Redis should have: %s", why);
    trouble = "being restored: " + why;
    Uni<Void> all = Uni.createFrom().voidItem();
    for (RedisContent content : contents) {
      all = all.chain(content::restore);
    }
    all.subscribe()
        .with(
            done -> {
              if (state.compareAndSet(State.RESTORING, State.UP)) {
                LOG.info("Redis has everything");
              }
            },
            failure -> {
              trouble = failure.getMessage();
              if (state.compareAndSet(State.RESTORING, State.DOWN)) {
                LOG.warnf("Redis could not be restored, trying again: %s", failure.getMessage());
              }
            });
  }
}

package org.shanpai.geo.position.redis;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.position.Fix;
import org.shanpai.geo.position.LastKnown;
import org.shanpai.geo.position.LastKnown.Unwritten;
import org.shanpai.geo.position.PositionSettings;
import org.shanpai.geo.position.redis.RedisPositions.RiderValues;
import org.shanpai.geo.redis.RedisContent;
import org.shanpai.geo.redis.RedisKeys;
import org.shanpai.geo.redis.RedisLink;

/**
 * Brings what {@link LastKnown} holds to Redis: one transaction at a time, each with the newest
 * reading of many riders. While Redis is slow the next one grows, by riders and not by pings.
 */
@ApplicationScoped
public class PositionWriter implements RedisContent {

  private static final int VALUES_AT_ONCE = 1_000;
  private static final int SWEEP_AT_ONCE = 1_000;

  private static final String SWEEP =
      """
      local gone = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
      for _, rider in ipairs(gone) do
        local value = redis.call('GET', ARGV[3] .. rider)
        if value then
          redis.call('ZREM', ARGV[4] .. string.match(value, '[^|]*$'), rider)
          redis.call('DEL', ARGV[3] .. rider)
        end
        redis.call('ZREM', KEYS[1], rider)
      end
      return #gone
      """;

  private final RedisLink link;
  private final RedisKeys keys;
  private final Cells cells;
  private final LastKnown known;
  private final PositionSettings settings;
  private final CityClock clock;
  private final Vertx vertx;

  private final AtomicBoolean busy = new AtomicBoolean();
  private final ConcurrentLinkedQueue<UniEmitter<? super Void>> restores =
      new ConcurrentLinkedQueue<>();
  private volatile boolean seenAll;
  private long sweeper;

  public PositionWriter(
      RedisLink link,
      RedisKeys keys,
      Cells cells,
      LastKnown known,
      PositionSettings settings,
      CityClock clock,
      Vertx vertx) {
    this.link = link;
    this.keys = keys;
    this.cells = cells;
    this.known = known;
    this.settings = settings;
    this.clock = clock;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent start) {
    sweeper = vertx.setPeriodic(settings.sweepEvery().toMillis(), tick -> sweep());
  }

  void stop(@Observes ShutdownEvent stop) {
    vertx.cancelTimer(sweeper);
  }

  boolean seenAll() {
    return seenAll;
  }

  /** Readings wait: writes them soon, together with those that come until then. */
  void wake() {
    if (link.writable() && busy.compareAndSet(false, true)) {
      vertx.setTimer(Math.max(1, settings.flushEvery().toMillis()), tick -> turn());
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Learns from Redis what others wrote, then writes everything this replica knows.
   */
  @Override
  public Uni<Void> restore() {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              restores.add(emitter);
              wake();
            });
  }

  /** One writer at a time: two transactions on two connections could overtake each other. */
  private void turn() {
    List<UniEmitter<? super Void>> waiting = new ArrayList<>();
    for (UniEmitter<? super Void> one; (one = restores.poll()) != null; ) {
      waiting.add(one);
    }
    Uni.createFrom()
        .deferred(
            () ->
                waiting.isEmpty()
                    ? flush()
                    : learn().invoke(known::writeAllAgain).chain(this::flush))
        .subscribe()
        .with(
            done -> {
              waiting.forEach(emitter -> emitter.complete(null));
              rest();
            },
            failure -> {
              waiting.forEach(emitter -> emitter.fail(failure));
              rest();
            });
  }

  private void rest() {
    busy.set(false);
    if (known.hasUnwritten() || !restores.isEmpty()) {
      wake();
    }
  }

  private Uni<Void> learn() {
    long oldest = oldest();
    return link.readWhileRestoring(
            List.of(
                Request.cmd(Command.ZRANGE)
                    .arg(keys.riderSeen())
                    .arg(Long.toString(oldest))
                    .arg("+inf")
                    .arg("BYSCORE")))
        .chain(
            answers -> {
              List<String> riders = new ArrayList<>();
              answers.get(0).forEach(rider -> riders.add(rider.toString()));
              if (riders.isEmpty()) {
                return Uni.createFrom().voidItem();
              }
              return link.readWhileRestoring(RiderValues.requests(keys, riders, VALUES_AT_ONCE))
                  .invoke(
                      values ->
                          RiderValues.parse(riders, values)
                              .values()
                              .forEach(value -> known.learn(value.fix(), value.cell())))
                  .replaceWithVoid();
            })
        .invoke(() -> seenAll = true);
  }

  private Uni<Void> flush() {
    List<Unwritten> batch = known.drainUnwritten(settings.flushMost());
    if (batch.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return standing(batch)
        .chain(standing -> write(batch, standing))
        .onFailure()
        .invoke(failure -> batch.forEach(known::notWritten))
        .chain(() -> known.hasUnwritten() ? flush() : Uni.createFrom().voidItem());
  }

  /** What Redis has of those riders of whom this replica does not know it. */
  private Uni<Map<String, RiderValue>> standing(List<Unwritten> batch) {
    List<String> unknown =
        batch.stream()
            .filter(item -> item.writtenCell() == LastKnown.CELL_UNKNOWN)
            .map(item -> item.fix().riderId())
            .toList();
    if (unknown.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return link.readWhileRestoring(RiderValues.requests(keys, unknown, VALUES_AT_ONCE))
        .map(answers -> RiderValues.parse(unknown, answers));
  }

  private Uni<Void> write(List<Unwritten> batch, Map<String, RiderValue> standing) {
    Map<Long, Request> adds = new HashMap<>();
    Map<Long, Request> removes = new HashMap<>();
    Request values = Request.cmd(Command.MSET);
    Request seen = Request.cmd(Command.ZADD).arg(keys.riderSeen()).arg("GT");
    List<Unwritten> written = new ArrayList<>(batch.size());
    List<Long> writtenCells = new ArrayList<>(batch.size());
    for (Unwritten item : batch) {
      Fix fix = item.fix();
      RiderValue old = standing.get(fix.riderId());
      if (old != null && old.fix().at() > fix.at()) {
        // Another replica heard from the rider later.
        known.learn(old.fix(), old.cell());
        continue;
      }
      long before =
          item.writtenCell() != LastKnown.CELL_UNKNOWN
              ? item.writtenCell()
              : old == null ? LastKnown.CELL_NONE : old.cell();
      long cell = cells.of(fix.place());
      adds.computeIfAbsent(cell, c -> Request.cmd(Command.GEOADD).arg(keys.riderCell(c)))
          .arg(Double.toString(fix.place().lon()))
          .arg(Double.toString(fix.place().lat()))
          .arg(fix.riderId());
      if (before != LastKnown.CELL_NONE && before != cell) {
        removes
            .computeIfAbsent(before, c -> Request.cmd(Command.ZREM).arg(keys.riderCell(c)))
            .arg(fix.riderId());
      }
      values.arg(keys.rider(fix.riderId())).arg(RiderValue.text(fix, cell));
      seen.arg(Long.toString(fix.at())).arg(fix.riderId());
      written.add(item);
      writtenCells.add(cell);
    }
    if (written.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Request> requests = new ArrayList<>(adds.values());
    requests.addAll(removes.values());
    requests.add(values);
    requests.add(seen);
    return link.write(requests)
        .invoke(
            done -> {
              for (int i = 0; i < written.size(); i++) {
                known.written(written.get(i), writtenCells.get(i));
              }
            })
        .replaceWithVoid();
  }

  private void sweep() {
    known.forgetBefore(oldest());
    if (link.state() == RedisLink.State.UP) {
      Request sweep =
          Request.cmd(Command.EVAL)
              .arg(SWEEP)
              .arg(1)
              .arg(keys.riderSeen())
              .arg(Long.toString(oldest()))
              .arg(SWEEP_AT_ONCE)
              .arg(keys.riderPrefix())
              .arg(keys.riderCellPrefix());
      link.write(List.of(sweep)).subscribe().with(done -> {}, failure -> {});
    }
  }

  private long oldest() {
    return clock.millis() - settings.expireAfter().toMillis();
  }
}

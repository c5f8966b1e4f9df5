package org.shanpai.rider.score;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;

/**
 * Judges cases that wait, many in one transaction, right after their facts are committed. A case
 * that cannot be judged waits longer and longer and keeps nobody else waiting.
 */
@ApplicationScoped
public class Judging {

  private static final Logger LOG = Logger.getLogger(Judging.class);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Tx tx;
  private final FactRows facts;
  private final ScoreLedger ledger;
  private final Levels levels;
  private final WallClock wall;
  private final ScoreSettings settings;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();

  Judging(
      Tx tx,
      FactRows facts,
      ScoreLedger ledger,
      Levels levels,
      WallClock wall,
      ScoreSettings settings) {
    this.tx = tx;
    this.facts = facts;
    this.ledger = ledger;
    this.levels = levels;
    this.wall = wall;
    this.settings = settings;
  }

  /** There is something to judge; call it after the commit. */
  void wake() {
    again.set(true);
    if (running.compareAndSet(false, true)) {
      loop()
          .subscribe()
          .with(
              done -> {},
              failure -> LOG.warnf("What waits to be judged waits longer (%s)", failure));
    }
  }

  private Uni<Void> loop() {
    again.set(false);
    // While the database writes one batch, another is judged; accounts are locked in one order.
    List<Uni<Void>> drains = new ArrayList<>();
    for (int i = 0; i < settings.loops(); i++) {
      drains.add(drain());
    }
    return Uni.join()
        .all(drains)
        .andCollectFailures()
        .replaceWithVoid()
        .onItemOrFailure()
        .invoke((done, failure) -> running.set(false))
        .invoke(
            () -> {
              if (again.get()) {
                wake();
              }
            });
  }

  /** What another replica left, or what came while the database was away. */
  @Scheduled(
      every = "{shanpai.score.judge-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void again() {
    wake();
  }

  private Uni<Void> drain() {
    return judged(settings.batch())
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.debugf(failure, "A batch of cases is judged one by one");
              return oneByOne(settings.batch());
            })
        .chain(count -> count == 0 ? Uni.createFrom().voidItem() : drain());
  }

  private Uni<Integer> judged(int most) {
    return tx.detached(
        () ->
            tx.write(
                () ->
                    facts
                        .takeDue(most, wall.now())
                        .chain(keys -> ledger.judge(keys).replaceWith(keys.size()))));
  }

  private Uni<Integer> oneByOne(int most) {
    return tx.detached(() -> tx.read(() -> facts.peekDue(most, wall.now())))
        .chain(
            keys -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (CaseKey key : keys) {
                all = all.chain(() -> one(key));
              }
              return all.replaceWith(keys.size());
            });
  }

  private Uni<Void> one(CaseKey key) {
    return tx.detached(
            () ->
                tx.write(
                    () ->
                        facts.take(key).chain(() -> ledger.judge(List.of(key))).replaceWithVoid()))
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.errorf(
                  failure, "Case %s of rider %s cannot be judged", key.about(), key.riderId());
              return tx.detached(
                  () -> tx.write(() -> facts.waitUntil(key, wall.now().plus(PAUSE))));
            });
  }

  /** Closes days that are over, all riders in turn. */
  @Scheduled(
      every = "{shanpai.score.close-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> closeDays() {
    return tx.detached(() -> levels.closeSome(settings.batch()))
        .chain(count -> count < settings.batch() ? Uni.createFrom().voidItem() : closeDays());
  }
}

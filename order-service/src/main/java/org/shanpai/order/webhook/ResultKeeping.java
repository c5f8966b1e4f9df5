package org.shanpai.order.webhook;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.webhook.Deliveries.Outcome;

/**
 * Notes what became of tries, many in one transaction: whatever comes while one is being written
 * waits for the next. A busy sender so pays for few commits, an idle one waits for nobody.
 */
@ApplicationScoped
class ResultKeeping {

  private static final int MOST_AT_ONCE = 200;

  private final Tx tx;
  private final Deliveries deliveries;
  private final SwitchOffNotices notices;
  private final WebhookSettings settings;
  private final WallClock wall;

  private final Queue<Result> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean writing = new AtomicBoolean();

  ResultKeeping(
      Tx tx,
      Deliveries deliveries,
      SwitchOffNotices notices,
      WebhookSettings settings,
      WallClock wall) {
    this.tx = tx;
    this.deliveries = deliveries;
    this.notices = notices;
    this.settings = settings;
    this.wall = wall;
  }

  private record Result(String claim, Outcome outcome, UniEmitter<? super Void> noted) {}

  /**
   * Notes it; done when it is committed.
   *
   * @param claim under which it was taken; of one whose claim is lost nothing is noted
   */
  Uni<Void> note(String claim, Outcome outcome) {
    return Uni.createFrom()
        .emitter(
            noted -> {
              waiting.add(new Result(claim, outcome, noted));
              writeNext();
            });
  }

  private void writeNext() {
    if (waiting.isEmpty() || !writing.compareAndSet(false, true)) {
      return;
    }
    List<Result> batch = new ArrayList<>();
    for (Result next = waiting.poll(); next != null; next = waiting.poll()) {
      batch.add(next);
      if (batch.size() == MOST_AT_ONCE) {
        break;
      }
    }
    if (batch.isEmpty()) {
      ended();
      return;
    }
    write(batch)
        .subscribe()
        .with(
            done -> {
              ended();
              batch.forEach(result -> result.noted().complete(null));
            },
            failure -> oneByOne(batch, 0));
  }

  /** One that cannot be written keeps no other from being written. */
  private void oneByOne(List<Result> batch, int index) {
    if (index == batch.size()) {
      ended();
      return;
    }
    Result result = batch.get(index);
    write(List.of(result))
        .subscribe()
        .with(
            done -> {
              result.noted().complete(null);
              oneByOne(batch, index + 1);
            },
            failure -> {
              result.noted().fail(failure);
              oneByOne(batch, index + 1);
            });
  }

  private void ended() {
    writing.set(false);
    writeNext();
  }

  private Uni<Void> write(List<Result> batch) {
    Map<String, List<Outcome>> byClaim = new LinkedHashMap<>();
    for (Result result : batch) {
      byClaim.computeIfAbsent(result.claim(), claim -> new ArrayList<>()).add(result.outcome());
    }
    Instant now = wall.now();
    Instant deadSince = now.minus(settings.giveUpAfter());
    return tx.detached(
        () ->
            tx.write(
                () -> {
                  Uni<Void> done = Uni.createFrom().voidItem();
                  for (Map.Entry<String, List<Outcome>> own : byClaim.entrySet()) {
                    done =
                        done.chain(
                                () ->
                                    deliveries.settle(own.getKey(), own.getValue(), deadSince, now))
                            .chain(notices::switchedOff);
                  }
                  return done;
                }));
  }
}

package org.shanpai.order.progress.nudge;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.EntryKind;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.OrderChanges;
import org.shanpai.order.progress.ChargeSettings;
import org.shanpai.order.progress.OwnOrders;

/**
 * Nudges (催单): a merchant asks where an order stays, and is told. It is noted, and reaches the
 * others as a new version of the order in which nothing else is new: what dispatch counts as cost
 * never moves by asking.
 */
@ApplicationScoped
public class Nudges {

  private final Tx tx;
  private final OwnOrders own;
  private final OrderChanges changes;
  private final Duration every;

  Nudges(Tx tx, OwnOrders own, OrderChanges changes, ChargeSettings settings) {
    this.tx = tx;
    this.own = own;
    this.changes = changes;
    this.every = settings.nudgeEvery();
  }

  /**
   * What a nudge is answered with.
   *
   * @param nudges how many there were, this one included
   * @param nextAt city time; another one is heard from then on
   */
  public record Answer(Order order, int nudges, Instant nextAt) {}

  /**
   * Notes the nudge.
   *
   * @throws Problem 404; 409 when the order has ended; 429 while the last one is fresh
   */
  public Uni<Answer> nudge(MerchantId merchant, OrderId id) {
    return own.act(
        merchant,
        id,
        (order, now) -> {
          OwnOrders.refuseEnded(order);
          return count(order, now)
              .call(
                  () -> {
                    order.remark();
                    return changes.tell(order, EntryKind.NUDGE, now);
                  })
              .map(nudges -> new Answer(order, nudges, now.plus(every)));
        });
  }

  private Uni<Integer> count(Order order, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .find(NudgeRow.class, order.id().value())
                    .chain(
                        row -> {
                          if (row == null) {
                            return session
                                .persist(new NudgeRow(order.id().value(), now))
                                .replaceWith(1);
                          }
                          refuseFresh(row, now);
                          row.again(now);
                          return Uni.createFrom().item(row.nudges());
                        }));
  }

  private void refuseFresh(NudgeRow row, Instant now) {
    Duration left = Duration.between(now, row.lastAt().plus(every));
    if (!left.isNegative() && !left.isZero()) {
      throw Problem.tooMany(
          "nudged-already",
          "The order was nudged at " + row.lastAt() + "; the rider knows.",
          (int) Math.min(Integer.MAX_VALUE, left.toSeconds() + 1));
    }
  }
}

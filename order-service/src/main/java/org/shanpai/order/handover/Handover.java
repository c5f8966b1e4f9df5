package org.shanpai.order.handover;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.intake.CodeSettings;
import org.shanpai.order.orders.HandoverCode;
import org.shanpai.order.orders.HandoverCode.Verdict;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.privacy.Contacts;
import org.shanpai.order.virtualnumber.CallNumbers;
import org.shanpai.order.virtualnumber.VirtualNumbers.Audience;

/**
 * What a rider needs at the two handovers: a code checked, the customer's contact. Only for the
 * rider who has the order.
 *
 * <p>Who that is comes from dispatch-service by event, a moment after the rider knows it. A caller
 * this service has not heard of as the order's rider is therefore looked at again for a short
 * while; the fencing token they bring tells news under way (409, try again) from somebody else's
 * order (404).
 */
@ApplicationScoped
public class Handover {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final int RETRY_AFTER_SECONDS = 1;

  private final Tx tx;
  private final Orders orders;
  private final Contacts contacts;
  private final CallNumbers numbers;
  private final CodeSettings settings;
  private final WallClock wall;

  Handover(
      Tx tx,
      Orders orders,
      Contacts contacts,
      CallNumbers numbers,
      CodeSettings settings,
      WallClock wall) {
    this.tx = tx;
    this.orders = orders;
    this.contacts = contacts;
    this.numbers = numbers;
    this.settings = settings;
    this.wall = wall;
  }

  /**
   * Checks a code. A right one stays right: checking it again does no harm.
   *
   * @param epoch the fencing token of the rider's assignment, or null when it is not known
   * @throws Problem 404 not this rider's order; 409 {@code wrong-code}, or {@code
   *     assignment-under-way} with Retry-After; 429 {@code too-many-tries} with Retry-After
   */
  public Uni<Void> check(OrderId id, RiderId rider, Long epoch, CodeKind kind, String code) {
    LogContext.order(id.value());
    return awaitAssignment(id, rider, epoch)
        .chain(() -> tx.write(() -> tryCode(id, rider, kind, code)))
        // Thrown after the commit: a counted try must not be rolled back with the refusal.
        .invoke(verdict -> refuseUnlessRight(verdict, kind))
        .replaceWithVoid();
  }

  /**
   * Whom to hand over to. The customer's telephone does not leave this service while a number can
   * stand in for it.
   *
   * @throws Problem 404 not this rider's order, or its contact was erased; 409 {@code
   *     assignment-under-way}
   */
  public Uni<Receiver> receiver(OrderId id, RiderId rider, Long epoch) {
    LogContext.order(id.value());
    return awaitAssignment(id, rider, epoch)
        .chain(
            () ->
                tx.write(
                    () ->
                        contacts
                            .find(id)
                            .map(found -> found.orElseThrow(() -> Problem.notFound("order " + id)))
                            .chain(
                                contact ->
                                    numbers
                                        .tell(id, contact.phone(), Audience.RIDER)
                                        .map(told -> new Receiver(contact, told)))));
  }

  private Uni<Verdict> tryCode(OrderId id, RiderId rider, CodeKind kind, String code) {
    return orders
        .lock(id)
        .map(
            found -> {
              Order order =
                  found
                      .filter(known -> rider.equals(known.riderId()))
                      .orElseThrow(() -> Problem.notFound("order " + id));
              HandoverCode asked =
                  kind == CodeKind.PICKUP ? order.pickupCode() : order.deliveryCode();
              return asked.check(code, wall.now(), settings.tries(), settings.lock());
            });
  }

  private static void refuseUnlessRight(Verdict verdict, CodeKind kind) {
    if (verdict instanceof Verdict.Wrong wrong) {
      throw Problem.conflict(
          "wrong-code",
          "code",
          "The "
              + kind.name().toLowerCase(Locale.ROOT)
              + " code is wrong; tries left: "
              + wrong.triesLeft()
              + ".");
    }
    if (verdict instanceof Verdict.Locked locked) {
      throw Problem.tooMany(
          "too-many-tries",
          "Too many wrong codes; wait before the next try.",
          (int) Math.max(1, locked.remaining().toSeconds() + 1));
    }
  }

  private Uni<Void> awaitAssignment(OrderId id, RiderId rider, Long epoch) {
    return look(id, rider, epoch, wall.millis() + settings.refresh().toMillis());
  }

  private Uni<Void> look(OrderId id, RiderId rider, Long epoch, long untilMillis) {
    return tx.read(() -> orders.find(id))
        .chain(
            found -> {
              Order order = found.orElseThrow(() -> Problem.notFound("order " + id));
              if (rider.equals(order.riderId())) {
                return Uni.createFrom().voidItem();
              }
              if (order.status().terminal()) {
                throw Problem.notFound("order " + id);
              }
              if (wall.millis() < untilMillis) {
                return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(LOOK_AGAIN)
                    .chain(() -> look(id, rider, epoch, untilMillis));
              }
              throw unknownRider(order, epoch);
            });
  }

  private static Problem unknownRider(Order order, Long epoch) {
    boolean newsUnderWay =
        Optional.ofNullable(epoch)
            .map(token -> token > order.jobEpoch())
            .orElse(order.riderId() == null);
    return newsUnderWay
        ? Problem.conflictRetry(
            "assignment-under-way",
            "The news of your assignment has not arrived here yet; try again.",
            RETRY_AFTER_SECONDS)
        : Problem.notFound("order " + order.id());
  }
}

package org.shanpai.order.handover;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.intake.CodeSettings;
import org.shanpai.order.orders.HandoverCode;
import org.shanpai.order.orders.HandoverCode.Verdict;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.privacy.Contacts;
import org.shanpai.order.proof.Photo;
import org.shanpai.order.proof.Photos;
import org.shanpai.order.virtualnumber.CallNumbers;
import org.shanpai.order.virtualnumber.VirtualNumbers.Audience;

/**
 * What a rider needs at the two handovers: a code or picture checked, the customer's contact. Only
 * for the rider who has the order; what it takes is in {@link HandoverRules}.
 */
@ApplicationScoped
public class Handover {

  private final Tx tx;
  private final Orders orders;
  private final AssignmentWait assignments;
  private final Contacts contacts;
  private final CallNumbers numbers;
  private final Photos photos;
  private final HandoverRecords records;
  private final CodeSettings codes;
  private final HandoverSettings settings;
  private final CityClock clock;
  private final WallClock wall;

  Handover(
      Tx tx,
      Orders orders,
      AssignmentWait assignments,
      Contacts contacts,
      CallNumbers numbers,
      Photos photos,
      HandoverRecords records,
      CodeSettings codes,
      HandoverSettings settings,
      CityClock clock,
      WallClock wall) {
    this.tx = tx;
    this.orders = orders;
    this.assignments = assignments;
    this.contacts = contacts;
    this.numbers = numbers;
    this.photos = photos;
    this.records = records;
    this.codes = codes;
    this.settings = settings;
    this.clock = clock;
    this.wall = wall;
  }

  /**
   * Checks what the rider brings and writes down how the goods change hands. What was right stays
   * right: checking it again does no harm.
   *
   * @throws Problem 404 not this rider's order; 409 {@code wrong-code}, or {@code
   *     assignment-under-way} with Retry-After; 422 naming what is missing or not allowed; 429
   *     {@code too-many-tries} with Retry-After
   */
  public Uni<Void> check(OrderId id, RiderId rider, Attempt attempt) {
    LogContext.order(id.value());
    return assignments
        .of(id, rider, attempt.epoch())
        .chain(() -> tx.write(() -> attempt(id, rider, attempt)))
        // Thrown after the commit: a counted try must not be rolled back with the refusal.
        .invoke(
            refusal ->
                refusal.ifPresent(
                    problem -> {
                      throw problem;
                    }))
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
    return assignments
        .of(id, rider, epoch)
        .chain(
            order ->
                tx.write(
                    () ->
                        contacts
                            .find(id)
                            .map(found -> found.orElseThrow(() -> Problem.notFound("order " + id)))
                            .chain(
                                contact ->
                                    numbers
                                        .tell(id, contact.phone(), Audience.RIDER)
                                        .map(told -> new Receiver(contact, told, order.terms())))));
  }

  private Uni<Optional<Problem>> attempt(OrderId id, RiderId rider, Attempt attempt) {
    return orders
        .lock(id)
        .chain(
            found -> {
              Order order =
                  found
                      .filter(known -> rider.equals(known.riderId()))
                      .orElseThrow(() -> Problem.notFound("order " + id));
              Way way =
                  HandoverRules.way(order.terms().checks(), order.terms().dropPoint(), attempt);
              return way == Way.CODE ? byCode(order, attempt) : byPhoto(order, attempt);
            });
  }

  private Uni<Optional<Problem>> byCode(Order order, Attempt attempt) {
    HandoverCode asked =
        attempt.kind() == CodeKind.PICKUP ? order.pickupCode() : order.deliveryCode();
    Verdict verdict = asked.check(attempt.code(), wall.now(), codes.tries(), codes.lock());
    Optional<Problem> refusal = refusal(verdict, attempt.kind());
    return refusal.isPresent()
        ? Uni.createFrom().item(refusal)
        : record(order, attempt, Way.CODE).replaceWith(refusal);
  }

  private Uni<Optional<Problem>> byPhoto(Order order, Attempt attempt) {
    return photos
        .find(attempt.proofId())
        .invoke(found -> refuseUnlessGood(found, order))
        .chain(() -> record(order, attempt, Way.DROP_POINT))
        .replaceWith(Optional.empty());
  }

  private void refuseUnlessGood(Optional<Photo> found, Order order) {
    Photo photo =
        found
            .filter(
                known ->
                    known.orderId().equals(order.id())
                        && known.riderId().equals(order.riderId())
                        && known.jobEpoch() == order.jobEpoch())
            .orElseThrow(
                () ->
                    Problem.unprocessable(
                        "photo-unknown", "proofId", "There is no such picture of this delivery."));
    if (photo.wallAt().isBefore(wall.now().minus(settings.photoFresh()))) {
      throw Problem.unprocessable(
          "photo-stale",
          "proofId",
          "The picture is older than "
              + settings.photoFresh().toMinutes()
              + " minutes; take another one.");
    }
  }

  private Uni<Void> record(Order order, Attempt attempt, Way way) {
    return records.put(
        new HandoverRecord(
            order.id(),
            attempt.kind(),
            way,
            way == Way.DROP_POINT ? attempt.proofId() : null,
            order.riderId(),
            order.jobEpoch(),
            attempt.checked(),
            clock.now()));
  }

  private static Optional<Problem> refusal(Verdict verdict, CodeKind kind) {
    if (verdict instanceof Verdict.Wrong wrong) {
      return Optional.of(
          Problem.conflict(
              "wrong-code",
              "code",
              "The "
                  + kind.name().toLowerCase(Locale.ROOT)
                  + " code is wrong; tries left: "
                  + wrong.triesLeft()
                  + "."));
    }
    if (verdict instanceof Verdict.Locked locked) {
      return Optional.of(
          Problem.tooMany(
              "too-many-tries",
              "Too many wrong codes; wait before the next try.",
              (int) Math.max(1, locked.remaining().toSeconds() + 1)));
    }
    return Optional.empty();
  }
}

package org.shanpai.order.intake;

import java.time.Instant;
import java.util.Objects;
import org.shanpai.chassis.problem.Problem;

/** Whether an order may have the price and the promise that were quoted. */
final class LockRule {

  // Two readings of the same address differ by less; the next building lies further off.
  private static final double SAME_DOOR_METRES = 30;

  private LockRule() {}

  /**
   * @throws Problem 409 {@code quote-used}; 422 {@code quote-expired}, or {@code quote-mismatch}
   *     naming the field
   */
  static void check(PriceLocks.Lock lock, OrderRequest request, LoadRule load, Instant now) {
    if (lock.usedBy() != null) {
      throw used(lock.quoteId());
    }
    if (now.isAfter(lock.expiresAt())) {
      throw Problem.unprocessable(
          "quote-expired",
          "quoteId",
          "The quote "
              + lock.quoteId()
              + " held until "
              + lock.expiresAt()
              + "; ask for a new one.");
    }
    Ask quoted = lock.ask();
    same("storeId", quoted.storeId().equals(request.storeId()));
    same(
        "dropoff.place",
        quoted.dropoff().metresTo(request.told().place().in(request.told().system()))
            <= SAME_DOOR_METRES);
    GoodsTotals goods = GoodsTotals.of(request.items(), request.loadUnits());
    same("items", goods.grams() == quoted.goods().grams());
    sameIfTold("items", quoted.goods().valueFen(), goods.valueFen());
    same("items", quoted.goods().needs().containsAll(goods.needs()));
    int units = lock.conditions().loadUnits();
    // What several riders carry is packed and compared again by Split.
    boolean several = lock.conditions().further() != null;
    // Whoever told the room for these goods once need not tell it again.
    same("items", several || quoted.goods().loadUnits() != null || load.units(goods) <= units);
    sameIfTold("loadUnits", request.loadUnits(), several ? null : Integer.valueOf(units));
    sameIfTold("promiseTier", request.tier(), quoted.tier());
    sameIfTold("promiseSeconds", request.promiseSeconds(), quoted.promiseSeconds());
    sameIfTold(
        "expectedReadySeconds", request.expectedReadySeconds(), lock.conditions().readySeconds());
    sameIfTold("deliverBetween", request.deliverBetween(), quoted.deliverBetween());
    sameIfTold("merchantOrderNo", quoted.merchantOrderNo(), request.merchantOrderNo());
  }

  static Problem used(String quoteId) {
    return Problem.conflict(
        "quote-used", "quoteId", "An order was made of the quote " + quoteId + " already.");
  }

  static Problem otherThanQuoted(String field) {
    return Problem.unprocessable(
        "quote-mismatch",
        field,
        "The quote was made for another " + field + "; ask for a new one.");
  }

  private static void sameIfTold(String field, Object told, Object quoted) {
    same(field, told == null || Objects.equals(told, quoted));
  }

  private static void same(String field, boolean same) {
    if (!same) {
      throw otherThanQuoted(field);
    }
  }
}

package org.shanpai.order.handover;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.order.orders.HandoverCheck;

/**
 * What it takes to hand goods over; the one place that says so.
 *
 * <ul>
 *   <li>Pickup: the store's code.
 *   <li>Delivery: the customer's code; or, where a drop point was agreed, goods left there and a
 *       fresh picture of them.
 *   <li>Goods that need a check (age, prescription, identity) are handed to a person, by code, and
 *       the rider says what was seen.
 * </ul>
 */
final class HandoverRules {

  private HandoverRules() {}

  /**
   * Whether the attempt may go on, and by which way; the code or picture itself is looked at
   * afterwards.
   *
   * @param checks agreed for the order
   * @param dropPoint whether one was agreed
   * @throws Problem 422 naming the field
   */
  static Way way(Set<HandoverCheck> checks, boolean dropPoint, Attempt attempt) {
    if (attempt.kind() == CodeKind.PICKUP) {
      return byCode(attempt, "Send the pickup code.");
    }
    if (attempt.dropPoint() && !checks.isEmpty()) {
      throw Problem.unprocessable(
          "drop-point-not-allowed",
          "dropPoint",
          "The goods need a check (" + names(checks) + "); hand them to a person.");
    }
    if (attempt.dropPoint() && !dropPoint && attempt.code() == null) {
      throw Problem.unprocessable(
          "drop-point-not-agreed",
          "dropPoint",
          "No drop point was agreed for this order; ask for the delivery code.");
    }
    Set<HandoverCheck> missing = EnumSet.noneOf(HandoverCheck.class);
    missing.addAll(checks);
    missing.removeAll(attempt.checked());
    if (!missing.isEmpty()) {
      throw Problem.unprocessable(
          "checks-needed",
          "checked",
          "Look at the door and say what you have seen: "
              + names(missing)
              + ". Whoever fails it gets nothing: undeliverable, FAILED_CHECK.");
    }
    if (attempt.code() != null || !attempt.dropPoint()) {
      return byCode(
          attempt,
          dropPoint
              ? "Send the delivery code, or dropPoint and the proofId of a picture."
              : "Send the delivery code.");
    }
    if (attempt.proofId() == null) {
      throw Problem.unprocessable(
          "photo-needed", "proofId", "Take a picture of the goods where you left them.");
    }
    return Way.DROP_POINT;
  }

  private static Way byCode(Attempt attempt, String otherwise) {
    if (attempt.code() == null) {
      throw Problem.unprocessable("code-needed", "code", otherwise);
    }
    return Way.CODE;
  }

  private static String names(Set<HandoverCheck> checks) {
    return new TreeSet<>(checks).stream().map(Enum::name).collect(Collectors.joining(", "));
  }
}

package org.shanpai.rider.task.http;

import org.shanpai.chassis.problem.Problem;
import org.shanpai.messaging.Idempotency;

/** The Idempotency-Key of a rider's action. */
final class ActionKey {

  private ActionKey() {}

  /**
   * The key as passed on: with the rider in front, so that two phones with the same key never get
   * each other's answer.
   *
   * @throws Problem 400 without a key
   */
  static String of(String riderId, String key) {
    int longest = Idempotency.LONGEST_KEY - riderId.length() - 1;
    if (key == null || key.isBlank() || key.length() > longest) {
      throw Problem.badRequest(
          "Idempotency-Key",
          "Send a header Idempotency-Key of 1 to " + longest + " characters, new for each action.");
    }
    return riderId + ":" + key;
  }
}

package org.shanpai.fuzz;

import java.util.List;
import java.util.Map;

/**
 * What a fuzz run found.
 *
 * @param requests generated; those that kept the world going are {@code besides}
 * @param reachedHandlers of the generated: answered by an endpoint's own code or its validation
 * @param serverErrors 5xx, but for a documented 503 that says when to try again
 * @param halfCreated what is there by halves, see {@link HalfCreated}
 * @param noAnswer requests without an answer in time
 * @param notAProblem refusals that are not RFC 9457 problems
 * @param undocumented answers with a status that the document does not name
 * @param notTheSchema good answers that are not what their schema says
 * @param withoutSuccess operations that were never answered with 2xx
 * @param byOperation how often each operation answered which status; 0 is no answer
 */
public record FuzzReport(
    long seed,
    int requests,
    int reachedHandlers,
    double reachedShare,
    int serverErrors,
    int halfCreated,
    int noAnswer,
    int notAProblem,
    int undocumented,
    int notTheSchema,
    int operations,
    List<String> withoutSuccess,
    int besides,
    long slowestMillis,
    long wallSeconds,
    Map<String, Integer> byMutation,
    Map<String, Map<Integer, Integer>> byOperation,
    List<String> halves,
    List<Failure> failures) {

  /**
   * An answer that breaks a promise; the first of each kind and operation are kept.
   *
   * @param curl the request as a line for a shell; {@code $TOKEN} stands for the token
   * @param role of who sent it
   */
  public record Failure(
      String kind,
      String program,
      String operation,
      String mutation,
      String role,
      String detail,
      String curl) {}

  private static final double LEAST_REACHED = 0.7;

  /** Which promises are broken, each in a sentence; empty when none is. */
  public List<String> broken() {
    List<String> broken = new java.util.ArrayList<>();
    check(broken, serverErrors, "requests met a server error");
    check(broken, halfCreated, "things are there by halves");
    check(broken, noAnswer, "requests were not answered in time");
    check(broken, notAProblem, "refusals are not RFC 9457 problems");
    check(broken, undocumented, "answers have a status that is not documented");
    check(broken, notTheSchema, "good answers are not what the document says");
    check(broken, withoutSuccess.size(), "operations never succeeded: " + withoutSuccess);
    if (reachedShare < LEAST_REACHED) {
      broken.add(
          "only %.1f %% of the requests reached a handler, not %.0f %%"
              .formatted(100 * reachedShare, 100 * LEAST_REACHED));
    }
    return broken;
  }

  private static void check(List<String> broken, int count, String words) {
    if (count > 0) {
      broken.add(count + " " + words);
    }
  }
}

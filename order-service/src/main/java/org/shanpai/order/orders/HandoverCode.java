package org.shanpai.order.orders;

import jakarta.persistence.Embeddable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;

/**
 * A code that must be told to the rider at a handover, with its limited tries. Lives on wall time:
 * it holds off guessing, and guessing does not run on the city's clock.
 */
@Embeddable
public class HandoverCode {

  private String digits;
  private int tries;
  private Instant lockedUntil;

  protected HandoverCode() {}

  public HandoverCode(String digits) {
    this.digits = digits;
  }

  /** What a try came to. */
  public sealed interface Verdict {
    /** The code is right. */
    record Right() implements Verdict {}

    /**
     * The code is wrong.
     *
     * @param triesLeft 0 when this one locked the code
     */
    record Wrong(int triesLeft) implements Verdict {}

    /** Not looked at: too many tries were wrong. */
    record Locked(Duration remaining) implements Verdict {}
  }

  /** What the merchant or the customer tells the rider. */
  public String digits() {
    return digits;
  }

  /**
   * One try.
   *
   * @param wallNow real time
   * @param allowed wrong tries that lock the code
   * @param lock how long it stays locked; the count starts anew afterwards
   */
  public Verdict check(String candidate, Instant wallNow, int allowed, Duration lock) {
    if (lockedUntil != null && wallNow.isBefore(lockedUntil)) {
      return new Verdict.Locked(Duration.between(wallNow, lockedUntil));
    }
    boolean right =
        MessageDigest.isEqual(
            digits.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    if (right) {
      tries = 0;
      lockedUntil = null;
      return new Verdict.Right();
    }
    tries++;
    if (tries >= allowed) {
      tries = 0;
      lockedUntil = wallNow.plus(lock);
      return new Verdict.Wrong(0);
    }
    return new Verdict.Wrong(allowed - tries);
  }
}

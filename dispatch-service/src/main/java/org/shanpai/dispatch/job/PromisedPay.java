package org.shanpai.dispatch.job;

import jakarta.persistence.Embeddable;
import org.shanpai.contracts.Money;

/** What the job's rider is paid whatever happens: for it, for its way, and for having waited. */
@Embeddable
public class PromisedPay {

  private long basePayFen;

  /** Of {@link #basePayFen}; null for a job from before the way was told apart. */
  private Long distancePayFen;

  private long stepPayFen;

  protected PromisedPay() {}

  static PromisedPay of(BasePay pay) {
    PromisedPay promised = new PromisedPay();
    promised.basePayFen = pay.fen();
    promised.distancePayFen = pay.distanceFen();
    return promised;
  }

  /**
   * The way became another one.
   *
   * @param held whether somebody has the job already, who loses nothing by it
   */
  void rerouted(BasePay pay, boolean held) {
    if (held && pay.fen() <= basePayFen) {
      return;
    }
    basePayFen = pay.fen();
    distancePayFen = pay.distanceFen();
  }

  Money total() {
    return Money.ofFen(basePayFen + stepPayFen);
  }

  /** Of the total what is for the way; null when it was never told apart. */
  Money distance() {
    return distancePayFen == null ? null : Money.ofFen(distancePayFen);
  }

  /**
   * What it would be with another step for a job that nobody takes.
   *
   * @param step of the asker's pool; counts only while {@code unclaimed}
   */
  Money with(int step, boolean unclaimed) {
    return Money.ofFen(basePayFen + (unclaimed ? Math.max(stepPayFen, step) : stepPayFen));
  }
}

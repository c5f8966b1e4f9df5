package org.shanpai.dispatch.job;

import org.shanpai.contracts.Money;

/** What a job pays. */
public interface Paid {

  /** What was promised. */
  PromisedPay pay();

  /** How far the steps against nobody taking it went; null for none yet. */
  Unclaimed unclaimed();

  /** What its rider is paid whatever happens to the score. */
  default Money basePay() {
    return pay().total();
  }

  /** What it would pay a rider whose pool's step is so much. */
  default Money payFor(int payStep) {
    return pay().with(payStep, unclaimed() != null);
  }
}

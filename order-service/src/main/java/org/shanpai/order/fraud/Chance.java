package org.shanpai.order.fraud;

/**
 * How much more often something happened than chance would have it.
 *
 * <p>Weight = −10 · log₁₀ P(X ≥ k), rounded, 1–100, where X counts how often it happens in n tries
 * if it happens at the city's rate: 30 means that one customer in a thousand would come by it
 * innocently.
 */
final class Chance {

  private static final int HEAVIEST = 100;

  private Chance() {}

  /**
   * @param times how often it happened, at most {@code tries}
   * @param tries how often it could have
   * @param rate the city's, above 0 and below 1
   */
  static int weight(int times, int tries, double rate) {
    double decibans = -10 * Math.log10(atLeast(times, tries, rate));
    return (int) Math.max(1, Math.min(HEAVIEST, Math.round(decibans)));
  }

  /**
   * The city's rate, as if it had been seen in a few more tries before: a city that has seen little
   * accuses nobody of being unusual.
   *
   * @param usual the rate before anything was seen
   * @param worth how many tries that is worth
   */
  static double rate(long times, long tries, double usual, double worth) {
    double rate = (times + usual * worth) / (Math.max(times, tries) + worth);
    return Math.max(1e-6, Math.min(0.999_999, rate));
  }

  /** P(X ≥ k) of the binomial distribution. */
  static double atLeast(int times, int tries, double rate) {
    if (times <= 0) {
      return 1;
    }
    double sum = 0;
    double logChoose = logChoose(tries, times);
    for (int i = times; i <= tries; i++) {
      double term = Math.exp(logChoose + i * Math.log(rate) + (tries - i) * Math.log1p(-rate));
      sum += term;
      if (term < sum * 1e-15) {
        break;
      }
      logChoose += Math.log(tries - i) - Math.log(i + 1.0);
    }
    return Math.max(Double.MIN_NORMAL, Math.min(1, sum));
  }

  private static double logChoose(int of, int some) {
    double log = 0;
    for (int i = 1; i <= some; i++) {
      log += Math.log(of - some + i) - Math.log(i);
    }
    return log;
  }
}

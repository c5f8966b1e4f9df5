package org.shanpai.geo.learning;

/** Measured seconds of a stop: median, p80 and how many. */
public record StopLesson(double seconds, double p80Seconds, int samples) {

  static final StopLesson NOTHING = new StopLesson(0, 0, 0);

  static StopLesson of(double[] seconds) {
    return seconds.length == 0
        ? NOTHING
        : new StopLesson(Quantiles.median(seconds), Quantiles.of(seconds, 0.8), seconds.length);
  }

  /** Drawn towards what is known otherwise. */
  StopLesson towards(StopLesson prior, double weight) {
    return new StopLesson(
        Quantiles.shrink(seconds, samples, prior.seconds, weight),
        Quantiles.shrink(p80Seconds, samples, prior.p80Seconds, weight),
        samples);
  }
}

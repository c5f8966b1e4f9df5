package org.shanpai.bench.inner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link InnerLoops} with JMH. */
public final class InnerBench {

  private InnerBench() {}

  /**
   * One figure.
   *
   * @param loop name of the loop
   * @param size jobs × riders of the wave
   * @param micros mean time, µs
   * @param error half of the 99.9 % confidence interval, µs; NaN with fewer than two iterations
   */
  public record Figure(String loop, String size, double micros, double error) {}

  /**
   * Runs all loops.
   *
   * @param sizes jobs × riders, as {@code 20x60}
   * @param iterations measured ones, as many to warm up at most three
   * @param seconds each
   * @param forks JVMs one after the other; 0 = in this one
   */
  public static List<Figure> run(List<String> sizes, int iterations, double seconds, int forks) {
    TimeValue time = TimeValue.milliseconds(Math.max(1, Math.round(seconds * 1000)));
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(InnerLoops.class.getName() + ".*")
            .param("size", sizes.toArray(new String[0]))
            .warmupIterations(Math.min(3, iterations))
            .warmupTime(time)
            .measurementIterations(iterations)
            .measurementTime(time)
            .forks(forks)
            .shouldFailOnError(true);
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      List<Figure> figures = new ArrayList<>();
      for (RunResult result : results) {
        figures.add(
            new Figure(
                result.getPrimaryResult().getLabel(),
                result.getParams().getParam("size"),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError()));
      }
      return figures;
    } catch (RunnerException e) {
      throw new IllegalStateException("the inner loops could not be measured", e);
    }
  }
}

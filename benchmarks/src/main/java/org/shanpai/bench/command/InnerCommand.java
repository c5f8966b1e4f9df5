package org.shanpai.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.shanpai.bench.CannotRun;
import org.shanpai.bench.inner.InnerBench;
import org.shanpai.bench.report.ReportFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench inner}: the engine's inner loops under JMH. */
@Command(
    name = "inner",
    description = "JMH: route evaluation, insertion, candidate search, construction.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class InnerCommand implements Callable<Integer> {

  @Option(
      names = "--sizes",
      split = ",",
      defaultValue = "20x60,100x300,663x2585",
      paramLabel = "JOBSxRIDERS",
      description = "Waves.")
  private List<String> sizes;

  @Option(
      names = "--iterations",
      defaultValue = "5",
      paramLabel = "N",
      description = "Measured ones.")
  private int iterations;

  @Option(
      names = "--seconds",
      defaultValue = "1",
      paramLabel = "SECONDS",
      description = "Of an iteration.")
  private double seconds;

  @Option(
      names = "--forks",
      defaultValue = "1",
      paramLabel = "N",
      description = "JVMs, one after the other; 0 measures in this one.")
  private int forks;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the figures as JSON.")
  private Path report;

  @Override
  public Integer call() {
    for (String size : sizes) {
      if (!size.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
        throw new CannotRun("--sizes takes jobs and riders as 100x300, not %s.".formatted(size));
      }
    }
    if (iterations < 1 || iterations > 1_000 || forks < 0 || forks > 20) {
      throw new CannotRun("--iterations must be within 1 and 1000, --forks within 0 and 20.");
    }
    if (!(seconds >= 0.01 && seconds <= 600)) {
      throw new CannotRun("--seconds must be within 0.01 and 600, not %s.".formatted(seconds));
    }
    ReportFile.check(report);
    ObjectNode json = ReportFile.begin("inner");
    ArrayNode figures = json.putArray("loops");
    System.out.printf("%-14s %-10s %14s %12s%n", "loop", "wave", "µs", "± µs");
    for (InnerBench.Figure figure : InnerBench.run(sizes, iterations, seconds, forks)) {
      System.out.printf(
          "%-14s %-10s %14.3f %12.3f%n",
          figure.loop(), figure.size(), figure.micros(), figure.error());
      ObjectNode node = figures.addObject();
      node.put("loop", figure.loop());
      node.put("wave", figure.size());
      node.put("micros", ReportFile.rounded(figure.micros(), 3));
      node.put("error", ReportFile.rounded(figure.error(), 3));
    }
    json.put("iterations", iterations);
    json.put("iterationSeconds", seconds);
    json.put("forks", forks);
    ReportFile.addMachine(json);
    ReportFile.write(report, json);
    return 0;
  }
}

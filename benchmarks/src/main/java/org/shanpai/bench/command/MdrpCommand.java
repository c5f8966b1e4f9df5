package org.shanpai.bench.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.shanpai.bench.CannotRun;
import org.shanpai.bench.mdrp.Contender;
import org.shanpai.bench.mdrp.InstanceReader;
import org.shanpai.bench.mdrp.MdrpBench;
import org.shanpai.bench.mdrp.MdrpReport;
import org.shanpai.bench.mdrp.Ticks;
import org.shanpai.bench.report.ReportFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench mdrp}: the engine and two reference dispatchers over the Grubhub instances. */
@Command(
    name = "mdrp",
    description =
        "Whole days of the Grubhub instances: the engine, nearest courier, rolling matching.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class MdrpCommand implements Callable<Integer> {

  @Option(
      names = "--instances",
      required = true,
      paramLabel = "DIR",
      description = "Folder with a folder for each instance (github.com/grubhub/mdrplib).")
  private Path instances;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the solutions: DIR/INSTANCE/solution_info_*.txt.")
  private Path out;

  @Option(
      names = "--only",
      defaultValue = "*",
      paramLabel = "GLOB",
      description = "Which instances, for example '1*t100*'.")
  private String only;

  @Option(
      names = "--wave",
      defaultValue = "1",
      paramLabel = "MINUTES",
      description = "Minutes between waves.")
  private double wave;

  @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Seed of chance.")
  private long seed;

  @Option(
      names = "--threads",
      defaultValue = "2",
      paramLabel = "N",
      description = "Instances run at a time.")
  private int threads;

  @Option(
      names = "--dispatchers",
      split = ",",
      paramLabel = "NAME",
      description = "Only these of the dispatchers.")
  private List<String> dispatchers;

  @Option(
      names = "--live",
      description =
          "Also the engine with diversion and insertion into routes under way, which the base variant forbids.")
  private boolean live;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the figures as JSON.")
  private Path report;

  @Override
  public Integer call() {
    List<Contender> contenders = contenders();
    int waveTicks = waveTicks();
    if (threads < 1 || threads > 256) {
      throw new CannotRun("--threads must be within 1 and 256, not %d.".formatted(threads));
    }
    List<Path> chosen = InstanceReader.listInstances(instances, only);
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new CannotRun("%s is a file; --out takes a folder.".formatted(out));
    }
    ReportFile.check(report);
    long start = System.nanoTime();
    Map<String, Map<String, MdrpBench.Outcome>> outcomes =
        new MdrpBench(
                new MdrpBench.Plan(chosen, contenders, waveTicks, seed, threads, out),
                System::nanoTime)
            .run();
    double seconds = (System.nanoTime() - start) / 1e9;
    MdrpReport summary =
        new MdrpReport(outcomes, new MdrpReport.Run("base", wave, seed, threads, seconds));
    System.out.print(summary.text());
    ObjectNode json = summary.json();
    ReportFile.write(report, json);
    return 0;
  }

  private int waveTicks() {
    try {
      int ticks = Ticks.ofMinutes(wave);
      if (ticks > 0) {
        return ticks;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new CannotRun(
        "--wave takes minutes above 0 with at most one decimal, not %s.".formatted(wave));
  }

  private List<Contender> contenders() {
    List<Contender> all = new ArrayList<>(Contender.all());
    if (live) {
      all.addAll(Contender.live());
    }
    if (dispatchers == null) {
      return all;
    }
    List<String> names = all.stream().map(Contender::name).toList();
    for (String asked : dispatchers) {
      if (!names.contains(asked)) {
        throw new CannotRun(
            "There is no dispatcher %s; there are %s.".formatted(asked, String.join(", ", names)));
      }
    }
    return all.stream().filter(contender -> dispatchers.contains(contender.name())).toList();
  }
}

package org.shanpai.servicebench.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.shanpai.bench.CannotRun;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.servicebench.rider.RiderBench;
import org.shanpai.servicebench.rider.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench rider}: the rider's side of the platform under load. */
@Command(
    name = "rider",
    description =
        "Measures rider-service: lines held open to phones, a crowd at a campaign's places, deliveries judged into the score ledger"
            + " in a second, and how long a score takes to read.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class RiderCommand implements Callable<Integer> {

  @Option(
      names = "--parts",
      split = ",",
      paramLabel = "PART",
      description = "What is measured: streams, quota, score. Everything without this option.")
  private List<String> parts = RiderBench.PARTS;

  @Option(
      names = "--streams",
      defaultValue = "10000",
      paramLabel = "N",
      description = "Lines held open to phones.")
  private int streams;

  @Option(
      names = "--riders",
      defaultValue = "100000",
      paramLabel = "N",
      description = "Riders with an account.")
  private int riders;

  @Option(
      names = "--rows",
      defaultValue = "300",
      paramLabel = "N",
      description = "Rows of each in the ledger.")
  private int rows;

  @Option(
      names = "--events",
      defaultValue = "40000",
      paramLabel = "N",
      description = "Deliveries judged in each round.")
  private int events;

  @Option(
      names = "--read-rate",
      defaultValue = "200",
      paramLabel = "R",
      description = "Scores asked for a second.")
  private double readRate;

  @Option(
      names = "--readers",
      defaultValue = "5000",
      paramLabel = "N",
      description = "Riders who ask.")
  private int readers;

  @Option(
      names = "--round-seconds",
      defaultValue = "10",
      paramLabel = "S",
      description = "How long each round of reads is.")
  private double roundSeconds;

  @Option(
      names = "--repetitions",
      defaultValue = "5",
      paramLabel = "N",
      description = "Rounds of each part; medians are reported.")
  private int repetitions;

  @Option(
      names = "--service-jvm",
      defaultValue = "-Xms256m -Xmx768m -XX:+UseParallelGC",
      paramLabel = "OPTIONS",
      description = "JVM options of rider-service.")
  private String serviceJvm;

  @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Of all chance.")
  private long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${sys:shanpai.home:-.}/service-benchmarks/target/rider-data",
      description = "Folder for the servers' data; emptied first.")
  private Path data;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the figures as JSON.")
  private Path report;

  /** In the order in which they are told. */
  static final List<String> HEADLINES =
      List.of(
          "scoreEventsPerSecond", "scoreReadP99Ms", "quotaWinners", "openStreams", "streamRssMiB");

  @Override
  public Integer call() {
    check();
    Set<String> chosen = new LinkedHashSet<>(parts);
    ObjectNode json =
        RiderBench.run(
            Path.of(System.getProperty("shanpai.home", ".")).toAbsolutePath().normalize(),
            data,
            List.of(serviceJvm.strip().split("\\s+")),
            chosen,
            new Size(
                riders,
                rows,
                events,
                readRate,
                readers,
                Duration.ofMillis(Math.round(roundSeconds * 1000)),
                repetitions,
                seed),
            streams);
    Headlines.print(HEADLINES, json, System.out);
    ReportFile.write(report, json);
    return 0;
  }

  private void check() {
    for (String part : parts) {
      if (!RiderBench.PARTS.contains(part)) {
        throw new CannotRun(
            "--parts must be of %s, not %s.".formatted(String.join(", ", RiderBench.PARTS), part));
      }
    }
    Ranges.require("--streams", streams, 1, 15_000);
    Ranges.require("--riders", riders, 1, 1_000_000);
    Ranges.require("--rows", rows, 1, 400);
    Ranges.require("--events", events, 100, 10_000_000);
    Ranges.require("--read-rate", readRate, 1, 100_000);
    Ranges.require("--readers", readers, 1, 100_000);
    Ranges.require("--round-seconds", roundSeconds, 0.5, 600);
    Ranges.require("--repetitions", repetitions, 1, 100);
    ReportFile.check(report);
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new CannotRun("%s cannot be made; choose another with --data.".formatted(data), e);
    }
  }
}

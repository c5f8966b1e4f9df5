package org.shanpai.servicebench.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.shanpai.bench.CannotRun;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.servicebench.intake.IntakeBench;
import org.shanpai.servicebench.intake.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench intake}: orders taken and webhooks sent in a second, beside PostgreSQL itself. */
@Command(
    name = "intake",
    description =
        "Measures order-service: orders taken in under an open load, beside PostgreSQL's own rate for the same rows in the same run, and webhooks sent.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class IntakeCommand implements Callable<Integer> {

  @Option(
      names = "--merchants",
      defaultValue = "60",
      paramLabel = "N",
      description = "Who hand orders in; each may send 200 requests a second.")
  private int merchants;

  @Option(
      names = "--connections",
      defaultValue = "128",
      paramLabel = "N",
      description = "Of the client, the most requests under way.")
  private int connections;

  @Option(
      names = "--warm-up-seconds",
      defaultValue = "150",
      paramLabel = "S",
      description = "Before anything counts.")
  private double warmUpSeconds;

  @Option(
      names = "--step-seconds",
      defaultValue = "10",
      paramLabel = "S",
      description = "How long each rate is tried in the search.")
  private double stepSeconds;

  @Option(
      names = "--round-seconds",
      defaultValue = "15",
      paramLabel = "S",
      description = "How long each round holds the rate found.")
  private double roundSeconds;

  @Option(
      names = "--repetitions",
      defaultValue = "5",
      paramLabel = "N",
      description = "Rounds of each part; medians are reported.")
  private int repetitions;

  @Option(
      names = "--first-rate",
      defaultValue = "300",
      paramLabel = "R",
      description = "Orders a second at which the search begins.")
  private double firstRate;

  @Option(
      names = "--most-rate",
      defaultValue = "5000",
      paramLabel = "R",
      description = "No rate beyond this is tried.")
  private double mostRate;

  @Option(
      names = "--notices",
      defaultValue = "10000",
      paramLabel = "N",
      description = "Webhooks sent in each round as fast as they go.")
  private int notices;

  @Option(
      names = "--lag-rate",
      defaultValue = "400",
      paramLabel = "R",
      description = "Webhooks a second at which lags with and without a dead receiver are told.")
  private double lagRate;

  @Option(
      names = "--lag-seconds",
      defaultValue = "10",
      paramLabel = "S",
      description = "How long each time.")
  private double lagSeconds;

  @Option(
      names = "--service-jvm",
      defaultValue = "-Xms256m -Xmx768m -XX:+UseParallelGC",
      paramLabel = "OPTIONS",
      description = "JVM options of order-service and geo-service.")
  private String serviceJvm;

  @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Of all chance.")
  private long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${sys:shanpai.home:-.}/service-benchmarks/target/intake-data",
      description = "Folder for the servers' data; emptied first.")
  private Path data;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the figures as JSON.")
  private Path report;

  /** In the order in which they are told. */
  static final List<String> HEADLINES =
      List.of(
          "createsPerSecond",
          "createP99Ms",
          "postgresRowsPerSecond",
          "ratio",
          "errors",
          "webhooksPerSecond");

  @Override
  public Integer call() {
    check();
    ObjectNode json =
        IntakeBench.run(
            Path.of(System.getProperty("shanpai.home", ".")).toAbsolutePath().normalize(),
            data,
            List.of(serviceJvm.strip().split("\\s+")),
            new Size(
                merchants,
                connections,
                time(warmUpSeconds),
                time(stepSeconds),
                time(roundSeconds),
                repetitions,
                firstRate,
                mostRate,
                notices,
                lagRate,
                time(lagSeconds),
                seed));
    Headlines.print(HEADLINES, json, System.out);
    ReportFile.write(report, json);
    return 0;
  }

  private void check() {
    Ranges.require("--merchants", merchants, 2, 1_000);
    Ranges.require("--connections", connections, 1, 2_000);
    Ranges.require("--warm-up-seconds", warmUpSeconds, 0.5, 600);
    Ranges.require("--step-seconds", stepSeconds, 0.5, 600);
    Ranges.require("--round-seconds", roundSeconds, 0.5, 600);
    Ranges.require("--repetitions", repetitions, 1, 100);
    Ranges.require("--first-rate", firstRate, 1, 100_000);
    Ranges.require("--most-rate", mostRate, firstRate, 100_000);
    Ranges.require("--notices", notices, 100, 1_000_000);
    Ranges.require("--lag-rate", lagRate, 1, 100_000);
    Ranges.require("--lag-seconds", lagSeconds, 0.5, 600);
    ReportFile.check(report);
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new CannotRun("%s cannot be made; choose another with --data.".formatted(data), e);
    }
  }

  private static Duration time(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}

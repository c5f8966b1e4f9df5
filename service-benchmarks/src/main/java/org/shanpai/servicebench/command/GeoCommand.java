package org.shanpai.servicebench.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.shanpai.bench.CannotRun;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.servicebench.geo.GeoBench;
import org.shanpai.servicebench.geo.Part;
import org.shanpai.servicebench.geo.area.AreaBench;
import org.shanpai.servicebench.geo.matrix.MatrixBench;
import org.shanpai.servicebench.geo.nearest.MemoryBench;
import org.shanpai.servicebench.geo.nearest.NearestBench;
import org.shanpai.servicebench.geo.ping.PingBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench geo}: what geo-service does in a second, beside Redis, JTS and single routes. */
@Command(
    name = "geo",
    description =
        "Measures geo-service: pings taken in, nearest riders, area of a place, travel matrices and memory, each beside a rival in the same run.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class GeoCommand implements Callable<Integer> {

  /** In the order in which they are told. */
  static final List<String> HEADLINES =
      List.of(
          "pingsPerSecond",
          "redisGeoaddPerSecond",
          "nearestP99Ms",
          "nearestPerSecond",
          "redisGeosearchPerSecond",
          "areaLookupsPerSecond",
          "matrixSpeedup",
          "bytesPerRider");

  /** Side of the city in which riders move: 100,000 of them are 111 on a square kilometre. */
  private static final double CITY_METRES = 30_000;

  /** Side of the region that areas fill: 5,000 of them are 700 m across. */
  private static final double REGION_METRES = 50_000;

  /** Across the circle in which the doors of one matrix are: a wave is decided area by area. */
  private static final double AREA_METRES = 6_000;

  /** Single routes that are timed in a round. */
  private static final int ROUTES = 2_000;

  private static final int CHECKED_CELLS = 500;

  @Option(
      names = "--parts",
      split = ",",
      defaultValue = "memory,nearest,areas,matrix,pings",
      paramLabel = "NAME",
      description = "What is measured.")
  private List<String> parts;

  @Option(
      names = "--repetitions",
      defaultValue = "5",
      paramLabel = "N",
      description = "Rounds of each part; medians are reported.")
  private int repetitions;

  @Option(
      names = "--ping-riders",
      defaultValue = "30000",
      paramLabel = "N",
      description = "Riders who send pings.")
  private int pingRiders;

  @Option(
      names = "--ping-seconds",
      defaultValue = "8",
      paramLabel = "S",
      description = "How long pings are sent in a round.")
  private double pingSeconds;

  @Option(
      names = "--connections",
      defaultValue = "64",
      paramLabel = "N",
      description = "Of the client that sends pings.")
  private int connections;

  @Option(
      names = "--coordinate-system",
      defaultValue = "GCJ-02",
      paramLabel = "NAME",
      description = "In which phones tell places: WGS-84, GCJ-02 or BD-09.")
  private String coordinateSystem;

  @Option(
      names = "--service-jvm",
      defaultValue = "-Xms256m -Xmx1g -XX:+UseParallelGC",
      paramLabel = "OPTIONS",
      description = "JVM options of geo-service.")
  private String serviceJvm;

  @Option(
      names = "--moving-riders",
      defaultValue = "100000",
      paramLabel = "N",
      description = "Riders among whom the nearest are looked for, and in the index's memory.")
  private int movingRiders;

  @Option(
      names = "--polygons",
      defaultValue = "5000",
      paramLabel = "N",
      description = "Areas among which a place's is looked for.")
  private int polygons;

  @Option(
      names = "--matrix",
      defaultValue = "200",
      paramLabel = "N",
      description = "Origins, and as many destinations, of the travel matrix.")
  private int matrixSize;

  @Option(
      names = "--crossings",
      defaultValue = "100000",
      paramLabel = "N",
      description = "Crossings of the city in which it is.")
  private int crossings;

  @Option(
      names = "--seconds",
      defaultValue = "3",
      paramLabel = "S",
      description = "How long the nearest and areas are asked for in a round, of each contender.")
  private double seconds;

  @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Of all chance.")
  private long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${sys:shanpai.home:-.}/service-benchmarks/target/geo-data",
      description = "Folder for the servers' data; emptied first.")
  private Path data;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the figures as JSON.")
  private Path report;

  @Override
  public Integer call() {
    List<Part> wanted = check();
    ObjectNode json = GeoBench.run(wanted, seed);
    Headlines.print(HEADLINES, json, System.out);
    ReportFile.write(report, json);
    return 0;
  }

  private List<Part> check() {
    Ranges.require("--repetitions", repetitions, 1, 100);
    Ranges.require("--ping-riders", pingRiders, 100, 50_000);
    Ranges.require("--ping-seconds", pingSeconds, 0.1, 60);
    Ranges.require("--connections", connections, 1, 100);
    Ranges.require("--moving-riders", movingRiders, 100, 1_000_000);
    Ranges.require("--polygons", polygons, 1, 100_000);
    Ranges.require("--matrix", matrixSize, 2, 2_000);
    Ranges.require("--crossings", crossings, 1_000, 1_000_000);
    Ranges.require("--seconds", seconds, 0.1, 60);
    CoordinateSystem system;
    try {
      system = CoordinateSystem.parse(coordinateSystem);
    } catch (IllegalArgumentException e) {
      throw new CannotRun("--" + e.getMessage() + ".", e);
    }
    ReportFile.check(report);
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new CannotRun("%s cannot be made; choose another with --data.".formatted(data), e);
    }
    List<Part> wanted = new ArrayList<>();
    for (String part : parts) {
      wanted.add(part(part.strip().toLowerCase(Locale.ROOT), system));
    }
    return wanted;
  }

  private Part part(String name, CoordinateSystem system) {
    Duration round = Duration.ofMillis(Math.round(seconds * 1000));
    return switch (name) {
      case "memory" -> new MemoryBench(movingRiders, CITY_METRES, repetitions, seed);
      case "nearest" ->
          new NearestBench(
              new NearestBench.Setup(
                  data.resolve("nearest"), movingRiders, CITY_METRES, round, repetitions, seed));
      case "areas" ->
          new AreaBench(new AreaBench.Setup(polygons, REGION_METRES, round, repetitions, seed));
      case "matrix" ->
          new MatrixBench(
              new MatrixBench.Setup(
                  data.resolve("matrix"),
                  crossings,
                  matrixSize,
                  AREA_METRES,
                  Math.min(ROUTES, matrixSize * matrixSize),
                  CHECKED_CELLS,
                  repetitions,
                  seed));
      case "pings" ->
          new PingBench(
              new PingBench.Setup(
                  Path.of(System.getProperty("shanpai.home", ".")).toAbsolutePath().normalize(),
                  data.resolve("pings"),
                  pingRiders,
                  connections,
                  system,
                  Duration.ofMillis(Math.round(pingSeconds * 1000)),
                  repetitions,
                  List.of(serviceJvm.strip().split("\\s+")),
                  seed));
      default ->
          throw new CannotRun(
              "There is no part %s; there are memory, nearest, areas, matrix and pings."
                  .formatted(name));
    };
  }
}

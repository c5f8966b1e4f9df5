package org.shanpai.servicebench.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;

/** The headline figures for people. */
final class GeoSummary {

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

  private GeoSummary() {}

  /** Prints those that were measured. */
  static void print(ObjectNode report, PrintStream out) {
    for (String name : HEADLINES) {
      if (report.has(name)) {
        out.printf("%-24s %,14.4f%n", name, report.get(name).asDouble());
      }
    }
  }
}

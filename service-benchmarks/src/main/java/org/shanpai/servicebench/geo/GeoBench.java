package org.shanpai.servicebench.geo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.shanpai.bench.report.Progress;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.servicebench.measure.MachineFacts;

/** All parts one after the other, into one report. */
public final class GeoBench {

  private GeoBench() {}

  /**
   * Measures.
   *
   * @return the report: headline figures, then an object of each part, then the machine
   */
  public static ObjectNode run(List<Part> parts, long seed) {
    double load = MachineFacts.load();
    ObjectNode report = ReportFile.begin("geo");
    report.put("seed", seed);
    int seconds = parts.stream().mapToInt(Part::seconds).sum();
    try (Progress progress = Progress.show("Geo", seconds)) {
      for (Part part : parts) {
        part.measure(report, progress);
      }
    }
    units(report);
    MachineFacts.addTo(report, load);
    return report;
  }

  private static void units(ObjectNode report) {
    ObjectNode units = report.putObject("units");
    units.put("pingsPerSecond", "pings accepted and queryable a second, median of rounds");
    units.put("redisGeoaddPerSecond", "commands a second, median of rounds");
    units.put("nearestP99Ms", "milliseconds, median of rounds");
    units.put("nearestPerSecond", "searches a second of one thread, median of rounds");
    units.put("redisGeosearchPerSecond", "searches a second at 3 km, median of rounds");
    units.put("areaLookupsPerSecond", "places a second of one thread, median of rounds");
    units.put(
        "matrixSpeedup", "time of one-by-one routes over time of the matrix, median of rounds");
    units.put("bytesPerRider", "bytes of heap, median of rounds");
    units.put("spread", "greatest less least, in shares of the median");
  }
}

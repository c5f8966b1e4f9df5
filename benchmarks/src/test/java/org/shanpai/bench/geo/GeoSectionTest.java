package org.shanpai.bench.geo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.bench.report.RawResult;

/** Every row says whether it was reached, from the figures alone. */
class GeoSectionTest {

  private static String markdown(String json) throws JsonProcessingException {
    return new GeoSection()
        .markdown(
            List.of(new RawResult("g.json", new ObjectMapper().readTree(json))), new HashMap<>());
  }

  private static String report(
      int pings, double share, double p99, double nearest, int lookups, double speedup, int bytes) {
    return """
        {"bench": "geo", "pingsPerSecond": %d, "redisGeoaddPerSecond": 200000,
         "pings": {"riders": 30000, "ofRival": {"median": %s}, "perSecond": {"spread": 0.071}},
         "nearestP99Ms": %s, "nearestPerSecond": 90000, "redisGeosearchPerSecond": 2100,
         "nearest": {"riders": 100000, "ofRival": {"median": %s}},
         "areaLookupsPerSecond": %d,
         "areas": {"polygons": 5000, "rivalPerSecond": {"median": 9000}, "ofRival": {"median": 300}},
         "matrixSpeedup": %s,
         "matrix": {"origins": 200, "destinations": 200, "crossings": 99000,
                    "matrixMs": {"median": 41.2}, "oneByOneMs": {"median": 5200}},
         "bytesPerRider": %d, "memory": {"riders": 100000},
         "machine": {"cores": 2, "processor": "Some CPU", "loadAverageBefore": 0.1}}
        """
        .formatted(pings, share, p99, nearest, lookups, speedup, bytes);
  }

  private static String row(String markdown, String what) {
    return markdown.lines().filter(line -> line.startsWith("| " + what)).findFirst().orElseThrow();
  }

  @Test
  void whatIsReachedIsToldSo() throws JsonProcessingException {
    String told = markdown(report(25_000, 0.25, 1, 20, 2_000_000, 20, 200));
    assertThat(row(told, "pings"))
        .contains("| 25,000 /s | 7 % | Redis GEOADD 200,000 /s | 0.250 ×")
        .endsWith("| yes; aim yes |");
    assertThat(row(told, "20 nearest of 100,000 moving riders, p99")).endsWith("| yes |");
    assertThat(row(told, "20 nearest of 100,000 moving riders, rate"))
        .contains("Redis GEOSEARCH 3 km 2,100 /s | 20.0 ×")
        .endsWith("| yes |");
    assertThat(row(told, "area")).contains("linear JTS 9,000 /s").endsWith("| yes |");
    assertThat(row(told, "matrix"))
        .contains("| 41.2 ms |", "one by one 5,200 ms | 20.0 ×")
        .endsWith("| yes |");
    assertThat(row(told, "memory")).contains("200.0 bytes").endsWith("| yes |");
    assertThat(told).contains("2 cores (Some CPU)", "[g.json](benchmarks/results/g.json)");
  }

  @Test
  void whatIsMissedIsToldSo() throws JsonProcessingException {
    String told = markdown(report(24_999, 0.249, 1.001, 19.9, 1_999_999, 19.9, 201));
    assertThat(row(told, "pings")).endsWith("| no; aim no |");
    assertThat(told.lines().filter(line -> line.endsWith("| no |"))).hasSize(5);
    assertThat(told).doesNotContain("yes");
  }

  @Test
  void partsThatWereNotMeasuredHaveNoRow() throws JsonProcessingException {
    String told = markdown("{\"bench\": \"geo\", \"bytesPerRider\": 99, \"memory\": {}}");
    assertThat(told.lines().filter(line -> line.startsWith("| "))).hasSize(3);
  }
}

package org.shanpai.bench.geo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.shanpai.bench.report.MarkdownTable;
import org.shanpai.bench.report.RawResult;
import org.shanpai.bench.report.Section;

/** The chapter about the geo service. */
public final class GeoSection implements Section {

  private static final double LEAST_PINGS = 25_000;
  private static final double AIM_OF_GEOADD = 0.25;
  private static final double MOST_NEAREST_MS = 1;
  private static final double LEAST_OF_GEOSEARCH = 20;
  private static final double LEAST_LOOKUPS = 2_000_000;
  private static final double LEAST_SPEEDUP = 20;
  private static final double MOST_BYTES = 200;

  private static final String ABOUT =
      """
      Where riders are, in which area a place is and how long ways take, each beside a rival that does the same work in the same run; rounds alternate, figures are medians of rounds.
      *Pings* are posted over HTTP by a client on the same machine, ten readings of one rider a request, each rider with a token of its own; one counts once its rider can be read with its time or a newer one. *Nearest* and *area* are asked in memory from one thread, the nearest while all riders move; Redis holds the same riders under one key and gets the same moves. *Matrix* is beside GraphHopper's own search over the same contraction hierarchy, pair by pair.

      ```
      ./shanpai bench geo --report FILE
      ```

      """;

  @Override
  public String bench() {
    return "geo";
  }

  @Override
  public String title() {
    return "The geo service";
  }

  @Override
  public String markdown(List<RawResult> results, Map<String, String> plots) {
    StringBuilder text = new StringBuilder(ABOUT);
    for (RawResult result : results) {
      text.append(one(result));
    }
    return text.toString();
  }

  private static String one(RawResult result) {
    JsonNode json = result.json();
    StringBuilder text = new StringBuilder();
    text.append(
        "%d cores (%s), load average %s before and %s after. Raw: [%s](benchmarks/results/%s).\n\n"
            .formatted(
                json.path("machine").path("cores").asInt(),
                json.path("machine").path("processor").asText("unknown"),
                json.path("machine").path("loadAverageBefore").asText("?"),
                json.path("machine").path("loadAverageAfter").asText("?"),
                result.file(),
                result.file()));
    MarkdownTable table =
        new MarkdownTable("what", "ours", "spread", "rival", "of rival", "to reach", "reached");
    if (json.has("pings")) {
      pings(json, table);
    }
    if (json.has("nearest")) {
      nearest(json, table);
    }
    if (json.has("areas")) {
      areas(json, table);
    }
    if (json.has("matrix")) {
      matrix(json, table);
    }
    if (json.has("memory")) {
      double bytes = json.path("bytesPerRider").asDouble();
      table.row(
          "memory of a rider in the index, %,d riders"
              .formatted(json.path("memory").path("riders").asInt()),
          decimals(bytes, 1) + " bytes",
          percent(json.path("memory").path("bytesPerRider")),
          "–",
          "–",
          "≤ 200 bytes",
          yes(bytes <= MOST_BYTES));
    }
    text.append(table.text()).append('\n');
    if (json.has("pings")) {
      text.append(aboutPings(json.path("pings")));
    }
    if (json.has("nearest")) {
      JsonNode nearest = json.path("nearest");
      text.append(
          "At 1 km Redis answers %s searches a second.\n"
              .formatted(whole(median(nearest, "rivalAtOneKmPerSecond"))));
    }
    return text.append('\n').toString();
  }

  private static void pings(JsonNode json, MarkdownTable table) {
    JsonNode pings = json.path("pings");
    double rate = json.path("pingsPerSecond").asDouble();
    double share = median(pings, "ofRival");
    table.row(
        "pings accepted, checked, queryable",
        whole(rate) + " /s",
        percent(pings.path("perSecond")),
        "Redis GEOADD %s /s".formatted(whole(json.path("redisGeoaddPerSecond").asDouble())),
        decimals(share, 3) + " ×",
        "≥ 25,000 /s; aim 0.25 ×",
        yes(rate >= LEAST_PINGS) + "; aim " + yes(share >= AIM_OF_GEOADD));
  }

  private static void nearest(JsonNode json, MarkdownTable table) {
    JsonNode nearest = json.path("nearest");
    double p99 = json.path("nearestP99Ms").asDouble();
    table.row(
        "20 nearest of %,d moving riders, p99".formatted(nearest.path("riders").asInt()),
        decimals(p99, 3) + " ms",
        percent(nearest.path("p99Ms")),
        "–",
        "–",
        "≤ 1 ms",
        yes(p99 <= MOST_NEAREST_MS));
    double ratio = median(nearest, "ofRival");
    table.row(
        "20 nearest of %,d moving riders, rate".formatted(nearest.path("riders").asInt()),
        whole(json.path("nearestPerSecond").asDouble()) + " /s",
        percent(nearest.path("perSecond")),
        "Redis GEOSEARCH 3 km %s /s"
            .formatted(whole(json.path("redisGeosearchPerSecond").asDouble())),
        decimals(ratio, 1) + " ×",
        "≥ 20 ×",
        yes(ratio >= LEAST_OF_GEOSEARCH));
  }

  private static void areas(JsonNode json, MarkdownTable table) {
    JsonNode areas = json.path("areas");
    double rate = json.path("areaLookupsPerSecond").asDouble();
    table.row(
        "area of a place, %,d polygons, one core".formatted(areas.path("polygons").asInt()),
        whole(rate) + " /s",
        percent(areas.path("perSecond")),
        "linear JTS %s /s".formatted(whole(median(areas, "rivalPerSecond"))),
        decimals(median(areas, "ofRival"), 0) + " ×",
        "≥ 2,000,000 /s",
        yes(rate >= LEAST_LOOKUPS));
  }

  private static void matrix(JsonNode json, MarkdownTable table) {
    JsonNode matrix = json.path("matrix");
    double speedup = json.path("matrixSpeedup").asDouble();
    table.row(
        "matrix %d × %d, %,d crossings"
            .formatted(
                matrix.path("origins").asInt(),
                matrix.path("destinations").asInt(),
                matrix.path("crossings").asInt()),
        decimals(median(matrix, "matrixMs"), 1) + " ms",
        percent(matrix.path("matrixMs")),
        "one by one %s ms".formatted(whole(median(matrix, "oneByOneMs"))),
        decimals(speedup, 1) + " ×",
        "≥ 20 ×",
        yes(speedup >= LEAST_SPEEDUP));
  }

  private static String aboutPings(JsonNode pings) {
    return "Pings: %,d riders in %s on %d connections, %s; the service with `%s`; request p50 %s ms, p99 %s ms; from the answer to queryable p50 %s ms, p99 %s ms; %d HTTP errors, %d pings refused; cores used by the service %s, the client %s, Redis %s. GEOADD by %s.\n\n"
        .formatted(
            pings.path("riders").asInt(),
            pings.path("coordinateSystem").asText(),
            pings.path("connections").asInt(),
            pings.path("loop").asText(),
            pings.path("serviceJvm").asText(),
            decimals(median(pings, "requestP50Ms"), 1),
            decimals(median(pings, "requestP99Ms"), 1),
            decimals(pings.path("answerToQueryableP50Ms").asDouble(), 1),
            decimals(pings.path("answerToQueryableP99Ms").asDouble(), 1),
            pings.path("httpErrors").asLong(),
            pings.path("refusedPings").asLong(),
            decimals(median(pings, "serviceCores"), 2),
            decimals(median(pings, "clientCores"), 2),
            decimals(median(pings, "redisCores"), 2),
            pings.path("rival").asText().replaceFirst("^Redis GEOADD, one key, ", ""));
  }

  private static double median(JsonNode part, String figure) {
    return part.path(figure).path("median").asDouble(Double.NaN);
  }

  private static String percent(JsonNode figure) {
    return decimals(figure.path("spread").asDouble(Double.NaN) * 100, 0) + " %";
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String decimals(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  private static String yes(boolean reached) {
    return reached ? "yes" : "no";
  }
}

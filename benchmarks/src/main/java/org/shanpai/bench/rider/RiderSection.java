package org.shanpai.bench.rider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.shanpai.bench.report.MarkdownTable;
import org.shanpai.bench.report.RawResult;
import org.shanpai.bench.report.Section;

/** The chapter about the riders' side. */
public final class RiderSection implements Section {

  private static final double LEAST_EVENTS = 2_000;
  private static final double MOST_READ_MILLIS = 10;
  private static final int STREAMS = 10_000;
  private static final double MOST_STREAM_MIB = 1_024;

  private static final String ABOUT =
      """
      rider-service, Kafka and PostgreSQL (`fsync`, `synchronous_commit` and `full_page_writes` on) are processes of their own on the same cores as the client.
      *Score events* are deliveries whose facts are stored and wait; each is judged and becomes a row of the ledger under its unique key, a new account and window, an event that goes to Kafka meanwhile, and a message to the rider. One in fifty is late, one in ten is told twice. After each round every event must have exactly one row. The rival is PostgreSQL alone, writing the same rows once more in as large transactions, in rounds that alternate with ours; it judges nothing, packs nothing and publishes nothing.
      *Score reads* are asked for over HTTP by riders spread over all of them, each with a token of their own, as an open model: each begins when it is due, whether or not those before were answered, and is timed from then. *Streams* are opened by one client, held through heartbeats and told a word to everybody several times; a line counts when it heard each once and in turn. *Sign-up*: 500 riders at once for 50 places, each on a connection of their own. Figures are medians of rounds.

      ```
      ./shanpai bench rider --report FILE
      ```

      """;

  @Override
  public String bench() {
    return "rider";
  }

  @Override
  public String title() {
    return "The riders' side";
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
    JsonNode machine = json.path("machine");
    MarkdownTable table =
        new MarkdownTable("what", "ours", "spread", "rival", "of rival", "to reach", "reached");
    if (json.has("scoreEventsPerSecond")) {
      events(json, table);
    }
    if (json.has("scoreReadP99Ms")) {
      double p99 = json.path("scoreReadP99Ms").asDouble();
      table.row(
          "score read, p99 from when it was due",
          decimals(p99, 1) + " ms",
          percent(json.at("/scoreReads/p99Ms")),
          "–",
          "–",
          "≤ 10 ms",
          yes(p99 <= MOST_READ_MILLIS));
    }
    if (json.has("quotaWinners")) {
      int winners = json.path("quotaWinners").asInt();
      JsonNode rush = json.path("quotaRush");
      int places = rush.path("places").asInt();
      table.row(
          "places taken of %d, %d riders at once".formatted(places, rush.path("riders").asInt()),
          "%d in each of %d rounds".formatted(winners, rush.path("rounds").asInt()),
          "–",
          "–",
          "–",
          "exactly " + places,
          yes(winners == places));
    }
    if (json.has("openStreams")) {
      int open = json.path("openStreams").asInt();
      double memory = json.path("streamRssMiB").asDouble();
      table.row(
          "open streams that heard everything",
          whole(open),
          "–",
          "–",
          "–",
          "≥ 10,000",
          yes(open >= STREAMS));
      table.row(
          "resident memory of rider-service with them",
          whole(memory) + " MiB",
          "–",
          "–",
          "–",
          "≤ 1,024 MiB",
          yes(memory <= MOST_STREAM_MIB && open >= STREAMS));
    }
    return "%d cores (%s), load average %s before and %s after; %s riders with %s rows each. Raw: [%s](benchmarks/results/%s).\n\n%s\n%s\n"
        .formatted(
            machine.path("cores").asInt(),
            machine.path("processor").asText("unknown"),
            machine.path("loadAverageBefore").asText("?"),
            machine.path("loadAverageAfter").asText("?"),
            whole(json.path("riders").asDouble()),
            whole(json.path("rowsOfARider").asDouble()),
            result.file(),
            result.file(),
            table.text(),
            about(json));
  }

  private static void events(JsonNode json, MarkdownTable table) {
    JsonNode own = json.path("scoreEvents");
    double rate = json.path("scoreEventsPerSecond").asDouble();
    table.row(
        "score events into the ledger",
        whole(rate) + " /s",
        percent(own.path("perSecond")),
        "PostgreSQL alone %s /s".formatted(whole(median(own, "rivalPerSecond"))),
        decimals(median(own, "ofRival"), 2) + " ×",
        "≥ 2,000 /s",
        yes(rate >= LEAST_EVENTS));
  }

  private static String about(JsonNode json) {
    JsonNode events = json.path("scoreEvents");
    JsonNode reads = json.path("scoreReads");
    JsonNode streams = json.path("streams");
    StringBuilder text = new StringBuilder();
    if (json.has("scoreEventsPerSecond")) {
      text.append(
          "Events: %s a round; the service with `%s`; cores used by rider-service %s, PostgreSQL %s; %s ms and %s ms of processor an event; %s rows in the ledger at the end. "
              .formatted(
                  whole(events.path("events").asDouble()),
                  json.path("serviceJvm").asText(),
                  decimals(median(events, "serviceCores"), 2),
                  decimals(median(events, "postgresCores"), 2),
                  decimals(median(events, "serviceCpuMsAnEvent"), 2),
                  decimals(median(events, "postgresCpuMsAnEvent"), 2),
                  whole(events.path("rowsInTheLedger").asDouble())));
    }
    if (json.has("scoreReadP99Ms")) {
      text.append(
          "Reads: %s offered a second by %s riders; p50 %s ms. "
              .formatted(
                  whole(reads.path("perSecond").asDouble()),
                  whole(reads.path("readers").asDouble()),
                  decimals(median(reads, "p50Ms"), 1)));
    }
    if (json.has("quotaWinners")) {
      text.append(
          "Sign-up: %s ms until the last of them has an answer. "
              .formatted(
                  whole(json.at("/quotaRush/medianMillisToTheLastAnswer").asDouble(Double.NaN))));
    }
    if (json.has("openStreams")) {
      text.append(
          "Streams: %s KiB each above an idle service of %s MiB; %d broken; a word to everybody is heard after %s ms at p50, %s ms at p99. "
              .formatted(
                  decimals(streams.path("kibPerStream").asDouble(Double.NaN), 1),
                  whole(streams.path("idleRssMiB").asDouble(Double.NaN)),
                  streams.path("broken").asInt(),
                  whole(streams.path("tellP50Ms").asDouble(Double.NaN)),
                  whole(streams.path("tellP99Ms").asDouble(Double.NaN))));
    }
    return text.toString().strip() + "\n";
  }

  private static double median(JsonNode node, String name) {
    return node.path(name).path("median").asDouble(Double.NaN);
  }

  private static String percent(JsonNode repetitions) {
    return repetitions.has("spread")
        ? Math.round(repetitions.path("spread").asDouble() * 100) + " %"
        : "–";
  }

  private static String whole(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%,d", Math.round(value)) : "–";
  }

  private static String decimals(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + digits + "f", value) : "–";
  }

  private static String yes(boolean reached) {
    return reached ? "yes" : "no";
  }
}

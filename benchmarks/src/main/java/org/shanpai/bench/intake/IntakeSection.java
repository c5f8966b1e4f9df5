package org.shanpai.bench.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.shanpai.bench.report.MarkdownTable;
import org.shanpai.bench.report.RawResult;
import org.shanpai.bench.report.Section;

/** The chapter about the merchant intake. */
public final class IntakeSection implements Section {

  private static final double LEAST_CREATES = 500;
  private static final double MOST_P99_MILLIS = 100;
  private static final double AIM_OF_POSTGRES = 0.5;
  private static final double LEAST_WEBHOOKS = 1_000;

  private static final String ABOUT =
      """
      Orders are handed in over HTTP by a client on the same machine as an open model: each begins when it is due, whether or not those before were answered, and is timed from then, so that a stall is charged to everyone behind it. The greatest rate with a p99 of at most 100 ms is looked for, then held in rounds that alternate with the rival's; figures are medians of rounds. order-service, geo-service, Kafka and PostgreSQL (`fsync`, `synchronous_commit` and `full_page_writes` on) are processes of their own on the same cores.
      The rival is PostgreSQL alone, writing the rows that the service itself was seen to write for one order, with the same indexes, foreign keys and durability: one prepared statement, one round trip and one commit an order over JDBC. It checks nothing, prices nothing, publishes nothing and answers nobody. *Webhooks* are queued and sent to a receiver that checks every signature; lags are told once alone and once while one in twenty goes to a merchant whose receiver accepts and never answers.

      ```
      ./shanpai bench intake --report FILE
      ```

      """;

  @Override
  public String bench() {
    return "intake";
  }

  @Override
  public String title() {
    return "The merchant intake";
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
    JsonNode creates = json.path("creates");
    JsonNode webhooks = json.path("webhooks");
    double rate = json.path("createsPerSecond").asDouble();
    double p99 = json.path("createP99Ms").asDouble();
    double ratio = json.path("ratio").asDouble();
    long errors = json.path("errors").asLong();
    double sent = json.path("webhooksPerSecond").asDouble();
    MarkdownTable table =
        new MarkdownTable("what", "ours", "spread", "rival", "of rival", "to reach", "reached");
    table.row(
        "orders taken in",
        whole(rate) + " /s",
        percent(creates.path("perSecond")),
        "PostgreSQL alone %s /s".formatted(whole(json.path("postgresRowsPerSecond").asDouble())),
        decimals(ratio, 2) + " ×",
        "≥ 500 /s; aim 0.5 ×",
        yes(rate >= LEAST_CREATES) + "; aim " + yes(ratio >= AIM_OF_POSTGRES));
    table.row(
        "their p99, from when they were due",
        decimals(p99, 1) + " ms",
        percent(creates.path("p99Ms")),
        "–",
        "–",
        "≤ 100 ms, no errors",
        yes(p99 <= MOST_P99_MILLIS && errors == 0));
    table.row(
        "webhooks sent, %,d merchants".formatted(webhooks.path("merchants").asInt()),
        whole(sent) + " /s",
        percent(webhooks.path("perSecond")),
        "–",
        "–",
        "≥ 1,000 /s",
        yes(sent >= LEAST_WEBHOOKS));
    return "%d cores (%s), load average %s before and %s after. Raw: [%s](benchmarks/results/%s).\n\n%s\n%s\n"
        .formatted(
            machine.path("cores").asInt(),
            machine.path("processor").asText("unknown"),
            machine.path("loadAverageBefore").asText("?"),
            machine.path("loadAverageAfter").asText("?"),
            result.file(),
            result.file(),
            table.text(),
            about(creates, webhooks, json));
  }

  private static String about(JsonNode creates, JsonNode webhooks, JsonNode json) {
    return "Orders: %s asked for a second of %d merchants; p50 %s ms, p99.9 %s ms; %d errors; %d rows an order; services with `%s`; cores used by order-service %s, PostgreSQL %s, Kafka %s, geo-service %s; order-service %s ms of processor an order. Webhooks at %s a second: lag p50 %s ms, p99 %s ms; beside a dead receiver p50 %s ms, p99 %s ms.\n"
        .formatted(
            whole(creates.path("asked").asDouble()),
            creates.path("merchants").asInt(),
            decimals(median(creates, "p50Ms"), 1),
            decimals(median(creates, "p999Ms"), 1),
            json.path("errors").asLong(),
            creates.path("rowsOfAnOrder").asInt(),
            json.path("serviceJvm").asText(),
            decimals(median(creates, "serviceCores"), 2),
            decimals(median(creates, "postgresCores"), 2),
            decimals(median(creates, "kafkaCores"), 2),
            decimals(median(creates, "geoCores"), 2),
            decimals(median(creates, "serviceCpuMsAnOrder"), 2),
            whole(webhooks.path("lagAtPerSecond").asDouble()),
            whole(median(webhooks, "lagP50Ms")),
            whole(median(webhooks, "lagP99Ms")),
            whole(median(webhooks, "lagBesideDeadP50Ms")),
            whole(median(webhooks, "lagBesideDeadP99Ms")));
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

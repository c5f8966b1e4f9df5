package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.shanpai.stack.Program;

/**
 * What operators and merchants would see on their screens: which jobs a rider has and has not
 * picked up, which wait for a decision, which come back. Without it hardly any of their requests
 * would meet a job in a state in which it can be granted.
 */
final class Desk {

  private static final int SEEN = 20;

  /** So many exceptions may wait for the fuzz; a rider with one gets no offers. */
  private static final int WAITING = 3;

  private static final int SECRET_OVERLAP_SECONDS = 3_600;

  private final Caller caller;
  private final World world;
  private final KnownIds known;

  Desk(Caller caller, World world, KnownIds known) {
    this.caller = caller;
    this.world = world;
    this.known = known;
  }

  void look() {
    List<JsonNode> before = new ArrayList<>(jobs("RIDER_ASSIGNED", "redispatch"));
    before.addAll(jobs("RIDER_AT_STORE", "ready"));
    known.only(KnownIds.EVERYBODY, "reassign jobId", before);
    List<JsonNode> exceptions = jobs("EXCEPTION", "exception");
    jobs("DELIVERED", "claims");
    jobs("RETURNING", "return-received");
    jobs("PICKED_UP", "return");
    known.only(KnownIds.EVERYBODY, "resolve jobId", exceptions);
    for (int i = WAITING; i < exceptions.size(); i++) {
      caller.call(
          Program.DISPATCH,
          world.named("fuzz"),
          "POST",
          "/v1/jobs/" + exceptions.get(i).asText() + "/resolve",
          Map.of("outcome", "RETURNED", "reason", "RIDER_FOUND"));
    }
  }

  /** A signal as the desk sees it: what is decided must be what was seen. */
  void signals() {
    JsonNode signals =
        caller
            .call(
                Program.ORDER, world.named("fuzz"), "GET", "/v1/fraud-signals?limit=" + SEEN, null)
            .json()
            .path("signals");
    // The oldest of them is the least likely to rest on one order more by then.
    JsonNode signal = signals.path(signals.size() - 1);
    if (signal.has("signalId")) {
      known.only(KnownIds.EVERYBODY, "decision signalId", signal.path("signalId"));
      known.only(KnownIds.EVERYBODY, "decision revision", signal.path("revision"));
    }
  }

  /** Merchants have a webhook again, and a secret that may be taken back. */
  void webhooks(String receiver) {
    for (Persona merchant : world.of("merchant")) {
      Answer told = caller.call(Program.ORDER, merchant, "GET", "/v1/webhook/secrets", null);
      if (told.status() == 404) {
        caller.call(Program.ORDER, merchant, "PUT", "/v1/webhook", Map.of("url", receiver));
      }
      List<JsonNode> old = new ArrayList<>();
      for (JsonNode secret : told.json().path("secrets")) {
        if (secret.has("expiresAt")) {
          old.add(secret.path("secretId"));
        }
      }
      known.only(merchant.name(), "DELETE secrets secretId", old);
      if (old.isEmpty()) {
        caller.call(
            Program.ORDER,
            merchant,
            "POST",
            "/v1/webhook/secrets",
            Map.of("overlapSeconds", SECRET_OVERLAP_SECONDS));
      }
    }
  }

  private List<JsonNode> jobs(String status, String deed) {
    List<JsonNode> jobs = new ArrayList<>();
    for (Persona merchant : world.of("merchant")) {
      List<JsonNode> mine = new ArrayList<>();
      JsonNode page =
          caller
              .call(
                  Program.ORDER,
                  merchant,
                  "GET",
                  "/v1/orders?limit=" + SEEN + "&status=" + status,
                  null)
              .json();
      for (JsonNode order : page.path("orders")) {
        boolean sandbox = order.path("sandbox").asBoolean();
        if (!sandbox) {
          mine.add(order.path("orderId"));
          jobs.add(TextNode.valueOf(order.path("orderId").asText().replaceFirst("^o-", "j-")));
        }
      }
      known.only(merchant.name(), deed + " orderId", mine);
    }
    return jobs;
  }
}

package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shanpai.city.api.Wire;
import org.shanpai.openapi.ApiDocument;
import org.shanpai.openapi.ApiOperation;
import org.shanpai.stack.Program;
import org.shanpai.stack.StackPorts;

/** Sends, judges, writes down and learns. Thread-safe. */
final class Caller {

  private final StackPorts ports;
  private final Map<Program, ApiDocument> documents;
  private final Judge judge;
  private final Ledger ledger;
  private final KnownIds known;
  private final Created created;
  private final Lore lore;

  Caller(
      StackPorts ports,
      Map<Program, ApiDocument> documents,
      Ledger ledger,
      KnownIds known,
      Created created,
      Lore lore) {
    this.ports = ports;
    this.documents = documents;
    this.judge = new Judge(documents);
    this.ledger = ledger;
    this.known = known;
    this.created = created;
    this.lore = lore;
  }

  /** A request that keeps the world going; judged like every other, but not counted. */
  Answer call(Program program, Persona who, String method, String target, Object body) {
    List<String> headers = new ArrayList<>();
    headers.add("Accept: application/json, application/problem+json");
    if (who.token() != null) {
      headers.add("Authorization: Bearer " + who.token());
    }
    if (method.equals("POST")) {
      headers.add("Idempotency-Key: " + lore.fresh("world"));
    }
    byte[] bytes = null;
    if (body != null) {
      headers.add("Content-Type: application/json");
      bytes = RequestMaker.json(Wire.JSON.valueToTree(body));
    }
    return send(program, who, new Shot(method, target, headers, bytes), Mutation.NONE, false);
  }

  Answer send(Program program, Persona who, Shot shot, Mutation mutation, boolean counted) {
    Answer answer = RawHttp.send(ports.of(program), shot);
    String path = plain(shot.target());
    Optional<ApiOperation> operation = documents.get(program).find(shot.method(), path);
    String name = program.text() + " " + operation.map(ApiOperation::name).orElse("(no operation)");
    ledger.took(name, mutation, answer, counted);
    judge
        .look(program, shot, answer)
        .ifPresent(
            finding ->
                ledger.failed(
                    finding, program, name, mutation, who.role(), shot.curl(ports.url(program))));
    if (answer.ok()) {
      JsonNode body = answer.json();
      known.learn(who.name(), thing(path), body);
      if (body.path("clientSecret").isTextual()) {
        // The secret before may just have been renewed.
        known.only("nobody", "clientId", body.path("clientId"));
        known.only("nobody", "clientSecret", body.path("clientSecret"));
      }
      if (shot.method().equals("PUT") && path.startsWith("/v1/ops/parked/")) {
        // Mended, and only such a one can be taken again.
        known.put(program.text(), "replay id", TextNode.valueOf(path.replaceFirst(".*/", "")));
      }
      operation.ifPresent(of -> created.answered(program, of, who, path, answer));
    }
    return answer;
  }

  /** The path as the server understands it: without matrix parameters and doubled slashes. */
  static String plain(String target) {
    String path = target.replaceFirst("\\?.*", "").replaceAll(";[^/]*", "").replaceAll("/+", "/");
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** What a bare id in an answer names: the last word of the path, in the singular. */
  private static String thing(String path) {
    String[] words = path.replaceAll("/+$", "").split("/");
    for (int i = words.length - 1; i > 0; i--) {
      if (words[i].matches("[a-z]+(-[a-z]+)*")) {
        return words[i].equals("parked") ? "id" : words[i].replaceFirst("s$", "") + "Id";
      }
    }
    return "id";
  }
}

package org.shanpai.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Every operation of a document asked by its owner, a peer, every wrong role and nobody.
 *
 * <p>It is made from the document, so that an endpoint cannot be forgotten: one that lets anybody
 * in must be named as such, one whose path takes something must be told of an example. The body
 * sent is the one the document shows, with the fixture's ids in it: the examples are executed. Its
 * owner is also refused every time that no database holds, wherever the operation takes one.
 */
public final class AccessMatrix {

  /** Sends a request and tells the status. */
  public interface Sender {
    /**
     * @param token null for nobody
     * @param type null without a body
     */
    int send(String method, String target, String token, String type, String body);
  }

  private final ApiDocument document;
  private final Sender sender;
  private final FarTimes far;
  private final Set<String> open = new HashSet<>();
  private final Map<String, String> owners = new LinkedHashMap<>();
  private final Map<String, String> peers = new HashMap<>();
  private final Map<String, UnaryOperator<String>> ownTokens = new HashMap<>();
  private final Set<String> owned = new HashSet<>();
  private final Map<String, Supplier<String>> values = new HashMap<>();
  private final Map<String, Map<String, Supplier<String>>> ownValues = new HashMap<>();
  private final Map<String, Supplier<String>> bodies = new HashMap<>();
  private final Map<String, String> queries = new HashMap<>();
  private final Map<String, Set<Integer>> answers = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private int asked;

  public AccessMatrix(ApiDocument document, Sender sender) {
    this.document = document;
    this.sender = sender;
    this.far = new FarTimes(document);
  }

  /** Operations for which nobody has to sign in. */
  public AccessMatrix open(String... operations) {
    open.addAll(List.of(operations));
    return this;
  }

  /** Somebody of that role, to whom the fixture's things belong where they belong to anybody. */
  public AccessMatrix owner(String role, String token) {
    owners.put(role, token);
    return this;
  }

  /** Somebody else of that role. */
  public AccessMatrix peer(String role, String token) {
    peers.put(role, token);
    return this;
  }

  /** Tokens by role of one operation that ends what it was called with, such as a session. */
  public AccessMatrix tokens(String operation, UnaryOperator<String> byRole) {
    ownTokens.put(operation, byRole);
    return this;
  }

  /** Path variables whose things are their owner's alone: a peer is told that there is none. */
  public AccessMatrix owned(String... variables) {
    owned.addAll(List.of(variables));
    return this;
  }

  /**
   * What stands for a path variable, and for body fields of that name; asked for each operation.
   */
  public AccessMatrix value(String name, Supplier<String> value) {
    values.put(name, value);
    return this;
  }

  /** As the other, for one operation. */
  public AccessMatrix value(String operation, String name, Supplier<String> value) {
    ownValues.computeIfAbsent(operation, any -> new HashMap<>()).put(name, value);
    return this;
  }

  /** The body of an operation whose own example cannot be taken as it is. */
  public AccessMatrix body(String operation, Supplier<String> body) {
    bodies.put(operation, body);
    return this;
  }

  /** The query of an operation, without the question mark. */
  public AccessMatrix query(String operation, String query) {
    queries.put(operation, query);
    return this;
  }

  /** What the owner is answered where it is not a documented success, such as 409. */
  public AccessMatrix answers(String operation, Integer... statuses) {
    answers.put(operation, Set.of(statuses));
    return this;
  }

  /** How many requests {@link #violations} sent. */
  public int asked() {
    return asked;
  }

  /** Each violation in a line that begins with the operation's name; empty when there are none. */
  public List<String> violations() {
    wrong.clear();
    Set<String> names = new HashSet<>();
    for (ApiOperation operation : document.operations()) {
      names.add(operation.name());
      ask(operation);
    }
    Set<String> stale = new TreeSet<>(open);
    stale.addAll(bodies.keySet());
    stale.addAll(queries.keySet());
    stale.addAll(answers.keySet());
    stale.addAll(ownValues.keySet());
    stale.addAll(ownTokens.keySet());
    stale.removeAll(names);
    stale.forEach(name -> wrong.add(name + ": is in the fixture and not in the document"));
    return List.copyOf(wrong);
  }

  private void ask(ApiOperation operation) {
    Set<String> roles = operation.roles();
    if (roles.isEmpty() != open.contains(operation.name())) {
      say(
          operation,
          roles.isEmpty()
              ? "lets anybody in, and is not among those that may"
              : "asks for a role, and is among those that let anybody in");
      return;
    }
    boolean internal = operation.path().startsWith("/internal/");
    if (internal && !roles.equals(Set.of("service"))) {
      say(operation, "is internal and lets in " + roles);
    }
    List<String> unknown =
        operation.pathVariables().stream().filter(name -> find(operation, name) == null).toList();
    if (!unknown.isEmpty()) {
      say(operation, "has no fixture for " + unknown);
      return;
    }
    if (operation.takesBody()
        && !bodies.containsKey(operation.name())
        && ApiDocument.examples(operation.body()).isEmpty()) {
      say(operation, "takes a body and neither the document nor the fixture shows one");
      return;
    }
    if (!roles.isEmpty()) {
      expect(operation, null, "nobody", Set.of(401));
      owners.forEach(
          (role, token) -> {
            if (!roles.contains(role)) {
              expect(operation, token, role, Set.of(403));
            }
          });
      boolean belongs = operation.pathVariables().stream().anyMatch(owned::contains);
      peers.forEach(
          (role, token) -> {
            if (roles.contains(role) && belongs) {
              expect(operation, token, "a peer who is " + role, Set.of(404));
            }
          });
    }
    owner(operation, roles);
  }

  private void owner(ApiOperation operation, Set<String> roles) {
    String role = owners.keySet().stream().filter(roles::contains).findFirst().orElse(null);
    if (role == null && !roles.isEmpty()) {
      say(operation, "has no fixture for any of the roles " + roles);
      return;
    }
    expect(
        operation,
        role == null ? null : token(operation, role),
        role == null ? "anybody" : "its owner, " + role,
        answers.getOrDefault(operation.name(), operation.goodStatuses()));
    farTimes(operation, role);
    for (String other : roles) {
      if (!other.equals(role) && owners.containsKey(other)) {
        int status = send(operation, token(operation, other));
        if (status == 401 || status == 403 || status >= 500) {
          say(operation, "answers %s with %d".formatted(other, status));
        }
      }
    }
  }

  /** Times beyond every calendar are refused before anything is done with them. */
  private void farTimes(ApiOperation operation, String role) {
    String token = role == null ? null : token(operation, role);
    String query = query(operation);
    String body = operation.takesBody() ? body(operation) : null;
    far.bodies(operation, body)
        .forEach((field, bad) -> refused(operation, "the time " + field, token, query, bad));
    far.queries(operation, query)
        .forEach((name, bad) -> refused(operation, "the time " + name, token, bad, body));
  }

  private void refused(
      ApiOperation operation, String what, String token, String query, String body) {
    int status = send(operation, path(operation), token, query, body);
    if (status != 400) {
      say(operation, "takes %s at the end of Java's calendar with %d".formatted(what, status));
    }
  }

  private String token(ApiOperation operation, String role) {
    UnaryOperator<String> own = ownTokens.get(operation.name());
    return own == null ? owners.get(role) : own.apply(role);
  }

  private void expect(ApiOperation operation, String token, String who, Set<Integer> statuses) {
    int status = send(operation, token);
    if (!statuses.contains(status)) {
      say(operation, "answers %s with %d, not %s".formatted(who, status, statuses));
    }
  }

  private int send(ApiOperation operation, String token) {
    // The address first: what its things are called may be asked for by the body.
    String path = path(operation);
    return send(
        operation, path, token, query(operation), operation.takesBody() ? body(operation) : null);
  }

  private String path(ApiOperation operation) {
    String path = operation.path();
    for (String variable : operation.pathVariables()) {
      String value = URLEncoder.encode(find(operation, variable).get(), StandardCharsets.UTF_8);
      path = path.replaceAll("\\{" + variable + "[^}]*}", value.replace("+", "%20"));
    }
    return path;
  }

  private String query(ApiOperation operation) {
    return queries.getOrDefault(operation.name(), shownQuery(operation));
  }

  private int send(ApiOperation operation, String path, String token, String query, String body) {
    asked++;
    return sender.send(
        operation.method(),
        query == null ? path : path + "?" + query,
        token,
        operation.bodyType(),
        body);
  }

  /** The parameters that must be there, as the document shows them; null without any. */
  private static String shownQuery(ApiOperation operation) {
    List<String> pairs = new ArrayList<>();
    for (JsonNode parameter : operation.parameters("query")) {
      List<JsonNode> examples = ApiDocument.examples(parameter);
      if (parameter.path("required").asBoolean() && !examples.isEmpty()) {
        pairs.add(
            parameter.path("name").asText()
                + "="
                + URLEncoder.encode(examples.get(0).asText(), StandardCharsets.UTF_8));
      }
    }
    return pairs.isEmpty() ? null : String.join("&", pairs);
  }

  private Supplier<String> find(ApiOperation operation, String name) {
    Supplier<String> own = ownValues.getOrDefault(operation.name(), Map.of()).get(name);
    return own == null ? values.get(name) : own;
  }

  private String body(ApiOperation operation) {
    Supplier<String> told = bodies.get(operation.name());
    if (told != null) {
      return told.get();
    }
    JsonNode example = ApiDocument.examples(operation.body()).get(0);
    return DocumentRules.isJson(operation.bodyType())
        ? adapted(operation, "", example).toString()
        : example.asText();
  }

  private JsonNode adapted(ApiOperation operation, String name, JsonNode sample) {
    if (sample.isObject()) {
      ObjectNode made = ApiDocument.JSON.createObjectNode();
      sample
          .properties()
          .forEach(
              field ->
                  made.set(field.getKey(), adapted(operation, field.getKey(), field.getValue())));
      return made;
    }
    if (sample.isArray()) {
      ArrayNode made = ApiDocument.JSON.createArrayNode();
      sample.forEach(one -> made.add(adapted(operation, name, one)));
      return made;
    }
    Supplier<String> value = sample.isTextual() ? find(operation, name) : null;
    return value == null ? sample : TextNode.valueOf(value.get());
  }

  private void say(ApiOperation operation, String what) {
    wrong.add(operation.name() + ": " + what);
  }
}

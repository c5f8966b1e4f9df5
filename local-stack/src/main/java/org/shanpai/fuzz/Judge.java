package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.shanpai.openapi.AnswerRules;
import org.shanpai.openapi.ApiDocument;
import org.shanpai.openapi.ApiOperation;
import org.shanpai.openapi.SchemaCheck;
import org.shanpai.stack.Program;

/** Says what is wrong with an answer, whatever the request was. Thread-safe. */
final class Judge {

  /** What can be wrong, the worst first. */
  enum Kind {
    /** 5xx, but for a documented 503 that says when to try again. */
    SERVER_ERROR,
    NO_ANSWER,
    /** A refusal that is not an RFC 9457 problem. */
    PROBLEM_SHAPE,
    /** A status the document does not name. */
    UNDOCUMENTED,
    /** A good answer that is not what its schema says. */
    NOT_THE_SCHEMA
  }

  record Finding(Kind kind, String detail) {}

  /** What HTTP itself answers, at every address. */
  private static final Set<Integer> OF_HTTP = Set.of(400, 404, 405, 406, 413, 414, 415, 431);

  /** The decoder of HTTP refuses these before there is a request that could be answered. */
  private static final Set<Integer> OF_THE_DECODER = Set.of(414, 431);

  private static final Pattern BROKEN_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern NO_MEDIA_TYPE = Pattern.compile("Accept: [\\x00-\\x1f]*;.*");

  private final Map<Program, ApiDocument> documents;
  private final Map<Program, SchemaCheck> checks = new EnumMap<>(Program.class);

  Judge(Map<Program, ApiDocument> documents) {
    this.documents = documents;
    documents.forEach((program, document) -> checks.put(program, new SchemaCheck(document)));
  }

  Optional<Finding> look(Program program, Shot shot, Answer answer) {
    if (answer.status() == 0) {
      return Optional.of(new Finding(Kind.NO_ANSWER, answer.failure()));
    }
    String path = Caller.plain(shot.target());
    Optional<ApiOperation> operation = documents.get(program).find(shot.method(), path);
    boolean documented =
        operation.map(one -> one.response(answer.status()).isPresent()).orElse(false);
    if (answer.status() >= 500) {
      boolean allowed =
          answer.status() == 503 && documented && answer.headers().containsKey("retry-after");
      return allowed
          ? Optional.empty()
          : Optional.of(new Finding(Kind.SERVER_ERROR, answer.status() + " " + answer.text()));
    }
    boolean ours =
        !OF_THE_DECODER.contains(answer.status())
            && !shot.method().equals("HEAD")
            && !(answer.status() == 400 && answer.body().length == 0 && unreadable(shot));
    if (answer.status() >= 400 && ours && !page(operation, answer)) {
      Optional<Finding> shape = shape(answer);
      if (shape.isPresent()) {
        return shape;
      }
    }
    if (operation.isEmpty()) {
      return Optional.empty();
    }
    if (!documented && !(OF_HTTP.contains(answer.status()) && !answer.reached())) {
      return Optional.of(
          new Finding(Kind.UNDOCUMENTED, answer.status() + " " + cut(answer.text())));
    }
    if (answer.ok() && answer.body().length > 0 && !operation.get().streams()) {
      var wrong =
          AnswerRules.violations(
              documents.get(program),
              checks.get(program),
              shot.method(),
              path,
              answer.status(),
              answer.type(),
              answer.type().contains("json") ? answer.text() : null);
      if (!wrong.isEmpty()) {
        return Optional.of(new Finding(Kind.NOT_THE_SCHEMA, cut(String.join("; ", wrong))));
      }
    }
    return Optional.empty();
  }

  /** Whether HTTP itself cannot read it: the server refuses before it looks for an endpoint. */
  private static boolean unreadable(Shot shot) {
    return BROKEN_PERCENT.matcher(shot.target()).find()
        || shot.headers().stream().anyMatch(NO_MEDIA_TYPE.asMatchPredicate());
  }

  /** People are refused with a page, where the document says so. */
  private static boolean page(Optional<ApiOperation> operation, Answer answer) {
    return answer.type().startsWith("text/html")
        && answer.body().length > 0
        && operation
            .flatMap(one -> one.response(answer.status()))
            .map(response -> response.path("content").has("text/html"))
            .orElse(false);
  }

  private static Optional<Finding> shape(Answer answer) {
    JsonNode body = answer.json();
    boolean right =
        answer.type().startsWith("application/problem+json")
            && body.path("type").isTextual()
            && !body.path("title").asText("").isBlank()
            && body.path("status").asInt() == answer.status()
            && !body.path("detail").asText("").isBlank();
    return right
        ? Optional.empty()
        : Optional.of(
            new Finding(
                Kind.PROBLEM_SHAPE,
                answer.status() + " " + answer.type() + " " + cut(answer.text())));
  }

  private static String cut(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }
}

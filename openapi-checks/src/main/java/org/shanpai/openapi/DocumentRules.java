package org.shanpai.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What every operation of every document has: a summary, a tag, its errors as problems, an example
 * of each body it takes; and examples that are what the schemas say.
 */
public final class DocumentRules {

  private static final String PROBLEM = "application/problem+json";

  private final ApiDocument document;
  private final SchemaCheck check;

  private DocumentRules(ApiDocument document) {
    this.document = document;
    this.check = new SchemaCheck(document);
  }

  /** Each violation in a line that begins with the operation's name; empty when there are none. */
  public static List<String> violations(ApiDocument document) {
    DocumentRules rules = new DocumentRules(document);
    List<String> wrong = new ArrayList<>();
    for (ApiOperation operation : document.operations()) {
      rules.look(operation).forEach(each -> wrong.add(operation.name() + ": " + each));
    }
    return wrong;
  }

  private List<String> look(ApiOperation operation) {
    List<String> wrong = new ArrayList<>();
    if (operation.node().path("summary").asText().isBlank()) {
      wrong.add("has no summary");
    }
    if (operation.node().path("tags").isEmpty()) {
      wrong.add("has no tag");
    }
    if (operation.goodStatuses().isEmpty()) {
      wrong.add("documents no success");
    }
    errors(operation, wrong);
    parameters(operation, wrong);
    body(operation, wrong);
    answers(operation, wrong);
    return wrong;
  }

  private static void errors(ApiOperation operation, List<String> wrong) {
    List<Integer> needed = new ArrayList<>();
    if (!operation.roles().isEmpty()) {
      needed.addAll(List.of(401, 403));
    }
    if (!operation.pathVariables().isEmpty()) {
      needed.add(404);
    }
    if (operation.takesBody()) {
      needed.addAll(List.of(400, 413, 415));
    }
    if (!operation.roles().equals(java.util.Set.of("service"))) {
      needed.add(429);
    }
    boolean keyed =
        operation.parameters("header").stream()
            .anyMatch(one -> one.path("name").asText().equals("Idempotency-Key"));
    if (keyed) {
      needed.addAll(List.of(409, 422));
    }
    for (int status : needed) {
      if (operation.response(status).isEmpty()) {
        wrong.add("does not document " + status);
      }
    }
    operation
        .node()
        .path("responses")
        .properties()
        .forEach(
            response -> {
              boolean error = response.getKey().matches("[45]..");
              JsonNode content = response.getValue().path("content");
              // A page for people may refuse with a page.
              if (error && !content.has(PROBLEM) && !content.has("text/html")) {
                wrong.add("answers " + response.getKey() + " without a problem");
              }
              if (response.getValue().path("description").asText().isBlank()) {
                wrong.add("does not say what " + response.getKey() + " means");
              }
            });
  }

  private static void parameters(ApiOperation operation, List<String> wrong) {
    List<String> declared =
        operation.parameters("path").stream().map(one -> one.path("name").asText()).toList();
    for (String variable : operation.pathVariables()) {
      if (!declared.contains(variable)) {
        wrong.add("does not declare its path parameter " + variable);
      }
    }
  }

  private void body(ApiOperation operation, List<String> wrong) {
    if (!operation.takesBody()) {
      return;
    }
    JsonNode body = operation.body();
    List<JsonNode> examples = ApiDocument.examples(body);
    if (examples.isEmpty()) {
      wrong.add("takes a body and shows no example of it");
    }
    if (isJson(operation.bodyType())) {
      for (JsonNode example : examples) {
        check
            .violations(body.path("schema"), example)
            .forEach(each -> wrong.add("its example body is not what its schema says: " + each));
      }
    }
  }

  private void answers(ApiOperation operation, List<String> wrong) {
    operation
        .node()
        .path("responses")
        .properties()
        .forEach(
            response ->
                response
                    .getValue()
                    .path("content")
                    .properties()
                    .forEach(
                        content -> {
                          if (!isJson(content.getKey())) {
                            return;
                          }
                          JsonNode schema = content.getValue().path("schema");
                          if (schema.isMissingNode()) {
                            wrong.add("answers " + response.getKey() + " without a schema");
                            return;
                          }
                          for (JsonNode example : ApiDocument.examples(content.getValue())) {
                            check
                                .violations(schema, example)
                                .forEach(
                                    each ->
                                        wrong.add(
                                            "its example of "
                                                + response.getKey()
                                                + " is not what its schema says: "
                                                + each));
                          }
                        }));
  }

  static boolean isJson(String mediaType) {
    return mediaType != null
        && (mediaType.startsWith("application/json") || mediaType.contains("+json"));
  }
}

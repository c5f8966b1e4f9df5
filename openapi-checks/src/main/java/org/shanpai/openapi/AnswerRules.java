package org.shanpai.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds single answers to a document, whatever client they came to. */
public final class AnswerRules {

  /** Answered by the protocol for every address alike. */
  private static final Set<Integer> OF_HTTP = Set.of(405, 406, 413, 414, 415, 431);

  private AnswerRules() {}

  /**
   * What of an answer the document does not say; nothing where it knows no such operation.
   *
   * @param type of the body
   * @param body null when it is not JSON
   */
  public static List<String> violations(
      ApiDocument document,
      SchemaCheck check,
      String method,
      String path,
      int status,
      String type,
      String body) {
    Optional<ApiOperation> operation = document.find(method, path);
    if (operation.isEmpty() || OF_HTTP.contains(status)) {
      return List.of();
    }
    Optional<JsonNode> response = operation.get().response(status);
    if (response.isEmpty()) {
      return List.of("status " + status + " is not documented for " + operation.get().name());
    }
    if (body == null || body.isBlank()) {
      return List.of();
    }
    String media = type.split(";")[0].trim();
    JsonNode schema = response.get().path("content").path(media).path("schema");
    if (schema.isMissingNode()) {
      return List.of(media + " is not documented for " + status);
    }
    try {
      return check.violations(schema, ApiDocument.JSON.readTree(body));
    } catch (JsonProcessingException e) {
      return List.of("the body is no JSON: " + e.getOriginalMessage());
    }
  }
}

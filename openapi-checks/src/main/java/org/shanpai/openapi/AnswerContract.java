package org.shanpai.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Fails a test whose request was answered with a status that its operation does not document, or
 * with a body that is not what the schema says. Requests beside the document (health, pages) pass.
 */
public final class AnswerContract implements Filter {

  /** Answered by the protocol for every address alike. */
  private static final Set<Integer> OF_HTTP = Set.of(405, 406, 413, 414, 415, 431);

  private final Supplier<String> source;
  private ApiDocument document;
  private SchemaCheck check;

  /**
   * @param source tells the document's JSON; asked once, at the first request
   */
  public AnswerContract(Supplier<String> source) {
    this.source = source;
  }

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    Response response = context.next(request, expected);
    String path = URI.create(request.getURI()).getRawPath();
    if (path != null && path.matches("/(v1|internal)/.*")) {
      String type = String.valueOf(response.contentType());
      boolean json = DocumentRules.isJson(type);
      List<String> wrong =
          violations(
              request.getMethod(),
              path,
              response.statusCode(),
              type,
              json ? response.asString() : null);
      if (!wrong.isEmpty()) {
        throw new AssertionError(
            "%s %s was answered with %d, and the OpenAPI document says otherwise: %s%n%s"
                .formatted(
                    request.getMethod(),
                    path,
                    response.statusCode(),
                    String.join("; ", wrong),
                    json ? response.asString() : ""));
      }
    }
    return response;
  }

  /**
   * What of an answer the document does not say.
   *
   * @param body null when it is not JSON
   */
  synchronized List<String> violations(
      String method, String path, int status, String type, String body) {
    if (document == null) {
      document = ApiDocument.parse(source.get());
      check = new SchemaCheck(document);
    }
    return of(document, check, method, path, status, type, body);
  }

  /** As a test calls it, for any client; see {@link AnswerContract}. */
  public static List<String> of(
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

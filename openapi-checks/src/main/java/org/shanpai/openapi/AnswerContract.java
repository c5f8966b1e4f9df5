package org.shanpai.openapi;

import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/**
 * Fails a test whose request was answered with a status that its operation does not document, or
 * with a body that is not what the schema says. Requests beside the document (health, pages) pass.
 */
public final class AnswerContract implements Filter {

  private final Supplier<String> source;
  private ApiDocument document;
  private SchemaCheck check;

  /**
   * @param source tells the document's JSON; asked once, at the first request
   */
  public AnswerContract(Supplier<String> source) {
    this.source = source;
  }

  /**
   * Holds every answer that this JVM's tests get through RestAssured from now on to the document of
   * the service under test; a second call changes nothing.
   */
  static void everywhere() {
    boolean on = RestAssured.filters().stream().anyMatch(AnswerContract.class::isInstance);
    if (!on) {
      RestAssured.filters(
          new AnswerContract(() -> RestAssured.given().get("/q/openapi?format=json").asString()));
    }
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
    return AnswerRules.violations(document, check, method, path, status, type, body);
  }
}

package org.shanpai.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentRulesTest {

  private static final String EXAMPLE = ", \"example\": {\"name\": \"box\", \"size\": 2}";

  private static final String GOOD =
      """
      {"openapi": "3.1.0",
       "components": {"schemas": {
         "Problem": {"type": "object", "properties": {"type": {"type": "string"}}},
         "Thing": {"type": "object", "required": ["name"], "properties": {
           "name": {"type": "string"}, "size": {"type": "integer", "minimum": 1}}}}},
       "paths": {"/v1/things/{thingId}": {"put": {
         "summary": "Keep a thing", "tags": ["Things"],
         "security": [{"S": ["merchant"]}],
         "parameters": [{"in": "path", "name": "thingId"}],
         "requestBody": {"content": {"application/json": {
           "schema": {"$ref": "#/components/schemas/Thing"}%s}}},
         "responses": {
           "200": {"description": "Kept", "content": {"application/json": {
             "schema": {"$ref": "#/components/schemas/Thing"}, "example": {"name": "box"}}}},
           %s}}}}}""";

  private static final String ALL = problems(400, 401, 403, 404, 413, 415, 429);

  private static String problems(int... statuses) {
    StringBuilder all = new StringBuilder();
    for (int status : statuses) {
      all.append(all.length() > 0 ? "," : "")
          .append("\"%d\": {\"description\": \"no\",".formatted(status))
          .append(" \"content\": {\"application/problem+json\":")
          .append(" {\"schema\": {\"$ref\": \"#/components/schemas/Problem\"}}}}");
    }
    return all.toString();
  }

  private static List<String> violations(String text) {
    return DocumentRules.violations(ApiDocument.parse(text));
  }

  private static String good() {
    return GOOD.formatted(EXAMPLE, ALL);
  }

  @Test
  void wholeDocumentPasses() {
    assertThat(violations(good())).isEmpty();
  }

  @Test
  void whatIsLeftOutIsNamed() {
    assertThat(violations(GOOD.formatted(EXAMPLE, problems(400, 401, 403, 413, 415, 429))))
        .containsExactly("PUT /v1/things/{thingId}: does not document 404");
    assertThat(violations(good().replace("\"summary\": \"Keep a thing\",", "")))
        .containsExactly("PUT /v1/things/{thingId}: has no summary");
    assertThat(violations(good().replace("\"tags\": [\"Things\"],", "")))
        .containsExactly("PUT /v1/things/{thingId}: has no tag");
    assertThat(violations(GOOD.formatted("", ALL)))
        .containsExactly("PUT /v1/things/{thingId}: takes a body and shows no example of it");
  }

  @Test
  void exampleThatIsNotWhatTheSchemaSaysIsFound() {
    assertThat(violations(good().replace("\"size\": 2", "\"size\": 0")))
        .singleElement()
        .asString()
        .contains("its example body is not what its schema says", "size");
    assertThat(violations(good().replace("\"size\": 2", "\"colour\": 2")))
        .singleElement()
        .asString()
        .contains("$.colour is not documented");
  }

  @Test
  void answerIsHeldToStatusAndSchema() {
    ApiDocument document = ApiDocument.parse(good());
    SchemaCheck check = new SchemaCheck(document);
    assertThat(put(document, check, 200, "{\"name\": \"box\", \"size\": null}")).isEmpty();
    assertThat(put(document, check, 200, "{\"size\": 1}")).isNotEmpty();
    assertThat(put(document, check, 418, "{}")).singleElement().asString().contains("418");
    assertThat(put(document, check, 405, "{}")).isEmpty();
  }

  private static List<String> put(
      ApiDocument document, SchemaCheck check, int status, String body) {
    return AnswerRules.violations(
        document, check, "PUT", "/v1/things/t-1", status, "application/json;charset=UTF-8", body);
  }
}

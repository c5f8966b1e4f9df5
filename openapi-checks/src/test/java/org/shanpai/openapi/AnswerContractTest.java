package org.shanpai.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerContractTest {

  private static final String DOCUMENT =
      """
      {"openapi": "3.1.0", "paths": {"/v1/things/{id}": {"get": {"responses": {
        "200": {"content": {"application/json": {"schema":
          {"type": "object", "required": ["id"],
           "properties": {"id": {"type": "string"}, "size": {"type": "integer"}}}}}},
        "404": {"content": {"application/problem+json": {"schema": {"type": "object"}}}}}}}}}
      """;

  private final AnswerContract contract = new AnswerContract(() -> DOCUMENT);

  private List<String> wrong(int status, String body) {
    return contract.violations("GET", "/v1/things/t-1", status, "application/json", body);
  }

  @AfterEach
  void filtersAsBefore() {
    RestAssured.reset();
  }

  @Test
  void whatTheDocumentSaysPasses() {
    assertThat(wrong(200, "{\"id\": \"t-1\", \"size\": null}")).isEmpty();
    assertThat(contract.violations("GET", "/v1/others", 500, "text/plain", null)).isEmpty();
  }

  @Test
  void otherStatusesFieldsAndTypesAreNamed() {
    assertThat(wrong(409, null)).singleElement().asString().contains("409");
    assertThat(wrong(500, null)).singleElement().asString().contains("500");
    assertThat(wrong(200, "{\"id\": \"t-1\", \"colour\": \"red\"}"))
        .singleElement()
        .asString()
        .contains("colour");
    assertThat(wrong(200, "{\"size\": 3}")).singleElement().asString().contains("id");
    assertThat(wrong(200, "{\"id\": 17}")).isNotEmpty();
  }

  @Test
  void itIsSwitchedOnOnce() {
    AnswerContract.everywhere();
    AnswerContract.everywhere();
    assertThat(RestAssured.filters()).filteredOn(AnswerContract.class::isInstance).hasSize(1);
  }
}

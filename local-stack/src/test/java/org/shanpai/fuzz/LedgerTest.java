package org.shanpai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.openapi.ApiDocument;
import org.shanpai.openapi.ApiOperation;

class LedgerTest {

  private static final ApiDocument DOCUMENT =
      ApiDocument.parse(
          """
          {"openapi": "3.1.0", "paths": {
            "/v1/things": {"get": {"responses": {
              "200": {"description": "ok"}, "304": {"description": "as before"}}}},
            "/page": {"get": {"responses": {"303": {"description": "over there"}}}}}}""");

  private final Ledger ledger = new Ledger();

  private boolean goodAfter(String path, int status) {
    ApiOperation operation = DOCUMENT.find("GET", path).orElseThrow();
    ledger.took(path, Mutation.NONE, new Answer(status, Map.of(), new byte[0], null, 1), true);
    return ledger.good(path, operation);
  }

  @Test
  void refusalsAreNoSuccessAndOneGoodAnswerIs() {
    assertThat(goodAfter("/v1/things", 409)).isFalse();
    assertThat(goodAfter("/v1/things", 304)).isFalse();
    assertThat(goodAfter("/v1/things", 200)).isTrue();
  }

  @Test
  void redirectIsSuccessWhereTheDocumentSaysThatItLeadsOn() {
    assertThat(goodAfter("/v1/things", 303)).isFalse();
    assertThat(goodAfter("/page", 302)).isFalse();
    assertThat(goodAfter("/page", 303)).isTrue();
  }

  @Test
  void requestsThatKeepTheCityGoingAreCountedApart() {
    Answer reached =
        new Answer(200, Map.of("x-shanpai-reached", "Things.get"), new byte[0], null, 1);
    ledger.took("/v1/things", Mutation.NONE, reached, true);
    ledger.took("/v1/things", Mutation.NONE, reached, false);
    assertThat(ledger.requests()).isEqualTo(1);
    assertThat(ledger.reached()).isEqualTo(1);
    assertThat(ledger.besides()).isEqualTo(1);
  }
}

package org.shanpai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FuzzReportTest {

  private static FuzzReport report(
      double reached, int serverErrors, int half, List<String> withoutSuccess) {
    return new FuzzReport(
        1,
        100,
        (int) (100 * reached),
        reached,
        serverErrors,
        half,
        0,
        0,
        0,
        0,
        10,
        withoutSuccess,
        5,
        40,
        3,
        Map.of(),
        Map.of(),
        List.of(),
        List.of());
  }

  @Test
  void nothingIsBrokenWhenAllIsWell() {
    assertThat(report(0.7, 0, 0, List.of()).broken()).isEmpty();
  }

  @Test
  void everyBrokenPromiseIsNamed() {
    assertThat(report(0.69, 1, 2, List.of("order-service GET /v1/x")).broken())
        .containsExactly(
            "1 requests met a server error",
            "2 things are there by halves",
            "1 operations never succeeded: [order-service GET /v1/x]",
            "only 69.0 % of the requests reached a handler, not 70 %");
  }
}

package org.shanpai.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

  private static final List<String> SERVERS =
      List.of("order-service", "rider-service", "postgres", "kafka", "redis");

  @Test
  void everyServerIsKilledOnceInTheMidstOfTheRun() {
    List<FaultPlan.Kill> kills = FaultPlan.of(SERVERS, 3);
    assertThat(kills)
        .extracting(FaultPlan.Kill::server)
        .containsExactlyInAnyOrderElementsOf(SERVERS);
    assertThat(kills).allMatch(kill -> kill.share() >= 0.1 && kill.share() <= 0.9);
    for (int i = 1; i < kills.size(); i++) {
      assertThat(kills.get(i).share()).isGreaterThan(kills.get(i - 1).share() + 0.05);
    }
  }

  @Test
  void seedDecidesTheOrder() {
    assertThat(FaultPlan.of(SERVERS, 3)).isEqualTo(FaultPlan.of(SERVERS, 3));
    assertThat(FaultPlan.of(SERVERS, 3)).isNotEqualTo(FaultPlan.of(SERVERS, 4));
  }
}

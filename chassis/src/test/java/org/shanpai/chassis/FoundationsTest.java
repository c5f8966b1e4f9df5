package org.shanpai.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;

class FoundationsTest {

  @Test
  void productionRefusesAClockThatIsNotRealTime() {
    CityClock.Anchor fast = new CityClock.Anchor(0, 0, 20);
    assertThatThrownBy(() -> Foundations.checkClock(ShanpaiConfig.Mode.PRODUCTION, fast))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SHANPAI_CITY_CLOCK_ANCHOR");
    assertThatCode(() -> Foundations.checkClock(ShanpaiConfig.Mode.LOCAL, fast))
        .doesNotThrowAnyException();
    assertThatCode(
            () -> Foundations.checkClock(ShanpaiConfig.Mode.PRODUCTION, CityClock.Anchor.REAL_TIME))
        .doesNotThrowAnyException();
  }

  @Test
  void businessDateIsTheCitys() {
    City shanghai = new City(new CityId("c"), ZoneId.of("Asia/Shanghai"));
    assertThat(shanghai.businessDate(Instant.parse("2026-01-01T15:59:59Z")))
        .hasToString("2026-01-01");
    assertThat(shanghai.businessDate(Instant.parse("2026-01-01T16:00:00Z")))
        .hasToString("2026-01-02");
  }

  @Test
  void idsDifferAndSortByTheirMillisecond() throws InterruptedException {
    IdSource ids = new IdSource(WallClock.system());
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(ids.next("o"))).isTrue();
    }
    String earlier = ids.next("o");
    Thread.sleep(3);
    assertThat(ids.next("o")).isGreaterThan(earlier);
    new org.shanpai.contracts.OrderId(earlier);
  }
}

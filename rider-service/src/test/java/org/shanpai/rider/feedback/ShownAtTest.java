package org.shanpai.rider.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.City;
import org.shanpai.contracts.CityId;

class ShownAtTest {

  private static final City CITY = new City(CityId.of("city-1"), ZoneId.of("Asia/Shanghai"));
  private static final Instant SAID = Instant.parse("2026-03-02T15:59:00Z");

  private static Instant shown(String id, Instant said) {
    return Said.shownAt(id, said, CITY, 1, LocalTime.of(9, 0), Duration.ofHours(10));
  }

  @Test
  void aWordIsShownTheNextDayWithinTheSpread() {
    for (int i = 0; i < 500; i++) {
      var local = shown("fb-" + i, SAID).atZone(CITY.zone());
      assertThat(local.toLocalDate()).isEqualTo(LocalDate.of(2026, 3, 3));
      assertThat(local.toLocalTime()).isBetween(LocalTime.of(9, 0), LocalTime.of(18, 59, 59));
    }
  }

  @Test
  void theOrderOfWhatIsShownIsNotTheOrderOfWhatWasSaid() {
    List<Instant> shown = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      shown.add(shown("fb-" + i, SAID.minusSeconds(3600 - i)));
    }
    assertThat(shown).isNotEqualTo(shown.stream().sorted().toList());
    assertThat(shown("fb-7", SAID)).isEqualTo(shown("fb-7", SAID.minusSeconds(9)));
  }
}

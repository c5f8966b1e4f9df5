package org.shanpai.order.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shanpai.contracts.TimeWindow;

class OpeningHoursTest {

  private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");

  // 2026-11-23 is a Monday.
  private final OpeningHours hours =
      HoursText.parse(
          "Mo-Th 08:00-12:00,13:30-22:00; Fr,Sa 10:00-02:00; 2026-11-25 off;"
              + " 2026-11-29 09:00-11:00");

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(CITY).toInstant();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "2026-11-23T07:59, false",
    "2026-11-23T08:00, true",
    "2026-11-23T11:59, true",
    "2026-11-23T12:00, false",
    "2026-11-23T13:30, true",
    "2026-11-23T22:00, false",
    // The special day is closed, the day after is not.
    "2026-11-25T10:00, false",
    "2026-11-26T10:00, true",
    // Friday runs into Saturday, Saturday into Sunday.
    "2026-11-28T01:59, true",
    "2026-11-28T02:00, false",
    "2026-11-28T09:59, false",
    "2026-11-28T23:59, true",
    "2026-11-29T01:59, true",
    "2026-11-29T03:00, false",
    // Sundays are closed but for the special one.
    "2026-11-29T10:00, true",
    "2026-12-06T10:00, false",
  })
  void openByDayAndBySpecialDayAlsoOverMidnight(String local, boolean open) {
    assertThat(hours.openAt(at(local), CITY)).isEqualTo(open);
  }

  @ParameterizedTest(name = "{0} opens {1}")
  @CsvSource({
    "2026-11-23T07:00, 2026-11-23T08:00",
    "2026-11-23T12:30, 2026-11-23T13:30",
    "2026-11-24T23:00, 2026-11-26T08:00",
    "2026-11-29T12:00, 2026-11-30T08:00",
  })
  void theNextOpeningIsTold(String local, String next) {
    assertThat(hours.opensAt(at(local), CITY)).contains(at(next));
  }

  @Test
  void aStoreThatNeverOpensSaysSo() {
    assertThat(HoursText.parse("Mo-Su off").opensAt(at("2026-11-23T07:00"), CITY)).isEmpty();
  }

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @CsvSource({
    "2026-11-23T08:00, 2026-11-23T10:00, true",
    "2026-11-23T11:00, 2026-11-23T12:00, true",
    "2026-11-23T11:00, 2026-11-23T12:01, false",
    "2026-11-23T11:30, 2026-11-23T14:00, false",
    "2026-11-27T23:30, 2026-11-28T01:00, true",
  })
  void aWindowMustLieInOneStretch(String start, String end, boolean covered) {
    assertThat(hours.covers(new TimeWindow(at(start), at(end)), CITY)).isEqualTo(covered);
  }

  @Test
  void roundTheClockHasNoSeamAtMidnight() {
    OpeningHours always = HoursText.parse("24/7");
    assertThat(always.covers(new TimeWindow(at("2026-11-23T23:00"), at("2026-11-24T01:00")), CITY))
        .isTrue();
  }

  @Test
  void agreesWithAMinuteByMinuteReckoning() {
    Random random = new Random(20261122);
    for (int round = 0; round < 60; round++) {
      Map<DayOfWeek, List<DaySpan>> weekly = new EnumMap<>(DayOfWeek.class);
      for (DayOfWeek day : DayOfWeek.values()) {
        List<DaySpan> spans = new ArrayList<>();
        int minute = random.nextInt(300);
        while (spans.size() < 3 && minute < 1_300) {
          int end = Math.min(1_439, minute + 1 + random.nextInt(500));
          spans.add(new DaySpan(minute, end));
          minute = end + random.nextInt(200);
        }
        weekly.put(day, spans);
      }
      OpeningHours drawn = new OpeningHours(weekly, new TreeMap<>());
      assertThat(HoursText.parse(HoursText.format(drawn))).isEqualTo(drawn);
      for (int probe = 0; probe < 200; probe++) {
        LocalDateTime local =
            LocalDate.of(2026, 11, 23)
                .atTime(LocalTime.MIN)
                .plus(Duration.ofMinutes(random.nextInt(7 * 1_440)));
        int minute = local.toLocalTime().toSecondOfDay() / 60;
        boolean open =
            weekly.get(local.getDayOfWeek()).stream()
                .anyMatch(span -> minute >= span.opensMinute() && minute < span.closesMinute());
        assertThat(drawn.openAt(local.atZone(CITY).toInstant(), CITY))
            .as("%s in %s", local, HoursText.format(drawn))
            .isEqualTo(open);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mo-Fr 08:00-12:00,11:00-14:00",
        "Mo-Fr 8:00-12:00",
        "Mo-Fr 08:00-25:00",
        "Mo-Fr 08:00-08:00",
        "Xx 08:00-12:00",
        "Mo",
        "2026-02-30 off",
        "Mo-Fr 08:00",
        "Mo 01:00-02:00,03:00-04:00,05:00-06:00,07:00-08:00,09:00-10:00,11:00-12:00,13:00-14:00",
      })
  void whatIsNoHoursIsRefusedSayingWhy(String text) {
    assertThatThrownBy(() -> HoursText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank();
  }
}

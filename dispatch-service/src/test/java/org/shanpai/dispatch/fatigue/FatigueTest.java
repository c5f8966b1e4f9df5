package org.shanpai.dispatch.fatigue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.shanpai.contracts.event.RiderWorkState.FatigueState.CONFIRM;
import static org.shanpai.contracts.event.RiderWorkState.FatigueState.DAY_OVER;
import static org.shanpai.contracts.event.RiderWorkState.FatigueState.FIT;
import static org.shanpai.contracts.event.RiderWorkState.FatigueState.NIGHT_REST;
import static org.shanpai.contracts.event.RiderWorkState.FatigueState.REST;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.City;
import org.shanpai.contracts.CityId;

/** The limits of working time, to the second. */
class FatigueTest {

  private static final City CITY = new City(CityId.of("city-1"), ZoneId.of("Asia/Shanghai"));
  private static final FatigueRules RULES =
      new FatigueRules(
          Duration.ofHours(4),
          Duration.ofMinutes(20),
          Duration.ofHours(8),
          Duration.ofHours(1),
          Duration.ofHours(12),
          Duration.ofHours(8),
          Duration.ofHours(24));

  /** Nine in the morning. */
  private static final Instant NINE = Instant.parse("2026-11-22T01:00:00Z");

  private static Instant at(double hours) {
    return NINE.plusMillis(Math.round(hours * 3_600_000));
  }

  private static WorkHours.Span span(double from, double to) {
    return new WorkHours.Span(at(from), at(to));
  }

  private static WorkHours.Span open(double from) {
    return new WorkHours.Span(at(from), null);
  }

  private static Fatigue look(Instant now, LocalDate confirmed, WorkHours.Span... spans) {
    Fatigue.Day day = Fatigue.Day.of(CITY, now);
    WorkHours hours = WorkHours.of(List.of(spans), day.date(), day.start(), RULES);
    return Fatigue.at(hours, confirmed, now, day, RULES);
  }

  private static Fatigue look(Instant now, WorkHours.Span... spans) {
    return look(now, null, spans);
  }

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  @Test
  void whoNeverWorkedIsFitAndTheFirstLimitIsFourHoursAway() {
    Fatigue fatigue = look(NINE);
    assertThat(fatigue.state()).isEqualTo(FIT);
    assertThat(fatigue.worked()).isZero();
    assertThat(fatigue.finishBy()).isEqualTo(at(4));
    assertThat(fatigue.next()).isEqualTo(REST);
  }

  @Test
  void theWordThatOneGoesOnIsTakenInTheLastHourBeforeItIsAsked() {
    // Two stretches of work with a rest between, so that no other limit is reached.
    assertThat(look(at(7.5), span(0, 3.5), open(4)).mayConfirm(RULES)).isTrue();
    assertThat(look(at(7.5).minusSeconds(1), span(0, 3.5), open(4)).mayConfirm(RULES)).isFalse();
    assertThat(look(at(8.5), span(0, 3.5), span(4, 8.5)).mayConfirm(RULES)).isTrue();
    assertThat(look(NINE).mayConfirm(RULES)).isFalse();
  }

  @Test
  void fourHoursToTheSecondEndTheOffersAndASecondBeforeTheyDoNot() {
    assertThat(look(at(4).minusSeconds(1), open(0)).state()).isEqualTo(FIT);
    assertThat(look(at(4).minusSeconds(1), open(0)).finishBy()).isEqualTo(at(4));
    Fatigue reached = look(at(4), open(0));
    assertThat(reached.state()).isEqualTo(REST);
    assertThat(reached.offersFrom()).as("nobody rests while carrying").isNull();
    assertThat(look(at(4.5), span(0, 4.25)).offersFrom()).isEqualTo(at(4.25).plusSeconds(1200));
  }

  @Test
  void aGapOfTwentyMinutesIsARestAndOneASecondShorterIsNone() {
    Instant now = at(4.5);
    WorkHours.Span before = span(0, 2);
    WorkHours.Span rested = new WorkHours.Span(at(2).plusSeconds(1200), null);
    WorkHours.Span kept = new WorkHours.Span(at(2).plusSeconds(1199), null);
    assertThat(look(now, before, rested).state()).isEqualTo(FIT);
    assertThat(look(now, before, rested).streakSince()).isEqualTo(at(2).plusSeconds(1200));
    assertThat(look(now, before, kept).state()).isEqualTo(REST);
    assertThat(look(now, before, kept).streakSince()).isEqualTo(NINE);
    // And the rest that is under way.
    assertThat(look(at(5).plusSeconds(1199), span(0, 5)).state()).isEqualTo(REST);
    assertThat(look(at(5).plusSeconds(1200), span(0, 5)).state()).isEqualTo(FIT);
  }

  @Test
  void twoJobsAtOnceAreOneHourOfWork() {
    assertThat(look(at(2), span(0, 1), span(0.25, 1), span(0.5, 1.5)).worked())
        .isEqualTo(Duration.ofMinutes(90));
  }

  @Test
  void eightHoursAskForAWordAndOneWordADayIsEnough() {
    WorkHours.Span[] day = {span(0, 3.5), span(4, 7.5), open(8)};
    assertThat(look(at(9).minusSeconds(1), day).state()).isEqualTo(FIT);
    assertThat(look(at(9).minusSeconds(1), day).next()).isEqualTo(CONFIRM);
    assertThat(look(at(9), day).state()).isEqualTo(CONFIRM);
    assertThat(look(at(9), TODAY, day).state()).isEqualTo(FIT);
    assertThat(look(at(9), TODAY.minusDays(1), day).state()).isEqualTo(CONFIRM);
  }

  @Test
  void twelveHoursEndTheDay() {
    WorkHours.Span[] day = {span(0, 3.5), span(4, 7.5), span(8, 11.5), open(12)};
    assertThat(look(at(13.5).minusSeconds(1), TODAY, day).state()).isEqualTo(FIT);
    assertThat(look(at(13.5).minusSeconds(1), TODAY, day).finishBy()).isEqualTo(at(13.5));
    Fatigue over = look(at(13.5), TODAY, day);
    assertThat(over.state()).isEqualTo(DAY_OVER);
    assertThat(over.offersFrom()).as("midnight in the city").isEqualTo(at(15));
  }

  @Test
  void aNewDayCountsAnewButWorkOverMidnightCountsOnBothSides() {
    Instant midnight = at(15);
    Fatigue after = look(midnight.plusSeconds(1800), open(14));
    assertThat(after.worked()).isEqualTo(Duration.ofMinutes(30));
    Fatigue closed = look(midnight.plusSeconds(3600), span(14, 15.5));
    assertThat(closed.worked()).isEqualTo(Duration.ofMinutes(30));
    // Summed up the day before, read the day after.
    Fatigue.Day yesterday = Fatigue.Day.of(CITY, at(14.5));
    WorkHours hours = WorkHours.of(List.of(open(14)), yesterday.date(), yesterday.start(), RULES);
    Instant now = midnight.plusSeconds(600);
    assertThat(Fatigue.at(hours, null, now, Fatigue.Day.of(CITY, now), RULES).worked())
        .isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void withoutALongRestInTheLastDayThereAreNoOffersUntilThereWasOne() {
    // Short spells with rests of half an hour and more, from nine in the morning on.
    List<WorkHours.Span> spells = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      spells.add(span(i, i + 0.4));
    }
    Instant sixteen = at(16);
    WorkHours.Span[] all = spells.toArray(WorkHours.Span[]::new);
    assertThat(look(sixteen.minusSeconds(1), all).state()).isEqualTo(FIT);
    assertThat(look(sixteen.minusSeconds(1), all).finishBy()).isEqualTo(sixteen);
    Fatigue due = look(sixteen, all);
    assertThat(due.state()).isEqualTo(NIGHT_REST);
    assertThat(due.offersFrom()).isEqualTo(at(15.4).plus(Duration.ofHours(8)));
    Instant slept = at(15.4).plus(Duration.ofHours(8));
    assertThat(look(slept.minusSeconds(1), all).state()).isEqualTo(NIGHT_REST);
    assertThat(look(slept, all).state()).isEqualTo(FIT);
  }

  @Test
  void noRouteMayCrossALimit() {
    Fatigue fatigue = look(at(3.5), open(0));
    assertThat(fatigue.allows(at(4))).isTrue();
    assertThat(fatigue.allows(at(4).plusMillis(1))).isFalse();
  }

  /** Against counting it out minute by minute, in any order of the jobs. */
  @Test
  void whateverTheJobsAreTheUnionIsWhatAClockWouldCount() {
    Random random = new Random(8_001);
    for (int round = 0; round < 300; round++) {
      List<WorkHours.Span> spans = new ArrayList<>();
      int number = random.nextInt(30);
      for (int i = 0; i < number; i++) {
        int from = random.nextInt(13 * 60);
        spans.add(
            new WorkHours.Span(
                NINE.plusSeconds(from * 60L), NINE.plusSeconds((from + random.nextInt(70)) * 60L)));
      }
      Instant now = NINE.plus(Duration.ofHours(15));
      boolean[] busy = new boolean[16 * 60];
      for (WorkHours.Span span : spans) {
        for (long m = Duration.between(NINE, span.from()).toMinutes();
            m < Duration.between(NINE, span.to()).toMinutes();
            m++) {
          busy[(int) m] = true;
        }
      }
      long minutes = 0;
      Integer streak = null;
      int idle = 0;
      for (int m = 0; m < 15 * 60; m++) {
        if (busy[m]) {
          minutes++;
          if (streak == null || idle >= 20) {
            streak = m;
          }
          idle = 0;
        } else {
          idle++;
        }
      }
      Collections.shuffle(spans, random);
      Instant noon = now.minusMillis(1);
      Fatigue.Day day = Fatigue.Day.of(CITY, noon);
      WorkHours hours = WorkHours.of(spans, day.date(), day.start(), RULES);
      assertThat(hours.worked(noon, day.date(), day.start()))
          .isEqualTo(Duration.ofMinutes(minutes));
      assertThat(hours.streakSince())
          .isEqualTo(streak == null ? null : NINE.plusSeconds(streak * 60L));
    }
  }
}

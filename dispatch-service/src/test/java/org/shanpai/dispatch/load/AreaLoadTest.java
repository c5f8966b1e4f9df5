package org.shanpai.dispatch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;

/** Rider-minutes needed and available, reckoned by hand. */
class AreaLoadTest {

  private static final Instant NOW = Instant.parse("2026-11-20T04:00:00Z");
  private static final GeoPoint STORE = new GeoPoint(31.23, 121.47);
  private static final AreaLoad.Usual USUAL =
      new AreaLoad.Usual(Duration.ofMinutes(30), Duration.ofSeconds(300), Duration.ofSeconds(240));

  /** 540 s and no ride. */
  private static final AreaLoad.Waiting NINE_MINUTES =
      new AreaLoad.Waiting(STORE, STORE, NOW, null);

  private static final AreaLoad.Hand FREE = new AreaLoad.Hand(null, 0, true);

  @Test
  void nothingWaitsNothingIsNeeded() {
    assertThat(AreaLoad.load(List.of(), List.of(), USUAL, NOW)).isZero();
    assertThat(AreaLoad.load(List.of(), List.of(FREE), USUAL, NOW)).isZero();
  }

  @Test
  void workWithoutRidersIsAsMuchAsIsEverSaid() {
    assertThat(AreaLoad.load(List.of(NINE_MINUTES), List.of(), USUAL, NOW))
        .isEqualTo(AreaLoad.MOST);
    AreaLoad.Hand paused = new AreaLoad.Hand(null, 0, false);
    assertThat(AreaLoad.load(List.of(NINE_MINUTES), List.of(paused), USUAL, NOW))
        .isEqualTo(AreaLoad.MOST);
  }

  @Test
  void nineMinutesOfTwoRidersHalfHours() {
    assertThat(AreaLoad.load(List.of(NINE_MINUTES), List.of(FREE, FREE), USUAL, NOW))
        .isEqualTo(540 / 3600.0);
  }

  @Test
  void whatIsInHandTakesFromWhatIsAvailableAndIsSharedByAllThatIsCarriedTogether() {
    AreaLoad.Hand busy = new AreaLoad.Hand(NOW.plusSeconds(1200), 3, true);
    assertThat(AreaLoad.load(List.of(NINE_MINUTES), List.of(busy), USUAL, NOW))
        .isEqualTo(540 / 3.0 / 600);
    AreaLoad.Hand overdue = new AreaLoad.Hand(NOW.minusSeconds(60), 1, true);
    assertThat(AreaLoad.load(List.of(NINE_MINUTES), List.of(overdue), USUAL, NOW))
        .isEqualTo(540 / 1800.0);
  }

  @Test
  void onlyTheWorkThatFallsIntoTheHorizonCounts() {
    AreaLoad.Waiting lateKitchen = new AreaLoad.Waiting(STORE, STORE, NOW.plusSeconds(1800), null);
    assertThat(AreaLoad.load(List.of(lateKitchen), List.of(FREE), USUAL, NOW))
        .as("who sets out 5 min before it is ready works 5 min of the next 30")
        .isEqualTo(300 / 1800.0);
    AreaLoad.Waiting booked = new AreaLoad.Waiting(STORE, STORE, NOW, NOW.plusSeconds(1500));
    assertThat(AreaLoad.load(List.of(booked), List.of(FREE), USUAL, NOW)).isEqualTo(300 / 1800.0);
    AreaLoad.Waiting tomorrow =
        new AreaLoad.Waiting(STORE, STORE, NOW, NOW.plus(Duration.ofDays(1)));
    assertThat(AreaLoad.load(List.of(tomorrow), List.of(FREE), USUAL, NOW)).isZero();
  }

  @Test
  void rideIsAtPlanningSpeedAlongStreets() {
    AreaLoad.Waiting far = new AreaLoad.Waiting(STORE, STORE.offsetMetres(1000, 0), NOW, null);
    double seconds = AreaLoad.load(List.of(far), List.of(FREE), USUAL, NOW) * 1800;
    assertThat(seconds).isCloseTo(540 + 336, within(2.0));
  }

  @Test
  void moreJobsNeverLowerItAndMoreRidersNeverRaiseIt() {
    double before = 0;
    for (int jobs = 1; jobs < 60; jobs++) {
      double load =
          AreaLoad.load(Collections.nCopies(jobs, NINE_MINUTES), List.of(FREE), USUAL, NOW);
      assertThat(load).isGreaterThan(before);
      before = load;
    }
    for (int riders = 1; riders < 60; riders++) {
      double load =
          AreaLoad.load(
              Collections.nCopies(20, NINE_MINUTES), Collections.nCopies(riders, FREE), USUAL, NOW);
      assertThat(load).isLessThanOrEqualTo(before);
      before = load;
    }
  }
}

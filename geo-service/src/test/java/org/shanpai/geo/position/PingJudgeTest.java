package org.shanpai.geo.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;

/** Trust, order and clock of one rider, as the memory shows them. */
class PingJudgeTest {

  private static final GeoPoint MIDDLE = new GeoPoint(31.23, 121.47);
  private static final GeoPoint SHOP = MIDDLE.offsetMetres(3_000, 0);
  private static final long NOW = 1_790_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final LastKnown known =
      new LastKnown(
          new PingJudge(
              new PingCheck(PingCheckTest.LIMITS), 3, place -> place.metresTo(SHOP) < 100),
          100);
  private final Random jitter = new Random(12);
  private long seq;
  private long now = NOW;

  private Reading reading(GeoPoint place, double accuracy, double speed, boolean mock) {
    return new Reading(0, ++seq, place, now, accuracy, speed, mock);
  }

  private Reading good(GeoPoint place) {
    GeoPoint seen = place.offsetMetres(jitter.nextGaussian() * 2, jitter.nextGaussian() * 2);
    return reading(seen, 5 + jitter.nextInt(10), 0.3, false);
  }

  private Judgement send(Reading reading) {
    now += 10_000;
    return known.take("r-1", new Phone("s-1", null), List.of(reading), now - 9_000).get(0);
  }

  private int trust() {
    return known.trust("r-1").trust();
  }

  private List<TrustSignal> signals() {
    return known.trust("r-1").marks().stream().map(TrustReport.Mark::signal).toList();
  }

  private void goodReadings(int count) {
    for (int i = 0; i < count; i++) {
      assertThat(send(good(MIDDLE)).believed()).isTrue();
    }
  }

  @Test
  void anHonestRiderIsTrustedFullyAndStaysSo() {
    goodReadings(200);
    for (int i = 1; i <= 200; i++) {
      // 25 km/h along a street.
      Reading reading = good(MIDDLE.offsetMetres(i * 69.0, 0));
      assertThat(send(reading).trust()).isEqualTo(100);
    }
    assertThat(signals()).isEmpty();
    assertThat(known.trust("r-1").readings()).isEqualTo(400);
  }

  @Test
  void aFakedPlaceIsTakenButHardlyBelieved() {
    goodReadings(3);
    Judgement mocked = send(reading(MIDDLE.offsetMetres(20, 0), 5, 0, true));
    assertThat(mocked.rejection()).as("never an instant block").isNull();
    assertThat(mocked.moves()).isTrue();
    assertThat(mocked.trust()).isEqualTo(20);
    assertThat(known.find("r-1").trust()).isEqualTo(20);
    goodReadings(7);
    assertThat(trust()).as("after a minute").isBetween(50, 70);
    goodReadings(60);
    assertThat(trust()).as("forgiven").isEqualTo(100);
    assertThat(signals()).as("but not forgotten").containsExactly(TrustSignal.MOCK);
  }

  @Test
  void oneJumpCostsLittleAndManyCostMuch() {
    goodReadings(3);
    assertThat(send(good(MIDDLE.offsetMetres(-5_000, 0))).rejection())
        .isEqualTo(PingRejection.TELEPORT);
    assertThat(trust()).isEqualTo(80);
    for (int i = 0; i < 6; i++) {
      send(good(MIDDLE.offsetMetres(i % 2 == 0 ? 5_000 : -5_000, 0)));
    }
    assertThat(trust()).isLessThan(55);
    assertThat(known.find("r-1").place().metresTo(MIDDLE)).as("moved nobody").isLessThan(20);
  }

  @Test
  void claimingToBeAtAShopWhileElsewhereIsWorseThanAnyOtherJump() {
    goodReadings(3);
    for (int i = 0; i < 3; i++) {
      send(good(SHOP));
    }
    assertThat(known.find("r-1").place().metresTo(SHOP))
        .as("three that agree are taken")
        .isLessThan(20);
    assertThat(trust()).as("but are no evidence").isLessThan(30);
    assertThat(signals()).containsExactly(TrustSignal.TELEPORT, TrustSignal.SHOP);
  }

  @Test
  void aSpeedNoBikeKeepsCostsTrustWhetherMeasuredOrShown() {
    goodReadings(3);
    assertThat(send(reading(MIDDLE, 5, 11, false)).trust()).as("40 km/h measured").isEqualTo(92);
    goodReadings(40);
    // 45 km/h shown: 125 m in 10 s, beyond what noise explains only after some readings.
    int least = 100;
    for (int i = 1; i < 20; i++) {
      now += 50_000;
      least = Math.min(least, send(good(MIDDLE.offsetMetres(i * 750, 0))).trust());
    }
    assertThat(least).isBetween(70, 95);
    assertThat(signals()).containsExactly(TrustSignal.SPEED);
  }

  @Test
  void theSameReadingAgainAndAgainWhileRidingIsNoReceiver() {
    goodReadings(1);
    for (int i = 0; i < 10; i++) {
      send(reading(MIDDLE, 7, 4, false));
    }
    assertThat(trust()).isLessThan(65);
    assertThat(signals()).containsExactly(TrustSignal.IDENTICAL);
  }

  @Test
  void aPhoneThatStandsMayRepeatItselfForMinutesButNotForEver() {
    for (int i = 0; i < 29; i++) {
      assertThat(send(reading(MIDDLE, 7, 0, false)).trust()).isEqualTo(100);
    }
    for (int i = 0; i < 10; i++) {
      send(reading(MIDDLE, 7, 0, false));
    }
    assertThat(trust()).isLessThan(65);
  }

  @Test
  void theSamePlaceWithAnotherAccuracyIsAnotherReading() {
    for (int i = 0; i < 60; i++) {
      assertThat(send(reading(MIDDLE, 6 + i % 2, 2, false)).trust()).isEqualTo(100);
    }
  }

  @Test
  void poorAndPerfectAccuracyCostLessThanItTakesToLoseEvidence() {
    goodReadings(1);
    for (int i = 0; i < 50; i++) {
      send(reading(MIDDLE.offsetMetres(i, 0), 150, 0, false));
    }
    assertThat(trust()).as("poor receivers never stop anybody").isEqualTo(70);
    goodReadings(50);
    assertThat(send(reading(MIDDLE, 0, 0, false)).trust()).isEqualTo(85);
  }

  @Test
  void aClockHoursWrongLosesNoReading() {
    for (long error : new long[] {8 * HOUR, -8 * HOUR, 20 * 60_000, -20 * 60_000}) {
      String rider = "clock" + error;
      for (int i = 0; i < 5; i++) {
        now += 10_000;
        GeoPoint place = MIDDLE.offsetMetres(i * 20, 0);
        Reading told = new Reading(0, i, place, now + error, 5, 2, false);
        Judgement judgement =
            known.take(rider, new Phone("s-1", null), List.of(told), now + 800).get(0);
        assertThat(judgement.rejection()).as("clock wrong by %d", error).isNull();
        assertThat(judgement.moves()).isTrue();
        assertThat(judgement.reading().at()).isBetween(now - 2_000, now + 2_000);
        assertThat(judgement.reading().deviceAt()).isEqualTo(now + error);
      }
      assertThat(known.trust(rider).trust()).isBetween(75, 85);
      assertThat(known.trust(rider).marks())
          .extracting(TrustReport.Mark::signal)
          .containsExactly(TrustSignal.CLOCK);
    }
  }

  @Test
  void oneAbsurdTimeInABatchDoesNotMoveTheClockBehindTheOthers() {
    List<Reading> batch = new ArrayList<>();
    for (long off : new long[] {-20_000, -10_000, 0, HOUR, -HOUR}) {
      batch.add(new Reading(batch.size(), ++seq, MIDDLE, now + off, 5, 0, false));
    }
    List<Judgement> judgements = known.take("r-1", new Phone("s-1", null), batch, now);
    assertThat(judgements)
        .extracting(Judgement::rejection)
        .containsExactly(PingRejection.TOO_OLD, null, null, null, PingRejection.FUTURE);
    assertThat(known.find("r-1").at()).isEqualTo(now);
    assertThat(trust()).isEqualTo(100);
  }

  @Test
  void aClockWrongByDaysIsAbsurd() {
    Reading tomorrow = new Reading(0, 1, MIDDLE, now + 48 * HOUR, 5, 0, false);
    Reading dayBefore = new Reading(0, 2, MIDDLE, now - 48 * HOUR, 5, 0, false);
    Phone phone = new Phone("s-9", null);
    assertThat(known.take("r-1", phone, List.of(tomorrow), now).get(0).rejection())
        .isEqualTo(PingRejection.FUTURE);
    assertThat(known.take("r-1", phone, List.of(dayBefore), now).get(0).rejection())
        .isEqualTo(PingRejection.TOO_OLD);
    assertThat(known.find("r-1")).isNull();
  }

  @Test
  void repeatedNumbersMoveNobodyAndLateOnesOnlyCount() {
    Phone phone = new Phone("s-1", 50);
    known.take("r-1", phone, List.of(new Reading(0, 5, MIDDLE, NOW, 5, 2, false)), NOW);
    GeoPoint further = MIDDLE.offsetMetres(60, 0);
    Judgement repeated =
        known
            .take("r-1", phone, List.of(new Reading(0, 5, further, NOW + 9_000, 5, 2, true)), NOW)
            .get(0);
    assertThat(repeated.rejection()).isNull();
    assertThat(repeated.believed()).isFalse();
    assertThat(known.trust("r-1").readings()).as("it is not even looked at").isEqualTo(1);
    assertThat(trust()).isEqualTo(100);
    assertThat(known.find("r-1").at()).isEqualTo(NOW);
    Judgement late =
        known
            .take("r-1", phone, List.of(new Reading(0, 4, further, NOW + 9_000, 5, 2, false)), NOW)
            .get(0);
    assertThat(late.believed()).isTrue();
    assertThat(late.moves()).isFalse();
    assertThat(known.find("r-1").at()).isEqualTo(NOW);
    Judgement otherSession =
        known
            .take(
                "r-1",
                new Phone("s-2", 49),
                List.of(new Reading(0, 1, further, NOW + 9_000, 5, 2, false)),
                NOW + 9_000)
            .get(0);
    assertThat(otherSession.moves()).as("the app was started again").isTrue();
    assertThat(known.find("r-1").batteryPercent()).isEqualTo(49);
    Judgement straggler =
        known
            .take("r-1", phone, List.of(new Reading(0, 5, MIDDLE, NOW, 5, 2, false)), NOW + 9_500)
            .get(0);
    assertThat(straggler.believed()).as("the old session is still known").isFalse();
  }

  @Test
  void whatThePhoneLastSaidOfItsBatteryHoldsUntilItSaysMore() {
    Integer[] told = {40, null, 38};
    Integer[] shown = {40, 40, 38};
    for (int i = 0; i < told.length; i++) {
      now += 10_000;
      known.take("r-1", new Phone("s-1", told[i]), List.of(good(MIDDLE)), now);
      assertThat(known.find("r-1").batteryPercent()).isEqualTo(shown[i]);
    }
  }

  @Test
  void trustLostElsewhereIsCarriedOverAndWonBack() {
    known.learn(new Fix("r-1", MIDDLE, NOW - 10_000, 40, null), 7);
    assertThat(trust()).isEqualTo(40);
    assertThat(send(good(MIDDLE)).trust()).isEqualTo(46);
    goodReadings(50);
    assertThat(trust()).isEqualTo(100);
    assertThat(signals()).containsExactly(TrustSignal.CARRIED_OVER);
  }

  @Test
  void trustThatFellWithoutAMoveReachesRedisAndKafkaToo() {
    goodReadings(1);
    known.drainUnwritten(10);
    known.drainUnsampled(10);
    send(good(MIDDLE.offsetMetres(5_000, 0)));
    assertThat(known.drainUnwritten(10)).extracting(item -> item.fix().trust()).containsExactly(80);
    assertThat(known.drainUnsampled(10)).extracting(Fix::trust).containsExactly(80);
  }

  @Test
  void aRiderWhoAsksTooOftenWaitsAndIsThenTakenAgain() {
    goodReadings(1);
    long wall = 1_000_000;
    for (int i = 0; i < 60; i++) {
      assertThat(known.admit("r-1", wall, 50, 60)).isZero();
    }
    assertThat(known.admit("r-1", wall, 50, 60)).isEqualTo(50);
    assertThat(known.admit("r-1", wall + 50, 50, 60)).isZero();
    assertThat(known.admit("r-1", wall + 50, 50, 60)).isPositive();
    assertThat(known.admit("r-2", wall, 50, 60)).as("somebody else").isZero();
  }
}

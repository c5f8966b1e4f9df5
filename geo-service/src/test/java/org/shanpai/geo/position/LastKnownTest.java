package org.shanpai.geo.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;

class LastKnownTest {

  private static final GeoPoint MIDDLE = new GeoPoint(31.23, 121.47);
  private static final long NOW = 1_790_000_000_000L;

  private static final Phone PHONE = new Phone("s-1", 80);

  private final LastKnown known = memory(100);
  private long seq;

  private static LastKnown memory(int capacity) {
    return new LastKnown(
        new PingJudge(new PingCheck(PingCheckTest.LIMITS), 3, place -> false), capacity);
  }

  private Reading at(double secondsFromNow, double northMetres) {
    return at(secondsFromNow, MIDDLE.offsetMetres(northMetres, 0));
  }

  private Reading at(double secondsFromNow, GeoPoint place) {
    long millis = NOW + (long) (secondsFromNow * 1000);
    return new Reading(0, ++seq, RiderIndex.rounded(place), millis, 5, 4, false);
  }

  /** Received a second after the last reading; whether each was taken. */
  private List<Boolean> take(LastKnown memory, String riderId, List<Reading> readings) {
    long last = readings.stream().mapToLong(Reading::at).max().orElseThrow();
    return memory.take(riderId, PHONE, readings, last + 1_000).stream()
        .map(judgement -> judgement.rejection() == null)
        .toList();
  }

  private List<Boolean> take(String riderId, List<Reading> readings) {
    return take(known, riderId, readings);
  }

  @Test
  void newestReadingWinsInWhateverOrderTheyCome() {
    assertThat(take("r-1", List.of(at(10, 40)))).containsExactly(true);
    assertThat(take("r-1", List.of(at(0, 0), at(5, 20)))).containsExactly(true, true);
    assertThat(known.find("r-1").place()).isEqualTo(at(10, 40).place());
    take("r-1", List.of(at(15, 60)));
    assertThat(known.find("r-1").at()).isEqualTo(NOW + 15_000);
  }

  @Test
  void aTeleportMovesNobody() {
    take("r-1", List.of(at(0, 0)));
    assertThat(take("r-1", List.of(at(5, 3_000), at(10, 40)))).containsExactly(false, true);
    assertThat(known.find("r-1").place()).isEqualTo(at(10, 40).place());
  }

  @Test
  void threeReadingsThatAgreeCorrectAWrongOne() {
    take("r-1", List.of(at(0, 9_000)));
    assertThat(take("r-1", List.of(at(5, 0), at(10, 20)))).containsExactly(false, false);
    assertThat(take("r-1", List.of(at(10, 20), at(10, 20))))
        .as("the same again confirms nothing")
        .containsExactly(false, false);
    assertThat(take("r-1", List.of(at(15, 40)))).containsExactly(true);
    assertThat(known.find("r-1").place()).isEqualTo(at(15, 40).place());
  }

  @Test
  void jumpsThatContradictEachOtherAreNeverBelieved() {
    take("r-1", List.of(at(0, 0)));
    for (int i = 1; i < 10; i++) {
      assertThat(take("r-1", List.of(at(i, i % 2 == 0 ? 5_000 : -5_000)))).containsExactly(false);
    }
    assertThat(known.find("r-1").place()).isEqualTo(RiderIndex.rounded(MIDDLE));
  }

  @Test
  void aBatchSentAgainChangesNothing() {
    List<Reading> batch = IntStream.range(0, 10).mapToObj(i -> at(i * 5, i * 20)).toList();
    List<Boolean> first = take("r-1", batch);
    assertThat(first).doesNotContain(false);
    known.drainUnwritten(10);
    assertThat(take("r-1", batch)).isEqualTo(first);
    assertThat(known.hasUnwritten()).isFalse();
  }

  @Test
  void aFloodOfOneRiderWaitsAsOneReading() {
    for (int i = 0; i < 1_000; i++) {
      take("r-1", List.of(at(i, i)));
    }
    assertThat(known.waiting()).isEqualTo(1);
    List<LastKnown.Unwritten> batch = known.drainUnwritten(10);
    assertThat(batch).hasSize(1);
    assertThat(batch.get(0).fix().at()).isEqualTo(NOW + 999_000);
    assertThat(known.drainUnsampled(10)).hasSize(1);
  }

  @Test
  void memoryIsBoundedAndTheOneNotHeardOfForLongestGoes() {
    for (int i = 0; i < 150; i++) {
      take("r-" + i, List.of(at(0, 0)));
      take("r-0", List.of(at(i + 1, 0)));
    }
    assertThat(known.size()).isEqualTo(100);
    assertThat(known.find("r-0")).isNotNull();
    assertThat(known.find("r-1")).isNull();
    assertThat(known.find("r-149")).isNotNull();
    assertThat(known.dropped()).isEqualTo(50);
    assertThat(known.drainUnwritten(1_000)).hasSize(100);
  }

  @Test
  void whatCouldNotBeWrittenWaitsAgainUnlessNewerAlreadyDoes() {
    take("r-1", List.of(at(0, 0)));
    take("r-2", List.of(at(0, 0)));
    List<LastKnown.Unwritten> batch = known.drainUnwritten(10);
    take("r-1", List.of(at(5, 20)));
    batch.forEach(known::notWritten);
    List<LastKnown.Unwritten> again = known.drainUnwritten(10);
    assertThat(again).extracting(item -> item.fix().riderId()).containsExactly("r-1", "r-2");
    assertThat(again.get(0).fix().at()).isEqualTo(NOW + 5_000);
    assertThat(again).allMatch(item -> item.writtenCell() == LastKnown.CELL_UNKNOWN);
  }

  @Test
  void whatRedisHadIsLearntOnlyWhenNewer() {
    take("r-1", List.of(at(10, 40)));
    known.learn(new Fix("r-1", MIDDLE, NOW, 100, null), 7);
    assertThat(known.find("r-1").at()).isEqualTo(NOW + 10_000);
    known.learn(new Fix("r-1", MIDDLE, NOW + 20_000, 100, null), 7);
    assertThat(known.find("r-1").at()).isEqualTo(NOW + 20_000);
    known.learn(new Fix("r-2", MIDDLE, NOW, 100, null), 7);
    assertThat(known.find("r-2")).isNotNull();
  }

  @Test
  void expiredRidersAreForgotten() {
    take("r-1", List.of(at(0, 0)));
    take("r-2", List.of(at(10, 0)));
    known.forgetBefore(NOW + 5_000);
    assertThat(known.find("r-1")).isNull();
    assertThat(known.find("r-2")).isNotNull();
    assertThat(known.drainUnwritten(10)).hasSize(1);
  }

  @Test
  void nearestFromMemoryAgreeWithBruteForce() {
    Random random = new Random(5);
    LastKnown many = memory(10_000);
    List<Fix> all =
        IntStream.range(0, 3_000)
            .mapToObj(
                i ->
                    new Fix(
                        "r-" + i,
                        RiderIndex.rounded(
                            MIDDLE.offsetMetres(
                                random.nextDouble() * 8_000 - 4_000,
                                random.nextDouble() * 8_000 - 4_000)),
                        NOW - random.nextInt(100_000),
                        100,
                        null))
            .toList();
    all.forEach(
        fix -> take(many, fix.riderId(), List.of(at((fix.at() - NOW) / 1000.0, fix.place()))));
    for (int round = 0; round < 50; round++) {
      GeoPoint centre =
          MIDDLE.offsetMetres(
              random.nextDouble() * 8_000 - 4_000, random.nextDouble() * 8_000 - 4_000);
      double radius = 100 + random.nextDouble() * 3_000;
      List<String> expected =
          all.stream()
              .filter(fix -> fix.at() >= NOW - 50_000)
              .map(fix -> new NearFix(fix, centre.metresTo(fix.place())))
              .filter(near -> near.metres() <= radius)
              .sorted(RiderIndex.NEAREST_FIRST)
              .limit(20)
              .map(near -> near.fix().riderId())
              .toList();
      assertThat(many.near(centre, radius, 20, NOW - 50_000))
          .as("seed 5, round %d", round)
          .extracting(near -> near.fix().riderId())
          .isEqualTo(expected);
    }
  }
}

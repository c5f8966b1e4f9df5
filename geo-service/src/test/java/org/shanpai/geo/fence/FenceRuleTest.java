package org.shanpai.geo.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.position.Sighting;

class FenceRuleTest {

  private static final GeoPoint STORE = new GeoPoint(31.23, 121.47);
  private static final FenceRule RULE = new FenceRule(100, 3, 60, 65, 180_000);

  private static Sighting at(long seconds, double metres) {
    return new Sighting(STORE.offsetMetres(metres, 0), seconds * 1_000, 8, 95);
  }

  private static FenceRule.Proof find(Sighting... sightings) {
    List<Sighting> usable = Arrays.stream(sightings).filter(RULE::usable).toList();
    return RULE.find(usable, 0, STORE, 0, Long.MAX_VALUE);
  }

  @Test
  void threeInARowProveItFromTheFirst() {
    assertThat(find(at(0, 300), at(5, 90), at(10, 60), at(15, 20), at(20, 5)))
        .isEqualTo(new FenceRule.Proof(5_000, 90, 20, 3, 95));
    assertThat(find(at(0, 90), at(5, 60))).isNull();
  }

  @Test
  void aBelievedReadingElsewhereBeginsTheRowAnew() {
    assertThat(find(at(0, 90), at(5, 60), at(10, 140), at(15, 90), at(20, 50))).isNull();
    assertThat(find(at(0, 90), at(5, 60), at(10, 140), at(15, 90), at(20, 50), at(25, 40)).at())
        .isEqualTo(15_000);
  }

  @Test
  void whatIsNotBelievedOrNotAccurateCountsNeitherForNorAgainst() {
    Sighting vague = new Sighting(STORE, 1_000, 150, 100);
    Sighting mocked = new Sighting(STORE, 2_000, 5, 20);
    Sighting vagueElsewhere = new Sighting(STORE.offsetMetres(400, 0), 7_000, 150, 100);
    assertThat(find(vague, mocked, at(5, 60), at(10, 50))).isNull();
    assertThat(find(at(5, 60), vagueElsewhere, at(10, 50), at(15, 40)).at()).isEqualTo(5_000);
  }

  @Test
  void oneReadingThriceIsOneReadingAndSilenceBreaksTheRow() {
    assertThat(find(at(5, 60), at(5, 60), at(5, 61))).isNull();
    assertThat(find(at(0, 60), at(5, 60), at(600, 60))).isNull();
    assertThat(find(at(0, 60), at(5, 60), at(600, 60), at(605, 60), at(610, 60)).at())
        .isEqualTo(600_000);
  }

  @Test
  void readingsOutsideTheTimeDoNotCount() {
    List<Sighting> row = List.of(at(0, 10), at(5, 10), at(10, 10), at(15, 10), at(20, 10));
    assertThat(RULE.find(row, 0, STORE, 5_000, Long.MAX_VALUE).at()).isEqualTo(5_000);
    assertThat(RULE.find(row, 0, STORE, 10_000, 19_000)).isNull();
  }

  @Test
  void theFirstRowFoundIsTheFirstThatIsAndNoneIsOverlooked() {
    Random random = new Random(20261122);
    for (int round = 0; round < 2_000; round++) {
      List<Sighting> row = new ArrayList<>();
      long at = 0;
      for (int i = 0; i < 20; i++) {
        at += 1 + random.nextInt(100);
        row.add(at(at, random.nextInt(3) == 0 ? 150 : random.nextInt(95)));
      }
      Long expected = null;
      for (int i = 0; i + 2 < row.size() && expected == null; i++) {
        boolean all = true;
        for (int j = i; j < i + 3; j++) {
          all &= row.get(j).place().metresTo(STORE) <= 100;
          all &= j == i || row.get(j).at() - row.get(j - 1).at() <= 180_000;
        }
        expected = all ? row.get(i).at() : null;
      }
      FenceRule.Proof proof = RULE.find(row, 0, STORE, 0, Long.MAX_VALUE);
      assertThat(proof == null ? null : (Long) proof.at())
          .as("round %d", round)
          .isEqualTo(expected);
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefusedByName() {
    assertThatThrownBy(() -> new FenceRule(0, 3, 60, 65, 1))
        .hasMessageContaining("shanpai.geo.fence.radius-metres");
    assertThatThrownBy(() -> new FenceRule(100, 0, 60, 65, 1))
        .hasMessageContaining("shanpai.geo.fence.readings");
  }
}

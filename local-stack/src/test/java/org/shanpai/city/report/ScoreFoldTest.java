package org.shanpai.city.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The worked examples of the rules, reckoned on the city's own paper. */
class ScoreFoldTest {

  private static final LocalDate DAY = LocalDate.parse("2026-11-24");
  private static final int NO_NEWCOMER = 500;

  private final List<ScoreFold.Row> ledger = new ArrayList<>();
  private int orders;

  private String order(LocalDate day, String rule, int points) {
    String id = "o-" + ++orders;
    row(day, id, rule, points, null);
    return id;
  }

  private String row(LocalDate day, String order, String rule, int points, String takesBack) {
    String entry = "se-" + ledger.size();
    ledger.add(
        new ScoreFold.Row(
            entry,
            order,
            order,
            rule,
            rule.substring(0, 2),
            1,
            points,
            day,
            Instant.parse(day + "T03:00:00Z").plusSeconds(orders),
            null,
            takesBack));
    return entry;
  }

  private void smooth(int count) {
    for (int i = 0; i < count; i++) {
      order(DAY, "SM1", 100);
    }
  }

  private int score() {
    return ScoreFold.score(ledger, NO_NEWCOMER, DAY, Set.of());
  }

  @Test
  void fifteenSmoothOrdersMakeSeventyOneAndAHalf() {
    smooth(15);
    assertThat(score()).isEqualTo(71_500);
  }

  @Test
  void gainsCountUpToThirtyOfTheNewestThreeHundred() {
    smooth(300);
    order(DAY, "OT2", -2_000);
    assertThat(score()).isEqualTo(97_900);
  }

  @Test
  void aDayOfLatenessTakesSixAtMostAndOtherLossesComeOnTop() {
    for (int i = 0; i < 4; i++) {
      order(DAY, "OT2", -2_000);
    }
    order(DAY, "CX1", -2_000);
    assertThat(score()).isEqualTo(62_000);
    row(DAY, "o-1", "OT2", 2_000, "se-0");
    row(DAY, "o-1", "SM1", 100, null);
    assertThat(score()).isEqualTo(62_100);
  }

  @Test
  void anOrderLosesFourAtMost() {
    String order = order(DAY, "OT2", -2_000);
    row(DAY, order, "CX3", -3_000, null);
    assertThat(score()).isEqualTo(66_000);
  }

  @Test
  void newcomersLoseNothingForTheirFirstThreeLateOrders() {
    for (int i = 0; i < 4; i++) {
      order(DAY, "OT1", -1_000);
    }
    assertThat(ScoreFold.score(ledger, 0, DAY, Set.of())).isEqualTo(69_000);
    assertThat(ScoreFold.score(ledger, 98, DAY, Set.of())).isEqualTo(68_000);
    assertThat(score()).isEqualTo(66_000);
  }

  @Test
  void rowsUnderAppealCountInTheScoreAndNotInTheLevel() {
    order(DAY, "OT2", -2_000);
    assertThat(score()).isEqualTo(68_000);
    assertThat(ScoreFold.score(ledger, NO_NEWCOMER, DAY, Set.of("se-0"))).isEqualTo(70_000);
  }

  @Test
  void oldRowsAreForgottenAndSevereOnesSooner() {
    order(DAY.minusDays(60), "OT2", -2_000);
    order(DAY.minusDays(31), "SV1", -10_000);
    assertThat(score()).isEqualTo(68_000);
    order(DAY.minusDays(61), "OT2", -2_000);
    order(DAY.minusDays(30), "SV2", -20_000);
    assertThat(score()).isEqualTo(48_000);
  }

  @Test
  void theOrderOfRowsChangesNothing() {
    Random random = new Random(7);
    for (int i = 0; i < 120; i++) {
      boolean late = random.nextInt(5) == 0;
      order(DAY.minusDays(random.nextInt(3)), late ? "OT2" : "SM1", late ? -2_000 : 100);
    }
    int expected = score();
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(ledger, random);
      assertThat(score()).isEqualTo(expected);
    }
  }
}

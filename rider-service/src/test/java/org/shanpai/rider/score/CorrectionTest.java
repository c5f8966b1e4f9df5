package org.shanpai.rider.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.shanpai.rider.score.LedgerFixture.NOON;
import static org.shanpai.rider.score.LedgerFixture.date;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CorrectionTest {

  @Test
  void fiveMinutesCorrectedToMoreIsAReversalAndTheNextRevision() {
    LedgerFixture ledger = new LedgerFixture().deliver("o", NOON, 200).deliver("o", NOON, 400);
    assertThat(ledger.lines())
        .extracting(ScoreLine::rule, ScoreLine::revision, ScoreLine::milliPoints)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("OT1", 1, -1_000),
            org.assertj.core.groups.Tuple.tuple("OT1", 2, 1_000),
            org.assertj.core.groups.Tuple.tuple("OT2", 3, -2_000));
    assertThat(ledger.veteranPoints(date(NOON))).isEqualTo(68.0);
  }

  @Test
  void anExemptionFoundLaterGivesThreeRowsAndATenthMore() {
    LedgerFixture ledger = new LedgerFixture().deliver("o", NOON, 400).deliver("o", NOON, 0);
    assertThat(ledger.lines()).hasSize(3);
    assertThat(ledger.veteranPoints(date(NOON))).isEqualTo(70.1);
  }

  @Test
  void whateverIsCorrectedOneRowStandsAndNoKeyComesTwice() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      LedgerFixture ledger = new LedgerFixture();
      long late = 0;
      for (int i = 0; i < 10; i++) {
        late = random.nextInt(900) - 300;
        ledger.deliver("o", NOON, late);
      }
      List<ScoreLine> standing = ServiceScore.standing(ledger.lines());
      assertThat(standing).as("seed %d", seed).hasSize(1);
      assertThat(standing.get(0).rule())
          .as("seed %d", seed)
          .isEqualTo(late <= 0 ? "SM1" : late <= 300 ? "OT1" : "OT2");
      Set<String> keys = new HashSet<>();
      ledger.lines().forEach(line -> keys.add(line.group() + "/" + line.revision()));
      assertThat(keys).as("seed %d", seed).hasSameSizeAs(ledger.lines());
    }
  }
}

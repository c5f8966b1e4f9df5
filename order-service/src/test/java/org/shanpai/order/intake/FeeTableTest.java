package org.shanpai.order.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeeTableTest {

  private final FeeTable table = new FeeTable(400, 1000, 500, 60, 300);

  @ParameterizedTest(name = "{0} m direct={1} costs {2} fen")
  @CsvSource({
    "0, false, 400",
    "1000, false, 400",
    "1001, false, 460",
    "1500, false, 460",
    "1501, false, 520",
    "3000, false, 640",
    "3000, true, 940",
    "0, true, 700",
  })
  void everyBegunStepBeyondTheBaseIsPaid(int metres, boolean direct, long fen) {
    assertThat(table.fee(metres, direct).fen()).isEqualTo(fen);
  }

  @Test
  void fartherNeverCostsLess() {
    long before = 0;
    for (int metres = 0; metres < 60_000; metres += 37) {
      long fee = table.fee(metres, false).fen();
      assertThat(fee).as("%d m", metres).isGreaterThanOrEqualTo(before);
      before = fee;
    }
  }

  @Test
  void stepOfNoLengthIsRefused() {
    assertThatThrownBy(() -> new FeeTable(400, 1000, 0, 60, 300))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("every 0 costs 60 fen");
  }
}

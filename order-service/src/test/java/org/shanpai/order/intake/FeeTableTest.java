package org.shanpai.order.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.order.orders.FeeParts;
import org.shanpai.order.orders.PromiseTier;

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

  private static final LocalTime NOON = LocalTime.of(12, 0);

  private final FeeTable whole =
      new FeeTable(
          400,
          1000,
          new FeeTable.Steps(500, 60),
          Map.of(PromiseTier.DIRECT, 300L, PromiseTier.MEMBER, 100L),
          5_000,
          new FeeTable.Steps(1_000, 50),
          List.of(
              new TimeSurcharge(LocalTime.of(22, 0), LocalTime.of(6, 0), 200),
              new TimeSurcharge(LocalTime.of(11, 0), LocalTime.of(13, 30), 100),
              new TimeSurcharge(LocalTime.of(12, 30), LocalTime.of(13, 0), 150)),
          Map.of(WeatherAlert.Level.YELLOW, 100L, WeatherAlert.Level.ORANGE, 200L));

  @ParameterizedTest(name = "{0} g: {1} fen")
  @CsvSource({"0, 0", "5000, 0", "5001, 50", "6000, 50", "6001, 100", "24000, 950"})
  void everyBegunKiloAboveWhatIsFreeIsPaid(long grams, long fen) {
    assertThat(
            whole
                .parts(0, grams, PromiseTier.STANDARD, NOON.minusHours(2), WeatherAlert.Level.NONE)
                .weightFen())
        .isEqualTo(fen);
  }

  @ParameterizedTest(name = "{0}: {1} fen")
  @CsvSource({
    "21:59, 0",
    "22:00, 200",
    "00:00, 200",
    "05:59, 200",
    "06:00, 0",
    "11:00, 100",
    "12:30, 150",
    "13:00, 100",
    "13:30, 0",
  })
  void ofTheTimesOfDayThatHoldTheHighestIsPaid(LocalTime at, long fen) {
    assertThat(whole.parts(0, 0, PromiseTier.STANDARD, at, WeatherAlert.Level.NONE).timeFen())
        .isEqualTo(fen);
  }

  @Test
  void theFeeIsTheSumOfItsParts() {
    FeeParts parts = whole.parts(1_501, 5_001, PromiseTier.MEMBER, NOON, WeatherAlert.Level.ORANGE);
    assertThat(parts).isEqualTo(new FeeParts(400, 120, 50, 100, 100, 200));
    assertThat(parts.sumFen()).isEqualTo(970);
  }

  @Test
  void nothingIsEverTakenOff() {
    assertThatThrownBy(() -> new TimeSurcharge(NOON, NOON.plusHours(1), -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1 fen");
    assertThatThrownBy(
            () ->
                new FeeTable(
                    400,
                    1000,
                    new FeeTable.Steps(500, 60),
                    Map.of(PromiseTier.MEMBER, -5L),
                    0,
                    new FeeTable.Steps(1, 0),
                    List.of(),
                    Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MEMBER");
  }
}

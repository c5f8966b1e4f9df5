package org.shanpai.order.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What merchants may rely on, by example. A rider carries 24 kg, 80 pieces, 48 l. */
class PackingTest {

  static final BoxRule RULE = new BoxRule(new Room(3_000, 10, 6_000), 8, 4, 6);

  private final Packing packing = new Packing(RULE);

  private static Line line(int quantity, long grams, String... needs) {
    return new Line(quantity, grams, 0, Set.of(needs));
  }

  @Test
  void aSmallOrderIsOneBoxOfOneRider() {
    List<Load> loads = packing.pack(List.of(line(2, 1_050), line(1, 300)));
    assertThat(loads).hasSize(1);
    assertThat(loads.get(0).units()).isEqualTo(1);
    assertThat(loads.get(0).grams()).isEqualTo(2_400);
    assertThat(loads.get(0).boxes())
        .containsExactly(
            new Box(
                1,
                Climate.ORDINARY,
                1,
                2_400,
                List.of(new Box.Content(0, 2), new Box.Content(1, 1))));
  }

  @Test
  void iceCreamAndSoupShareARiderButNeverABox() {
    List<Load> loads =
        packing.pack(List.of(line(1, 500, "COLD_BOX"), line(1, 500, "HOT_BOX"), line(1, 500)));
    assertThat(loads).hasSize(1);
    assertThat(loads.get(0).boxes())
        .extracting(Box::climate)
        .containsExactly(Climate.ORDINARY, Climate.COLD, Climate.HOT);
    assertThat(loads.get(0).boxes()).extracting(Box::number).containsExactly(1, 2, 3);
  }

  @Test
  void moreThanOneLoadIsSplitAndTheLargestLeads() {
    List<Load> loads = packing.pack(List.of(line(3, 11_000)));
    assertThat(loads).hasSize(2);
    assertThat(loads).extracting(Load::grams).containsExactly(22_000L, 11_000L);
    assertThat(loads).extracting(Load::units).containsExactly(8, 4);
    assertThat(loads.get(0).boxes()).hasSize(2);
  }

  @Test
  void coldGoodsGoWithOneRiderWhereThatNeedsNoFurtherRider() {
    List<Load> loads =
        packing.pack(
            List.of(line(2, 9_000), line(2, 9_000, "COLD_BOX"), line(1, 4_000, "COLD_BOX")));
    assertThat(loads).hasSize(2);
    for (Load load : loads) {
      assertThat(load.boxes().stream().map(Box::climate).distinct()).hasSize(1);
    }
  }

  @Test
  void volumeSplitsWhatWeighsNothing() {
    assertThat(packing.pack(List.of(new Line(5, 100, 20_000, Set.of())))).hasSize(3);
  }

  @Test
  void aPieceLargerThanABoxRidesInOneOfItsOwn() {
    Load load = packing.pack(List.of(line(1, 18_000), line(1, 1_000))).get(0);
    assertThat(load.boxes()).extracting(Box::grams).containsExactly(18_000L, 1_000L);
  }

  @Test
  void whatExactlyFillsARiderNeedsNoSecond() {
    // First fit puts 8 beside 8 and needs three riders; 8 + 16 twice needs two.
    List<Load> loads = packing.pack(List.of(line(2, 8_000), line(2, 16_000)));
    assertThat(loads).extracting(Load::grams).containsExactly(24_000L, 24_000L);
  }

  @Test
  void onePieceTooBigForAnyRiderIsNamed() {
    Unpackable refused =
        catchThrowableOfType(
            Unpackable.class,
            () -> packing.pack(List.of(line(1, 1), line(1, 2), line(1, 3), line(1, 24_001))));
    assertThat(refused.reason()).isEqualTo(Unpackable.Reason.PIECE_TOO_BIG);
    assertThat(refused.field()).isEqualTo("items[3]");
    assertThat(refused).hasMessageContaining("9 units").hasMessageContaining("has 8");
  }

  @Test
  void oneLineThatWantsToBeColdAndHotIsNamed() {
    Unpackable refused =
        catchThrowableOfType(
            Unpackable.class,
            () -> packing.pack(List.of(line(1, 1), line(1, 2, "COLD_BOX", "HOT_BOX"))));
    assertThat(refused.field()).isEqualTo("items[1].needs");
  }

  @Test
  void moreRidersThanAllowedIsRefusedBeforeAnythingIsPacked() {
    Unpackable refused =
        catchThrowableOfType(Unpackable.class, () -> packing.pack(List.of(line(999_999_999, 1))));
    assertThat(refused.reason()).isEqualTo(Unpackable.Reason.TOO_MANY_LOADS);
    assertThat(refused).hasMessageContaining("at most 6");
    // By weight six would do; but two of these never share a rider.
    assertThat(
            catchThrowableOfType(Unpackable.class, () -> packing.pack(List.of(line(7, 12_001))))
                .getMessage())
        .contains("7 riders");
  }
}

package org.shanpai.order.box;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds of every order. */
class PackingPropertyTest {

  private static final int ORDERS = 3_000;
  private static final BoxRule RULE = new BoxRule(new Room(3_000, 10, 6_000), 8, 4, 60);
  private static final List<Set<String>> NEEDS =
      List.of(Set.of(), Set.of(), Set.of("COLD_BOX"), Set.of("HOT_BOX"), Set.of("CARGO_RACK"));

  private final Packing packing = new Packing(RULE);

  private static List<Line> order(Random random) {
    List<Line> lines = new ArrayList<>();
    int most = random.nextBoolean() ? 3 : 12;
    int heaviest = random.nextBoolean() ? 24_000 : 6_000;
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      lines.add(
          new Line(
              1 + random.nextInt(random.nextInt(5) == 0 ? 90 : 4),
              random.nextInt(heaviest + 1),
              random.nextInt(3) == 0 ? random.nextInt(48_001) : random.nextInt(3_000),
              NEEDS.get(random.nextInt(NEEDS.size()))));
    }
    return lines;
  }

  private static List<Room> pieces(List<Line> lines) {
    List<Room> pieces = new ArrayList<>();
    for (Line line : lines) {
      for (int i = 0; i < line.quantity(); i++) {
        pieces.add(line.piece());
      }
    }
    return pieces;
  }

  private List<Load> packed(List<Line> lines) {
    try {
      return packing.pack(lines);
    } catch (Unpackable tooMany) {
      assertThat(tooMany.reason()).isEqualTo(Unpackable.Reason.TOO_MANY_LOADS);
      return null;
    }
  }

  @Test
  void nothingIsLostNothingIsDoubledAndNoBoxOrRiderIsOverfull() {
    Random random = new Random(1);
    int packedOrders = 0;
    for (int n = 0; n < ORDERS; n++) {
      List<Line> lines = order(random);
      List<Load> loads = packed(lines);
      if (loads == null) {
        continue;
      }
      packedOrders++;
      int[] left = lines.stream().mapToInt(Line::quantity).toArray();
      Set<Integer> numbers = new HashSet<>();
      for (Load load : loads) {
        Room whole = Room.NONE;
        for (Box box : load.boxes()) {
          assertThat(numbers.add(box.number())).as("box %d once", box.number()).isTrue();
          Room inBox = Room.NONE;
          int piecesInBox = 0;
          for (Box.Content content : box.contents()) {
            Line line = lines.get(content.item());
            left[content.item()] -= content.quantity();
            piecesInBox += content.quantity();
            inBox = inBox.plus(line.piece().times(content.quantity()));
            assertThat(Climate.of(line.needs())).isEqualTo(box.climate());
          }
          assertThat(inBox.fits(RULE.box()) || piecesInBox == 1).as("%s", box).isTrue();
          assertThat(box.grams()).isEqualTo(inBox.grams());
          assertThat(box.units()).isEqualTo((int) inBox.units(RULE.unit()));
          whole = whole.plus(inBox);
        }
        assertThat(whole.fits(RULE.load())).as("%s", load).isTrue();
        assertThat(load.grams()).isEqualTo(whole.grams());
        assertThat(load.units()).isEqualTo((int) whole.units(RULE.unit())).isBetween(1, 8);
        assertThat(load.quantities().values().stream().mapToLong(q -> q).sum())
            .isEqualTo(whole.pieces());
      }
      assertThat(left).as("order %d", n).containsOnly(0);
      assertThat(numbers).hasSize(numbers.stream().mapToInt(i -> i).max().orElse(0));
    }
    assertThat(packedOrders).isGreaterThan(ORDERS / 2);
  }

  @Test
  void firstFitIsNeverBetterAndTheLowerBoundIsNear() {
    Random random = new Random(2);
    int loads = 0;
    int bounds = 0;
    int firstFits = 0;
    for (int n = 0; n < ORDERS; n++) {
      List<Line> lines = order(random);
      List<Load> own = packed(lines);
      if (own == null) {
        continue;
      }
      BinPacking plain = new BinPacking(pieces(lines), RULE.load());
      int firstFit = BinPacking.bins(plain.firstFit());
      assertThat(own.size()).as("order %d", n).isBetween(plain.atLeast(), firstFit);
      loads += own.size();
      bounds += plain.atLeast();
      firstFits += firstFit;
    }
    assertThat((double) loads / bounds).isLessThan(1.05);
    // Else all the trouble were for nothing.
    assertThat((double) loads / firstFits).isLessThan(0.99);
  }

  @Test
  void theLowerBoundNeverExceedsTheBestThereIs() {
    Random random = new Random(3);
    Room bin = new Room(10, 100, 10);
    for (int n = 0; n < 500; n++) {
      List<Room> pieces = new ArrayList<>();
      for (int i = 1 + random.nextInt(7); i > 0; i--) {
        pieces.add(new Room(random.nextInt(11), 1, random.nextInt(11)));
      }
      int best = best(pieces, bin, new ArrayList<>(), 0);
      BinPacking packing = new BinPacking(pieces, bin);
      assertThat(packing.atLeast()).as("%s", pieces).isLessThanOrEqualTo(best);
      assertThat(BinPacking.bins(packing.pack())).as("%s", pieces).isEqualTo(best);
    }
  }

  /** Every way there is. */
  private static int best(List<Room> pieces, Room bin, List<Room> bins, int next) {
    if (next == pieces.size()) {
      return bins.size();
    }
    int best = Integer.MAX_VALUE;
    for (int i = 0; i < bins.size(); i++) {
      Room before = bins.get(i);
      Room with = before.plus(pieces.get(next));
      if (with.fits(bin)) {
        bins.set(i, with);
        best = Math.min(best, best(pieces, bin, bins, next + 1));
        bins.set(i, before);
      }
    }
    bins.add(pieces.get(next));
    best = Math.min(best, best(pieces, bin, bins, next + 1));
    bins.remove(bins.size() - 1);
    return best;
  }

  @Test
  void theSameOrderIsPackedTheSameWay() {
    Random random = new Random(4);
    for (int n = 0; n < 200; n++) {
      List<Line> lines = order(random);
      assertThat(packed(lines)).isEqualTo(packed(lines));
    }
  }
}

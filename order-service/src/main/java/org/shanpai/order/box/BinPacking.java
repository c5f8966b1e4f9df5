package org.shanpai.order.box;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Distributes pieces over as few equal bins as it can find, in all measures at once. The same
 * pieces in the same order always give the same bins.
 *
 * <p>First fit in the order given, then best fit and first fit by several decreasing orders; the
 * fewest bins win. Where that is still above {@link #atLeast}, a search over a bounded number of
 * steps tries to save a bin.
 */
final class BinPacking {

  private static final int SEARCH_STEPS = 20_000;

  private final List<Room> pieces;
  private final Room bin;

  /**
   * @param pieces each fits a bin alone
   */
  BinPacking(List<Room> pieces, Room bin) {
    this.pieces = pieces;
    this.bin = bin;
  }

  /** The bin of each piece: numbers from 0, none skipped. */
  int[] pack() {
    int least = atLeast();
    int[] best = firstFit();
    for (Comparator<Room> size : sizes()) {
      Integer[] order = decreasing(size);
      for (boolean bestFit : new boolean[] {true, false}) {
        if (bins(best) == least) {
          return best;
        }
        int[] other = fit(order, bestFit);
        best = bins(other) < bins(best) ? other : best;
      }
    }
    while (bins(best) > least) {
      int[] fewer = new Search(decreasing(sizes().get(0)), bins(best) - 1).found();
      if (fewer == null) {
        return best;
      }
      best = fewer;
    }
    return best;
  }

  /** The simplest way: each piece into the first bin that has room for it. */
  int[] firstFit() {
    return fit(IntStream.range(0, pieces.size()).boxed().toArray(Integer[]::new), false);
  }

  /**
   * No way of packing needs fewer bins. By sums, and by pieces too large to share a bin (Martello
   * and Toth's second bound, in each measure).
   */
  int atLeast() {
    long least = pieces.stream().reduce(Room.NONE, Room::plus).units(bin);
    least = Math.max(least, bound(pieces.stream().mapToLong(Room::grams).toArray(), bin.grams()));
    least =
        Math.max(least, bound(pieces.stream().mapToLong(Room::cubicCm).toArray(), bin.cubicCm()));
    return (int) least;
  }

  private static long bound(long[] sizes, long capacity) {
    long least = 0;
    for (long threshold :
        Arrays.stream(sizes).distinct().filter(s -> 2 * s <= capacity).toArray()) {
      long large = 0;
      long middle = 0;
      long middleSum = 0;
      long smallSum = 0;
      for (long size : sizes) {
        if (size > capacity - threshold) {
          large++;
        } else if (2 * size > capacity) {
          middle++;
          middleSum += size;
        } else if (size >= threshold) {
          smallSum += size;
        }
      }
      long besides = Math.max(0, smallSum - (middle * capacity - middleSum));
      least = Math.max(least, large + middle + Room.ceil(besides, capacity));
    }
    return Math.max(least, Arrays.stream(sizes).filter(size -> 2 * size > capacity).count());
  }

  private List<Comparator<Room>> sizes() {
    return List.of(
        Comparator.comparingDouble(piece -> piece.share(bin)),
        Comparator.comparingDouble(piece -> piece.shares(bin)),
        Comparator.comparingLong(Room::grams),
        Comparator.comparingLong(Room::cubicCm));
  }

  private Integer[] decreasing(Comparator<Room> size) {
    Comparator<Room> largestFirst = size.reversed();
    return IntStream.range(0, pieces.size())
        .boxed()
        .sorted((a, b) -> largestFirst.compare(pieces.get(a), pieces.get(b)))
        .toArray(Integer[]::new);
  }

  private int[] fit(Integer[] order, boolean bestFit) {
    int[] binOf = new int[pieces.size()];
    List<Room> bins = new ArrayList<>();
    for (int piece : order) {
      int chosen = -1;
      double fullest = -1;
      for (int i = 0; i < bins.size() && (bestFit || chosen < 0); i++) {
        Room with = bins.get(i).plus(pieces.get(piece));
        if (with.fits(bin) && with.shares(bin) > fullest) {
          chosen = i;
          fullest = with.shares(bin);
        }
      }
      if (chosen < 0) {
        chosen = bins.size();
        bins.add(Room.NONE);
      }
      bins.set(chosen, bins.get(chosen).plus(pieces.get(piece)));
      binOf[piece] = chosen;
    }
    return binOf;
  }

  static int bins(int[] binOf) {
    return Arrays.stream(binOf).max().orElse(-1) + 1;
  }

  /** Depth first, the largest piece first; equal pieces never go back to an earlier bin. */
  private final class Search {
    private final Integer[] order;
    private final Room[] filled;
    private final int[] binOf;
    private int steps = SEARCH_STEPS;

    Search(Integer[] order, int bins) {
      this.order = order;
      this.filled = new Room[bins];
      this.binOf = new int[order.length];
      Arrays.fill(filled, Room.NONE);
    }

    /** The bins; null when there is no such way, or none was found in time. */
    int[] found() {
      return place(0) ? binOf : null;
    }

    private boolean place(int depth) {
      if (depth == order.length) {
        return true;
      }
      Room piece = pieces.get(order[depth]);
      boolean again = depth > 0 && pieces.get(order[depth - 1]).equals(piece);
      for (int i = again ? binOf[order[depth - 1]] : 0; i < filled.length; i++) {
        Room with = filled[i].plus(piece);
        if (!with.fits(bin) || seen(i)) {
          continue;
        }
        if (--steps < 0) {
          return false;
        }
        Room before = filled[i];
        filled[i] = with;
        binOf[order[depth]] = i;
        if (place(depth + 1)) {
          return true;
        }
        filled[i] = before;
      }
      return false;
    }

    /** A bin filled like an earlier one would only repeat what failed there. */
    private boolean seen(int bin) {
      for (int i = 0; i < bin; i++) {
        if (filled[i].equals(filled[bin])) {
          return true;
        }
      }
      return false;
    }
  }
}

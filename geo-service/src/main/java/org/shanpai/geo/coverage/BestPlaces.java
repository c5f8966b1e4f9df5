package org.shanpai.geo.coverage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongFunction;

/**
 * The k places that together serve most: each next one is the place that adds most to those before
 * (greedy maximal coverage, never less than 1 − 1/e of the best choice there is, and the best
 * itself for one place).
 *
 * <p>What a place adds only shrinks as others are chosen, so a place is weighed anew only when what
 * it could add at most beats all others (lazy evaluation); where its ways lead is asked only then.
 * Weights are whole numbers: the same demand gives the same places, ties go to the lower cell.
 */
final class BestPlaces {

  /**
   * A place that could be chosen.
   *
   * @param cell names it, and breaks ties
   * @param most no less than all it can reach weighs
   */
  record Candidate(long cell, long most) {}

  /**
   * A chosen place.
   *
   * @param adds what it serves that those before it do not
   * @param serves which demand that is
   */
  record Chosen(long cell, long adds, int[] serves) {}

  private record Entry(long cell, long gain, int weighedAt) {}

  private static final int NEVER = -1;

  private static final Comparator<Entry> BEST_FIRST =
      Comparator.comparingLong(Entry::gain).reversed().thenComparingLong(Entry::cell);

  private final long[] weights;
  private final LongFunction<int[]> reach;
  private final Map<Long, int[]> reached = new HashMap<>();
  private final boolean[] served;

  /**
   * @param weights of each demand, 0 or more
   * @param reach which demands a place reaches; each place is asked for once at most
   */
  BestPlaces(long[] weights, LongFunction<int[]> reach) {
    this.weights = weights;
    this.reach = reach;
    this.served = new boolean[weights.length];
  }

  /** At most k, the first adds most; fewer when nothing is left that a place would add. */
  List<Chosen> choose(List<Candidate> candidates, int k) {
    PriorityQueue<Entry> queue = new PriorityQueue<>(Math.max(1, candidates.size()), BEST_FIRST);
    for (Candidate candidate : candidates) {
      if (candidate.most() > 0) {
        queue.add(new Entry(candidate.cell(), candidate.most(), NEVER));
      }
    }
    List<Chosen> chosen = new ArrayList<>();
    while (chosen.size() < k && !queue.isEmpty()) {
      Entry best = queue.poll();
      if (best.weighedAt() == chosen.size()) {
        int[] serves = unserved(best.cell());
        for (int demand : serves) {
          served[demand] = true;
        }
        chosen.add(new Chosen(best.cell(), best.gain(), serves));
        continue;
      }
      long gain = 0;
      for (int demand : unserved(best.cell())) {
        gain += weights[demand];
      }
      if (gain > 0) {
        queue.add(new Entry(best.cell(), gain, chosen.size()));
      }
    }
    return chosen;
  }

  /** How many places were asked where their ways lead. */
  int weighed() {
    return reached.size();
  }

  private int[] unserved(long cell) {
    int[] all = reached.computeIfAbsent(cell, reach::apply);
    return java.util.Arrays.stream(all).filter(demand -> !served[demand]).toArray();
  }
}

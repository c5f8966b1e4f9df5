package org.shanpai.engine;

import java.util.List;

/**
 * What the wave expects beyond what it knows: possible futures, and what it costs to end a route
 * far from where the next orders will come up.
 *
 * <p>A future is a list of jobs placed after the wave's now. The plan is continued in every future;
 * an offer is made now only when it is also made in enough of them. Nothing in a future is ever
 * decided.
 *
 * @param futures each as likely as the others; empty = decide on what is known
 * @param endPrice by place of {@link TravelTimes}: mc for a route that ends there, not negative;
 *     empty = none
 * @param stepsPerFuture moves tried in each future, 0 or more
 * @param neededPercent share of the futures, 0 to 100, that have to agree with an offer; more than
 *     that share must
 */
public record Foresight(
    List<List<Job>> futures, int[] endPrice, int stepsPerFuture, int neededPercent) {

  /** Nothing is expected. */
  public static final Foresight NONE = new Foresight(List.of(), new int[0], 0, 0);

  public Foresight {
    futures = futures.stream().map(List::copyOf).toList();
    endPrice = endPrice.clone();
    if (stepsPerFuture < 0 || neededPercent < 0 || neededPercent > 100) {
      throw new IllegalArgumentException(
          "foresight out of range: stepsPerFuture %d, neededPercent %d"
              .formatted(stepsPerFuture, neededPercent));
    }
  }

  /** Price of ending at a place, mc; 0 where none is given or the given one is negative. */
  public int endPrice(int place) {
    return place < 0 || place >= endPrice.length ? 0 : Math.max(0, endPrice[place]);
  }
}

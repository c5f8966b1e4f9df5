package org.shanpai.engine.foresight;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.shanpai.engine.Job;
import org.shanpai.engine.TravelTimes;

/**
 * Draws possible futures from the recent past: the next minutes bring as many jobs as the last ones
 * did, from the same shops to the same doors, at other moments. Nothing but what was seen is used.
 */
public final class Futures {

  private Futures() {}

  /**
   * Jobs that may be placed soon.
   *
   * @param recent jobs placed within the window before now, with places of the wave's travel times
   * @param nowMillis city epoch ms
   * @param windowMillis length of the past that {@code recent} covers, above 0
   * @param horizonMillis length of the future to draw, 0 or more
   * @param count number of futures
   * @param seed of the draw
   */
  public static List<List<Job>> drawn(
      List<Job> recent,
      long nowMillis,
      long windowMillis,
      long horizonMillis,
      int count,
      long seed) {
    List<List<Job>> futures = new ArrayList<>(count);
    SplittableRandom random = new SplittableRandom(seed);
    double expected = (double) recent.size() * horizonMillis / windowMillis;
    for (int f = 0; f < count; f++) {
      int jobs = recent.isEmpty() ? 0 : (int) (expected + random.nextDouble());
      List<Job> future = new ArrayList<>(jobs);
      for (int i = 0; i < jobs; i++) {
        Job like = recent.get(random.nextInt(recent.size()));
        long placed = nowMillis + 1 + (long) (random.nextDouble() * horizonMillis);
        future.add(again(like, "future-%d-%d".formatted(f, i), placed));
      }
      futures.add(future);
    }
    return futures;
  }

  private static Job again(Job like, String id, long placed) {
    long later = placed - like.placedMillis();
    return new Job(
        id,
        like.pickup(),
        like.dropoff(),
        like.readyMillis() + later,
        like.promiseEndMillis() + later,
        placed,
        like.pickupServiceSeconds(),
        like.dropoffServiceSeconds(),
        like.loadUnits(),
        like.weightGrams(),
        like.longestCarrySeconds(),
        like.direct(),
        like.needs(),
        like.excludedCouriers(),
        0);
  }

  /**
   * By place, what it costs to end a route there: how much later than ready recent jobs would have
   * been taken by somebody who set out from there when they were placed, on average, times a price.
   *
   * @param mcPerSecond price of a second of that delay
   */
  public static int[] endPrices(List<Job> recent, TravelTimes times, int mcPerSecond) {
    int[] prices = new int[times.places()];
    if (recent.isEmpty() || mcPerSecond == 0) {
      return prices;
    }
    for (int place = 0; place < prices.length; place++) {
      long sum = 0;
      for (Job job : recent) {
        long notice = Math.max(0, (job.readyMillis() - job.placedMillis()) / 1000);
        long ride = Math.min(times.seconds(place, job.pickup()), TravelTimes.LONGEST_LEG_SECONDS);
        sum += Math.max(0, ride - notice);
      }
      prices[place] = (int) Math.min(Integer.MAX_VALUE, sum * mcPerSecond / recent.size());
    }
    return prices;
  }
}

package org.shanpai.stack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which server is killed when: each of them once, in a seeded order, spread over a stretch of a
 * run.
 */
public final class FaultPlan {

  /**
   * @param share of the run's orders that are placed before the kill, 0–1
   */
  public record Kill(String server, double share) {}

  private FaultPlan() {}

  /**
   * One kill for each server, the first after a tenth of the orders and the last before nine
   * tenths, so that each strikes a city at work.
   */
  public static List<Kill> of(List<String> servers, long seed) {
    Random random = Chance.of(seed, "faults");
    List<String> order = new ArrayList<>(servers);
    Collections.shuffle(order, random);
    List<Kill> kills = new ArrayList<>();
    double slot = 0.8 / order.size();
    for (int i = 0; i < order.size(); i++) {
      double within = 0.5 * random.nextDouble();
      kills.add(new Kill(order.get(i), 0.1 + slot * (i + within)));
    }
    return kills;
  }
}

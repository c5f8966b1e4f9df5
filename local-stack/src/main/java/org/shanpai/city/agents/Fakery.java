package org.shanpai.city.agents;

import java.util.List;
import java.util.Random;
import org.shanpai.city.plan.Store;
import org.shanpai.city.streets.Spot;

/**
 * How a rider who cheats fakes where they are: every quarter of an hour or so the phone claims for
 * a minute or two to be at a store far off. Some do it with an app that the phone gives away, some
 * do not. Used from the rider's steps only.
 */
final class Fakery {

  private static final double PER_NOTE = 10 / 900.0;
  private static final long LEAST_MILLIS = 60_000;
  private static final int SPAN_MILLIS = 60_000;
  private static final double LEAST_METRES = 600;

  /**
   * A faked place.
   *
   * @param mock whether the phone says so
   */
  record Faked(Spot spot, boolean mock) {}

  private final List<Store> stores;
  private final Random random;
  private final boolean mock;
  private Faked present;
  private long until;

  Fakery(List<Store> stores, Random random) {
    this.stores = stores;
    this.random = random;
    this.mock = random.nextBoolean();
  }

  /** What the phone claims now; null while it tells the truth. */
  Faked at(long now, Spot truth) {
    if (present != null && now < until) {
      return present;
    }
    present = null;
    if (random.nextDouble() < PER_NOTE) {
      Spot shop = stores.get(random.nextInt(stores.size())).spot();
      if (shop.to(truth) > LEAST_METRES) {
        present = new Faked(shop, mock);
        until = now + LEAST_MILLIS + random.nextInt(SPAN_MILLIS);
      }
    }
    return present;
  }
}

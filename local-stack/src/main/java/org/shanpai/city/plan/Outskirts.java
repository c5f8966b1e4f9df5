package org.shanpai.city.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.shanpai.city.streets.Spot;

/**
 * Customers who cannot be served: most live in a new town beyond every store's range, some a little
 * beyond the range of the store they want, and some ask a store that has closed.
 */
final class Outskirts {

  /** A new town where many live and no store delivers to. */
  static final Spot NEW_TOWN = new Spot(-3_700, 2_800);

  private static final double SHARE = 0.05;
  private static final int FEWEST = 6;
  private static final double IN_NEW_TOWN = 0.6;
  private static final double OF_CLOSED = 0.15;
  private static final double NEW_TOWN_METRES = 120;

  private Outskirts() {}

  /**
   * @param orders how many customers are served
   * @param endMillis when the last of them asks
   */
  static List<Ask> asks(List<Store> stores, int orders, long endMillis, Random random) {
    List<Store> open = stores.stream().filter(Store::open).toList();
    List<Store> closed = stores.stream().filter(store -> !store.open()).toList();
    int count = Math.max(FEWEST, (int) Math.round(orders * SHARE));
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double where = random.nextDouble();
      long at = (long) (endMillis * random.nextDouble());
      Store store = open.get(random.nextInt(open.size()));
      Spot door = beyond(store, random);
      Ask.Reason reason = Ask.Reason.TOO_FAR;
      if (where < IN_NEW_TOWN) {
        door =
            NEW_TOWN.moved(
                NEW_TOWN_METRES * (2 * random.nextDouble() - 1),
                NEW_TOWN_METRES * (2 * random.nextDouble() - 1));
      } else if (where < IN_NEW_TOWN + OF_CLOSED && !closed.isEmpty()) {
        store = closed.get(random.nextInt(closed.size()));
        door = store.spot().moved(900, -300);
        reason = Ask.Reason.CLOSED;
      }
      asks.add(new Ask(0, at, store.storeId(), door, reason));
    }
    asks.sort(Comparator.comparingLong(Ask::atMillis));
    List<Ask> numbered = new ArrayList<>();
    for (Ask ask : asks) {
      numbered.add(
          new Ask(numbered.size() + 1, ask.atMillis(), ask.storeId(), ask.dropoff(), ask.reason()));
    }
    return List.copyOf(numbered);
  }

  /** Between a hundred metres and a kilometre beyond the store's range. */
  private static Spot beyond(Store store, Random random) {
    double metres = store.rangeMetres() + 100 + 900 * random.nextDouble();
    double angle = 2 * Math.PI * random.nextDouble();
    return store.spot().moved(metres * Math.cos(angle), metres * Math.sin(angle));
  }
}

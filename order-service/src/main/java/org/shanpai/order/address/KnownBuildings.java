package org.shanpai.order.address;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.OrderId;

/** The buildings the platform knows, in the transaction of the caller. */
public interface KnownBuildings {

  /** A building to be told; a part that is not known is null. */
  record Telling(
      String district, String estate, String road, String number, String building, GeoPoint place) {
    BuildingKey key() {
      return BuildingKey.of(estate, road, number, building);
    }
  }

  /**
   * Buildings around a place that the key may mean, at most 400, the likeliest first. Learned ones
   * count only from {@code leastLessons} on.
   *
   * @param metres half the side of the square searched
   */
  Uni<List<KnownBuilding>> near(GeoPoint place, double metres, BuildingKey key, int leastLessons);

  /**
   * Learns from a delivered order: the place of the building moves towards the drop-off, or a new
   * building is noted.
   *
   * @param now city time
   */
  Uni<Void> learn(BuildingKey key, Telling telling, Instant now);

  /**
   * Takes what a manager tells.
   *
   * @param now city time
   * @return whether the building was not known before
   */
  Uni<Boolean> tell(BuildingKey key, Telling telling, Instant now);

  /** Notes an order to be learned from; twice is once. */
  Uni<Void> queueLesson(OrderId order);

  /** Takes up to {@code most} orders to learn from; each comes once, to one taker. */
  Uni<List<OrderId>> takeLessons(int most);

  /** Forgets buildings seen once only and not since. */
  Uni<Integer> forgetLonely(Instant before);
}

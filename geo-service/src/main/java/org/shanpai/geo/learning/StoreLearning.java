package org.shanpai.geo.learning;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.shanpai.contracts.GeoPoint;

/** Turns a store's pickups into what they teach. The same pickups in any order teach the same. */
final class StoreLearning {

  private final LearningSettings settings;
  private final PickupLearning pickups;
  private final KitchenLearning kitchens;

  StoreLearning(LearningSettings settings) {
    this.settings = settings;
    this.pickups =
        new PickupLearning(settings.pickup().prior(), settings.pickup().furthestMetres());
    LearningSettings.Kitchen kitchen = settings.kitchen();
    this.kitchens =
        new KitchenLearning(kitchen.believedWithin(), kitchen.handover(), kitchen.longest());
  }

  /**
   * @param stops pickups, newest first, at least one
   * @param stands where riders stood
   * @param before what was known; null for nothing
   */
  StoreLesson learn(
      String storeId, List<Stop> stops, List<GeoPoint> stands, StoreLesson before, Instant at) {
    PickupPoint pickup = pickups.learn(stops.get(0).place(), stands);
    StopLesson kitchen =
        StopLesson.of(
            values(
                stops.subList(0, Math.min(stops.size(), settings.kitchen().mostOrders())),
                kitchens::kitchenSeconds));
    StopLesson handover = StopLesson.of(values(stops, this::handoverSeconds));
    return new StoreLesson(
        storeId,
        before == null ? 0 : before.version(),
        pickup.place(),
        pickup.visits(),
        kitchen.seconds(),
        kitchen.p80Seconds(),
        kitchen.samples(),
        handover.seconds(),
        handover.p80Seconds(),
        handover.samples(),
        at,
        before == null ? null : before.told());
  }

  /** Taking over ready goods; longer than a break is one. */
  OptionalDouble handoverSeconds(Stop pickup) {
    OptionalDouble seconds = kitchens.handoverSeconds(pickup);
    return seconds.isPresent() && seconds.getAsDouble() > settings.stops().longest().toSeconds()
        ? OptionalDouble.empty()
        : seconds;
  }

  /** From arrival at the building to hand-over. */
  OptionalDouble doorSeconds(Stop dropoff) {
    Instant arrived = dropoff.arrivedAt();
    if (arrived == null) {
      return OptionalDouble.empty();
    }
    double seconds = java.time.Duration.between(arrived, dropoff.leftAt()).toMillis() / 1_000.0;
    return seconds > settings.stops().longest().toSeconds()
        ? OptionalDouble.empty()
        : OptionalDouble.of(seconds);
  }

  static double[] values(List<Stop> stops, Function<Stop, OptionalDouble> of) {
    return stops.stream()
        .map(of)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }
}

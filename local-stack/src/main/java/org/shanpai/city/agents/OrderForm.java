package org.shanpai.city.agents;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.shanpai.city.plan.Placement;
import org.shanpai.city.plan.Store;
import org.shanpai.city.streets.Spot;
import org.shanpai.contracts.CoordinateSystem;

/** Fills in what a merchant's system sends: quotes, orders, drop-offs. */
final class OrderForm {

  private static final long MINUTE = 60_000;

  /** One piece of what is more than a rider's load: a box of drinking water. */
  private static final int WATER_GRAMS = 6_000;

  private static final int WATER_BOXES = 6;

  /** A pre-booked window is as long as the shortest that is offered. */
  private static final long WINDOW = 30 * MINUTE;

  private final World world;

  OrderForm(World world) {
    this.world = world;
  }

  /**
   * A good order.
   *
   * @param chance of what it is worth and weighs
   */
  Map<String, Object> order(
      Placement placement, Store store, Dealing dealing, String merchantOrderNo, Random chance) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("storeId", store.storeId());
    body.put("merchantOrderNo", merchantOrderNo);
    body.put("dropoff", dropoff(placement));
    int value = 2_000 + chance.nextInt(6_000);
    int grams = 300 + chance.nextInt(900);
    if (dealing.bulky()) {
      body.put(
          "items",
          List.of(
              Map.of(
                  "name",
                  "Drinking water",
                  "quantity",
                  WATER_BOXES,
                  "valueFen",
                  2_400,
                  "weightGrams",
                  WATER_GRAMS)));
    } else {
      body.put(
          "items",
          List.of(
              Map.of(
                  "name",
                  "Lunch",
                  "quantity",
                  placement.loadUnits(),
                  "valueFen",
                  value,
                  "weightGrams",
                  grams)));
      body.put("loadUnits", placement.loadUnits());
    }
    body.put("promiseTier", "STANDARD");
    body.put("expectedReadySeconds", placement.expectedReadySeconds());
    if (placement.promiseSeconds() != null) {
      body.put("promiseSeconds", placement.promiseSeconds());
    }
    if (dealing.dropPoint()) {
      body.put("dropPoint", Map.of("allowed", true, "instruction", "门口鞋柜上"));
    }
    if (dealing.bookedMinutes() > 0) {
      long start = world.scheduler().now() + dealing.bookedMinutes() * MINUTE;
      body.put(
          "deliverBetween",
          Map.of(
              "start",
              Instant.ofEpochMilli(start).toString(),
              "end",
              Instant.ofEpochMilli(start + WINDOW).toString()));
    }
    return body;
  }

  /** What a quote is asked for with: the order without whom it is for. */
  Map<String, Object> quote(Map<String, Object> order, Placement placement) {
    Map<String, Object> body = new LinkedHashMap<>();
    for (String same :
        List.of(
            "storeId",
            "items",
            "loadUnits",
            "promiseTier",
            "expectedReadySeconds",
            "deliverBetween")) {
      if (order.containsKey(same)) {
        body.put(same, order.get(same));
      }
    }
    body.put("dropoff", place(placement.dropoff()));
    return body;
  }

  /** A door and its system. */
  Map<String, Object> place(Spot spot) {
    return Map.of(
        "coordinateSystem", CoordinateSystem.WGS_84, "place", world.plan().plane().place(spot));
  }

  Map<String, Object> dropoff(Placement placement) {
    return dropoff(world.plan().plane().place(placement.dropoff()), placement);
  }

  Map<String, Object> dropoff(Object place, Placement placement) {
    return Map.of(
        "coordinateSystem",
        CoordinateSystem.WGS_84,
        "place",
        place,
        "address",
        "Door " + placement.number(),
        "contactName",
        "Customer " + placement.number(),
        "contactPhone",
        phone(placement.number()));
  }

  static String phone(int number) {
    return "139%08d".formatted(number);
  }
}

package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Reply;
import org.shanpai.city.api.Request;
import org.shanpai.city.plan.Ask;
import org.shanpai.city.plan.Blunder;
import org.shanpai.city.plan.Fate;
import org.shanpai.city.plan.Placement;
import org.shanpai.city.plan.Store;
import org.shanpai.contracts.CoordinateSystem;

/**
 * A merchant with its stores, kitchens and customers: places orders, presses ready or late, cancels
 * when a customer does, takes goods back, and asks now and then how its orders stand.
 */
public final class MerchantAgent {

  private static final long MINUTE = 60_000;

  /** From this much later than told, staff may say so. */
  private static final long WORTH_TELLING = 2 * MINUTE;

  /** Numbers of those who ask in vain begin above those of orders. */
  private static final int ASKS_FROM = 1_000_000;

  private final World world;
  private final String merchantId;
  private final Map<String, Store> stores = new LinkedHashMap<>();
  private final Caller caller;
  private final Random random;
  private final String orders;
  private String lastKey;
  private long acts;

  public MerchantAgent(
      World world, String merchantId, List<Store> stores, String clientId, String clientSecret) {
    this.world = world;
    this.merchantId = merchantId;
    stores.forEach(store -> this.stores.put(store.storeId(), store));
    this.random = world.chanceOf(merchantId);
    this.orders = world.endpoints().order() + "/v1/orders";
    this.caller =
        new Caller(
            world.http(),
            world.scheduler(),
            this,
            random,
            () ->
                Request.post(
                    world.endpoints().order() + "/v1/tokens",
                    Map.of("clientId", clientId, "clientSecret", clientSecret),
                    null),
            world.log()::trouble);
    world.know(this);
  }

  String merchantId() {
    return merchantId;
  }

  /** Looks forward to the placements of its stores. */
  public void begin() {
    for (Placement placement : world.plan().placements()) {
      if (stores.containsKey(placement.storeId())) {
        world
            .scheduler()
            .at(this, world.openedMillis() + placement.atMillis(), () -> place(placement));
      }
    }
    for (Ask ask : world.plan().asks()) {
      if (stores.containsKey(ask.storeId())) {
        world.scheduler().at(this, world.openedMillis() + ask.atMillis(), () -> ask(ask));
      }
    }
  }

  /** Somebody wants what cannot be brought to them. */
  private void ask(Ask ask) {
    Placement wish =
        new Placement(
            ASKS_FROM + ask.number(),
            ask.atMillis(),
            ask.storeId(),
            ask.dropoff(),
            600,
            0,
            null,
            Fate.TAKES_IT,
            0,
            0,
            1,
            null);
    caller.call(
        Request.post(orders, body(wish, stores.get(ask.storeId())), world.key(merchantId, ++acts)),
        reply -> {
          if (reply.ok()) {
            world
                .log()
                .surprise(
                    "Customer %d asked in vain (%s) and was taken as %s."
                        .formatted(
                            ask.number(), ask.reason(), reply.body().path("orderId").asText()));
          } else {
            String type = reply.body().path("type").asText("");
            world.log().count("unserved " + type.substring(type.lastIndexOf(':') + 1));
          }
        });
  }

  private void place(Placement placement) {
    Store store = stores.get(placement.storeId());
    String key = world.key(merchantId, ++acts);
    world.log().submitted(placement.number());
    Request request = request(placement, store, key);
    long placed = world.scheduler().now();
    caller.call(request, reply -> placed(placement, store, key, placed, reply));
  }

  private Request request(Placement placement, Store store, String key) {
    Map<String, Object> body = body(placement, store);
    Blunder blunder = placement.blunder();
    if (blunder == null) {
      return Request.post(orders, body, key);
    }
    switch (blunder) {
      case UNKNOWN_STORE -> body.put("storeId", "s-of-nobody");
      case OUT_OF_RANGE ->
          body.put(
              "dropoff",
              dropoff(
                  world.plan().plane().place(store.spot().moved(store.rangeMetres() * 3.0, 0)),
                  placement));
      case NO_ITEMS -> body.put("items", List.of());
      case NEGATIVE_VALUE ->
          body.put(
              "items",
              List.of(
                  Map.of("name", "Lunch", "quantity", 1, "valueFen", -100, "weightGrams", 500)));
      case NO_SUCH_LATITUDE ->
          body.put("dropoff", dropoff(Map.of("lat", 91.5, "lon", 121.4), placement));
      case MALFORMED_JSON -> {
        return Request.raw("POST", orders, "{\"storeId\": \"" + store.storeId() + "\", ", key);
      }
      case NO_KEY -> {
        return Request.post(orders, body, null);
      }
      case KEY_USED_BEFORE -> {
        if (lastKey != null) {
          return Request.post(orders, body, lastKey);
        }
        body.put("storeId", "s-of-nobody");
      }
    }
    return Request.post(orders, body, key);
  }

  private Map<String, Object> body(Placement placement, Store store) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("storeId", store.storeId());
    body.put("merchantOrderNo", world.key(merchantId, 0) + "-" + placement.number());
    body.put("dropoff", dropoff(world.plan().plane().place(placement.dropoff()), placement));
    body.put(
        "items",
        List.of(
            Map.of(
                "name",
                "Lunch",
                "quantity",
                placement.loadUnits(),
                "valueFen",
                2_000 + random.nextInt(6_000),
                "weightGrams",
                300 + random.nextInt(900))));
    body.put("loadUnits", placement.loadUnits());
    body.put("promiseTier", "STANDARD");
    body.put("expectedReadySeconds", placement.expectedReadySeconds());
    if (placement.promiseSeconds() != null) {
      body.put("promiseSeconds", placement.promiseSeconds());
    }
    return body;
  }

  private static Map<String, Object> dropoff(Object place, Placement placement) {
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
        "139%08d".formatted(placement.number()));
  }

  private void placed(
      Placement placement, Store store, String key, long placedMillis, Reply reply) {
    boolean bad = placement.blunder() != null;
    if (!reply.ok()) {
      String answer = (bad ? placement.blunder() + ": " : "") + reply.text();
      world.log().refused(placement.number(), bad, answer);
      return;
    }
    JsonNode order = reply.body();
    String orderId = order.path("orderId").asText();
    long promiseEnd = millis(order.path("promise").path("end"));
    world.log().acknowledged(placement.number(), bad, orderId, placedMillis, promiseEnd);
    lastKey = key;
    OrderLife life =
        new OrderLife(
            placement,
            store,
            orderId,
            order.path("pickupCode").asText(),
            order.path("deliveryCode").asText(),
            placedMillis,
            placedMillis + placement.readyMillis());
    world.know(life);
    cook(life);
    if (placement.fate() == Fate.CANCELS) {
      world.scheduler().at(this, placedMillis + placement.cancelMillis(), () -> cancel(life));
    }
  }

  private static long millis(JsonNode instant) {
    return instant.isTextual() ? Instant.parse(instant.asText()).toEpochMilli() : Long.MIN_VALUE;
  }

  private void cook(OrderLife order) {
    long told = order.placedMillis() + order.placement().expectedReadySeconds() * 1000L;
    if (order.readyMillis() > told + WORTH_TELLING && random.nextDouble() < 0.7) {
      world
          .scheduler()
          .at(
              this,
              told - Math.min(MINUTE, (told - order.placedMillis()) / 2),
              () -> {
                // Staff guess the delay, give or take a fifth.
                long late = order.readyMillis() - told;
                long guess = told + (long) (late * (0.8 + 0.4 * random.nextDouble()));
                act(
                    order,
                    "preparation-late",
                    Map.of("expectedReadyAt", Instant.ofEpochMilli(guess).toString()));
              });
    }
    world.scheduler().at(this, order.readyMillis(), () -> act(order, "ready", Map.of()));
  }

  private void act(OrderLife order, String what, Map<String, ?> body) {
    caller.call(
        Request.post(
            orders + "/" + order.orderId() + "/" + what, body, world.key(merchantId, ++acts)),
        reply -> {
          if (!reply.ok()) {
            // A kitchen that has just been told of a cancel may still press its button.
            world.log().count("refused " + what + " " + reply.status());
          }
        });
  }

  private void cancel(OrderLife order) {
    caller.call(
        Request.post(
            orders + "/" + order.orderId() + "/cancel",
            Map.of("reason", "CUSTOMER_CHANGED_MIND"),
            world.key(merchantId, ++acts)),
        reply -> {
          world.log().count(reply.ok() ? "cancels asked" : "cancels refused at once");
          look(order, 6);
        });
  }

  /** A rider stands at the counter with goods that nobody took. */
  void takeBack(OrderLife order, Runnable then, Object rider) {
    world
        .scheduler()
        .soon(
            this,
            () ->
                caller.call(
                    Request.post(
                        orders + "/" + order.orderId() + "/return-received",
                        Map.of(),
                        world.key(merchantId, ++acts)),
                    reply -> {
                      world.log().count(reply.ok() ? "returns received" : "returns refused");
                      look(order, 4);
                      world.scheduler().soon(rider, then);
                    }));
  }

  /** Asks how an order stands, again every 30 city seconds, until it has ended. */
  void look(OrderLife order, int times) {
    world
        .scheduler()
        .after(
            this,
            MINUTE / 2,
            () ->
                lookNow(
                    order.orderId(),
                    ended -> {
                      if (!ended && times > 1) {
                        look(order, times - 1);
                      }
                    }));
  }

  /** Asks how orders stand that should have ended by now. */
  public void lookAt(List<String> orderIds) {
    world.scheduler().soon(this, () -> orderIds.forEach(orderId -> lookNow(orderId, ended -> {})));
  }

  private void lookNow(String orderId, java.util.function.Consumer<Boolean> then) {
    caller.call(
        Request.get(orders + "/" + orderId),
        reply -> {
          if (reply.status() == 404) {
            world.log().seen(orderId, "MISSING");
            then.accept(true);
          } else if (reply.ok()) {
            String status = reply.body().path("status").asText();
            world.log().seen(orderId, status);
            then.accept(
                status.equals("DELIVERED")
                    || status.equals("CANCELLED")
                    || status.equals("RETURNED"));
          } else {
            world.log().surprise("Order " + orderId + " cannot be read: " + reply.text());
            then.accept(true);
          }
        });
  }
}

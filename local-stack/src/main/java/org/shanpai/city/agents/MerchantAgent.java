package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Reply;
import org.shanpai.city.api.Request;
import org.shanpai.city.plan.Ask;
import org.shanpai.city.plan.Blunder;
import org.shanpai.city.plan.Fate;
import org.shanpai.city.plan.Placement;
import org.shanpai.city.plan.Store;

/**
 * A merchant with its stores, kitchens and customers: asks for prices, places orders, presses ready
 * or late, cancels when a customer does, takes goods back, and hears by webhook how its orders
 * stand; it asks only where the word is late.
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
  private final OrderForm form;
  private final Quotes quotes;
  private final Dealings dealings;
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
    this.form = new OrderForm(world);
    this.quotes = new Quotes(world, this, caller, form);
    this.dealings = new Dealings(world, this, caller, form);
    world.know(this);
  }

  String merchantId() {
    return merchantId;
  }

  /** A key for one more act. */
  String nextKey() {
    return world.key(merchantId, ++acts);
  }

  /** Opens its webhook and looks forward to the placements of its stores. */
  public void begin() {
    subscribe();
    dealings.playSandbox(stores.keySet().iterator().next());
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

  private void subscribe() {
    String url =
        world
            .webhooks()
            .open(merchantId, message -> world.scheduler().soon(this, () -> noticed(message)));
    caller.call(
        Request.put(
            world.endpoints().order() + "/v1/webhook",
            Map.of("url", url, "types", List.of("order.created", "order.status", "order.update"))),
        reply -> {
          if (reply.ok()) {
            world.webhooks().secret(merchantId, reply.body().path("secret").asText());
          } else {
            world.log().surprise("The webhook of " + merchantId + " was refused: " + reply.text());
          }
        });
  }

  private void noticed(JsonNode message) {
    JsonNode notice = message.path("data");
    if (!message.path("type").asText().startsWith("order.")) {
      world.log().count("webhooks of other kinds");
      return;
    }
    if (notice.path("sandbox").asBoolean(false)) {
      dealings.sandboxNoticed(notice);
      return;
    }
    String orderId = notice.path("orderId").asText();
    long version = notice.path("version").asLong();
    String wrong = world.agreements().noticed(merchantId, notice);
    if (wrong != null) {
      world.log().surprise(wrong);
    }
    world.log().noticed(orderId, notice.path("status").asText(), version);
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
        Request.post(
            orders,
            form.order(wish, stores.get(ask.storeId()), Dealing.PLAIN, number(wish), random),
            world.key(merchantId, ++acts)),
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

  private String number(Placement placement) {
    return world.key(merchantId, 0) + "-" + placement.number();
  }

  private void place(Placement placement) {
    Store store = stores.get(placement.storeId());
    Dealing dealing = Dealing.of(placement, world.seed());
    String key = world.key(merchantId, ++acts);
    world.log().submitted(placement.number());
    long placed = world.scheduler().now();
    Map<String, Object> body = form.order(placement, store, dealing, number(placement), random);
    if (!dealing.quoted()) {
      send(placement, store, dealing, body, key, placed, null);
      return;
    }
    quotes.ask(
        placement,
        dealing,
        body,
        quote -> {
          if (quote != null) {
            body.put("quoteId", quote.path("quoteId").asText());
          }
          send(placement, store, dealing, body, key, placed, quote);
        });
  }

  /**
   * @param quote that the order rests on, or null
   */
  private void send(
      Placement placement,
      Store store,
      Dealing dealing,
      Map<String, Object> body,
      String key,
      long placed,
      JsonNode quote) {
    caller.call(
        request(placement, store, body, key),
        reply -> {
          if (quotes.ranOut(quote, reply)) {
            // Too slow: the same again, at today's price. A refused request leaves its key free.
            world.log().count("price locks run out");
            body.remove("quoteId");
            send(placement, store, dealing, body, key, placed, null);
            return;
          }
          placed(placement, store, dealing, key, placed, reply);
          if (quote != null && reply.ok()) {
            quotes.compare(quote, reply.body());
          }
        });
  }

  private Request request(Placement placement, Store store, Map<String, Object> body, String key) {
    Blunder blunder = placement.blunder();
    if (blunder == null) {
      return Request.post(orders, body, key);
    }
    switch (blunder) {
      case UNKNOWN_STORE -> body.put("storeId", "s-of-nobody");
      case OUT_OF_RANGE ->
          body.put(
              "dropoff",
              form.dropoff(
                  world.plan().plane().place(store.spot().moved(store.rangeMetres() * 3.0, 0)),
                  placement));
      case NO_ITEMS -> body.put("items", List.of());
      case NEGATIVE_VALUE ->
          body.put(
              "items",
              List.of(
                  Map.of("name", "Lunch", "quantity", 1, "valueFen", -100, "weightGrams", 500)));
      case NO_SUCH_LATITUDE ->
          body.put("dropoff", form.dropoff(Map.of("lat", 91.5, "lon", 121.4), placement));
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

  private void placed(
      Placement placement,
      Store store,
      Dealing dealing,
      String key,
      long placedMillis,
      Reply reply) {
    boolean bad = placement.blunder() != null;
    if (!reply.ok()) {
      String answer = (bad ? placement.blunder() + ": " : "") + reply.text();
      world.log().refused(placement.number(), bad, answer);
      return;
    }
    JsonNode order = reply.body();
    lastKey = key;
    // A pre-booked order begins with its release.
    long released = millis(order.path("releaseAt"));
    long begins = Math.max(placedMillis, released);
    long promiseEnd = millis(order.path("promise").path("end"));
    world
        .log()
        .acknowledged(placement.number(), bad, order.path("orderId").asText(), begins, promiseEnd);
    JsonNode promise = order.path("promise");
    world
        .agreements()
        .taken(merchantId, order, number(placement), order.path("quoteId").textValue(), promise);
    OrderLife life = take(order, placement, store, dealing, begins);
    for (JsonNode part : order.path("parts")) {
      if (!part.path("orderId").asText().equals(life.orderId())) {
        world.log().linked(part.path("orderId").asText(), begins, promiseEnd);
        world.agreements().taken(merchantId, part, null, null, promise);
        take(part, placement, store, dealing, begins);
        world.log().count("linked orders");
      }
    }
    if (order.path("parts").size() > 1) {
      world.log().count("bulky purchases");
    } else if (dealing.bulky()) {
      world.log().surprise("Order " + life.orderId() + " is more than one rider's load.");
    }
    if (begins > placedMillis) {
      world.log().count("pre-booked orders");
    }
    if (placement.fate() == Fate.CANCELS) {
      world
          .scheduler()
          .at(this, placedMillis + placement.cancelMillis(), () -> dealings.cancel(life));
    }
    dealings.begin(life, dealing);
  }

  /** An order, or one of several that it became. */
  private OrderLife take(
      JsonNode order, Placement placement, Store store, Dealing dealing, long begins) {
    OrderLife life =
        new OrderLife(
            placement,
            store,
            order.path("orderId").asText(),
            order.path("pickupCode").asText(),
            order.path("deliveryCode").asText(),
            begins,
            begins + placement.readyMillis(),
            dealing.dropPoint(),
            order.path("parts").size() > 1 ? null : token(order.path("trackingUrl").asText("")));
    world.know(life);
    cook(life);
    return life;
  }

  private static String token(String trackingUrl) {
    return trackingUrl.isEmpty() ? null : trackingUrl.substring(trackingUrl.lastIndexOf('/') + 1);
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

  /** Reads every order whose bill has not been found right so far, one after another. */
  public void audit(Runnable then) {
    world
        .scheduler()
        .soon(this, () -> audit(world.agreements().unsettled(merchantId).iterator(), then));
  }

  private void audit(Iterator<String> left, Runnable then) {
    if (!left.hasNext()) {
      then.run();
      return;
    }
    String orderId = left.next();
    caller.call(
        Request.get(orders + "/" + orderId),
        reply -> {
          if (reply.ok()) {
            world.agreements().read(reply.body());
          } else {
            world.log().surprise("Order " + orderId + " cannot be read: " + reply.text());
          }
          audit(left, then);
        });
  }

  private void lookNow(String orderId, Consumer<Boolean> then) {
    if (world.log().ended(orderId)) {
      then.accept(true);
      return;
    }
    caller.call(
        Request.get(orders + "/" + orderId),
        reply -> {
          if (reply.status() == 404) {
            world.log().seen(orderId, "MISSING", Long.MAX_VALUE);
            then.accept(true);
          } else if (reply.ok()) {
            String status = reply.body().path("status").asText();
            world.log().seen(orderId, status, reply.body().path("version").asLong());
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

package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Reply;
import org.shanpai.city.api.Request;
import org.shanpai.city.plan.Placement;

/** A merchant asks for prices before it orders, and holds the platform to what it was told. */
final class Quotes {

  private final World world;
  private final MerchantAgent merchant;
  private final Caller caller;
  private final OrderForm form;
  private final String url;

  Quotes(World world, MerchantAgent merchant, Caller caller, OrderForm form) {
    this.world = world;
    this.merchant = merchant;
    this.caller = caller;
    this.form = form;
    this.url = world.endpoints().order() + "/v1/quotes";
  }

  /**
   * Asks what an order would cost.
   *
   * @param then is handed the quote, or null when there is none
   */
  void ask(
      Placement placement, Dealing dealing, Map<String, Object> order, Consumer<JsonNode> then) {
    caller.call(
        Request.post(url, form.quote(order, placement), merchant.nextKey()),
        reply -> {
          JsonNode quote = reply.body();
          if (reply.ok() && quote.path("available").asBoolean(false)) {
            world.log().count("quotes");
            check(quote);
            then.accept(quote);
            return;
          }
          world.log().count("quotes without a price");
          String why = quote.path("reasons").path(0).path("code").asText(reply.text());
          // One quote is for one rider; and when nobody has time, nothing is promised.
          String expected = dealing.bulky() ? "too-much-for-one-rider" : "overloaded";
          if (!why.equals(expected)) {
            world
                .log()
                .surprise(
                    "The quote for order %d was refused: %s".formatted(placement.number(), why));
          }
          then.accept(null);
        });
  }

  private void check(JsonNode quote) {
    long sum = 0;
    for (JsonNode part : quote.path("feeParts")) {
      sum += part.asLong();
    }
    boolean window =
        seconds(quote.path("promise").path("start"), quote.path("promise").path("end"))
            == quote.path("promiseSeconds").asLong(-1);
    if (sum != quote.path("deliveryFeeFen").asLong(-1)
        || !window
        || !instant(quote, "expiresAt").isAfter(instant(quote, "createdAt"))) {
      world.log().surprise("A quote does not agree with itself: " + quote);
    }
  }

  /** Whether an order was refused because its quote had run out, as it really had. */
  boolean ranOut(JsonNode quote, Reply reply) {
    return quote != null
        && reply.problem("quote-expired")
        && world.scheduler().now() >= instant(quote, "expiresAt").toEpochMilli();
  }

  /**
   * An order on a quote costs and promises what was quoted; the promise counts from the order. The
   * quote is spent by it.
   */
  void compare(JsonNode quote, JsonNode order) {
    String orderId = order.path("orderId").asText();
    String quoteId = quote.path("quoteId").asText();
    long quoted = quote.path("deliveryFeeFen").asLong(-1);
    long asked = order.path("deliveryFeeFen").asLong(-2);
    if (order.has("parts")) {
      // A purchase of several loads was quoted as a whole.
      asked = 0;
      for (JsonNode part : order.path("parts")) {
        asked += part.path("deliveryFeeFen").asLong();
      }
    }
    JsonNode window = order.path("promise");
    boolean kept =
        order.path("releaseAt").isTextual()
            ? window.equals(quote.path("promise"))
            : instant(order, "createdAt").equals(instant(window, "start"))
                && seconds(window.path("start"), window.path("end"))
                    == quote.path("promiseSeconds").asLong(-1);
    if (quoted != asked || !kept || !quoteId.equals(order.path("quoteId").asText())) {
      world
          .log()
          .surprise(
              "Order %s costs %d and is promised for %s; quoted were %d and %s, for %d s."
                  .formatted(
                      orderId,
                      asked,
                      window,
                      quoted,
                      quote.path("promise"),
                      quote.path("promiseSeconds").asLong(-1)));
    }
    caller.call(
        Request.get(url + "/" + quoteId),
        reply -> {
          if (!orderId.equals(reply.body().path("orderId").asText())) {
            world
                .log()
                .surprise(
                    "Order %s was made of quote %s, which says %s."
                        .formatted(
                            orderId, quoteId, reply.body().path("orderId").asText("nothing")));
          }
        });
  }

  private static Instant instant(JsonNode of, String field) {
    return Instant.parse(of.path(field).asText());
  }

  private static long seconds(JsonNode from, JsonNode to) {
    return Duration.between(Instant.parse(from.asText()), Instant.parse(to.asText())).toSeconds();
  }
}

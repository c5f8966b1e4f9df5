package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Reply;
import org.shanpai.city.api.Request;
import org.shanpai.city.streets.Spot;

/**
 * What a merchant does for its customers once an order is in: cancels, tips, moves the door, asks
 * where it is; and tries the sandbox. What the platform says to it is noted down, to be held
 * against the bill.
 */
final class Dealings {

  private static final long MINUTE = 60_000;

  /** The house next door. */
  private static final double NEXT_DOOR_METRES = 70;

  /** Lives that are tried in the sandbox, and how each ends. */
  private static final Map<String, String> ENDS_OF_PLAYS =
      new TreeMap<>(
          Map.of(
              "DELIVERED", "DELIVERED", "REASSIGNED", "DELIVERED", "CUSTOMER_REFUSED", "RETURNED"));

  private final World world;
  private final MerchantAgent merchant;
  private final Caller caller;
  private final OrderForm form;
  private final String base;
  private final Map<String, String> plays = new HashMap<>();
  private final Set<String> ended = new HashSet<>();

  Dealings(World world, MerchantAgent merchant, Caller caller, OrderForm form) {
    this.world = world;
    this.merchant = merchant;
    this.caller = caller;
    this.form = form;
    this.base = world.endpoints().order() + "/v1";
  }

  /** Plans what is to come of one order. */
  void begin(OrderLife order, Dealing dealing) {
    long placed = order.placedMillis();
    if (dealing.tipFen() > 0) {
      at(placed + dealing.tipMillis(), () -> tip(order, dealing.tipFen()));
      if (dealing.raisedTipFen() > 0) {
        at(placed + dealing.tipMillis() + 3 * MINUTE, () -> tip(order, dealing.raisedTipFen()));
      }
    }
    if (dealing.doorMillis() >= 0) {
      at(placed + dealing.doorMillis(), () -> moveDoor(order));
    }
    if (dealing.phoneMillis() >= 0) {
      at(
          placed + dealing.phoneMillis(),
          () ->
              change(
                  order,
                  Map.of("contactPhone", OrderForm.phone(90_000_000 + order.placement().number())),
                  "phones changed"));
    }
    if (dealing.nudgeMillis() >= 0) {
      at(placed + dealing.nudgeMillis(), () -> nudge(order));
    }
  }

  private void at(long millis, Runnable act) {
    world.scheduler().at(merchant, millis, act);
  }

  private String path(OrderLife order, String act) {
    return base + "/orders/" + order.orderId() + "/" + act;
  }

  private void tip(OrderLife order, int fen) {
    caller.call(
        Request.post(path(order, "tip"), Map.of("tipFen", fen), merchant.nextKey()),
        reply -> {
          if (reply.ok()) {
            world.log().tipped(order.jobId(), fen);
            world.agreements().tipped(order.orderId(), fen);
            world.log().count("tips");
          } else {
            refused("tip", reply);
          }
        });
  }

  private void moveDoor(OrderLife order) {
    Spot from = order.placement().dropoff();
    Spot store = order.store().spot();
    // Towards the store, so that it stays in range.
    double metres = Math.max(1, from.to(store));
    Spot next =
        from.moved(
            NEXT_DOOR_METRES * (store.east() - from.east()) / metres,
            NEXT_DOOR_METRES * (store.north() - from.north()) / metres);
    Map<String, Object> dropoff = new LinkedHashMap<>(form.place(next));
    dropoff.put("address", "Next to door " + order.placement().number());
    changeDoor(order, Map.of("dropoff", dropoff), 3);
  }

  /** Asks what another door would cost, and asks for it at that price. */
  private void changeDoor(OrderLife order, Map<String, Object> asked, int tries) {
    caller.call(
        Request.post(path(order, "changes/preview"), asked, merchant.nextKey()),
        preview -> {
          if (!preview.ok()) {
            refused("preview", preview);
            return;
          }
          long difference = preview.body().path("feeDifferenceFen").asLong();
          Map<String, Object> at = new LinkedHashMap<>(asked);
          at.put("expectedDifferenceFen", difference);
          caller.call(
              Request.post(path(order, "changes"), at, merchant.nextKey()),
              reply -> {
                if (reply.problem("fee-changed") && tries > 1) {
                  changeDoor(order, asked, tries - 1);
                } else if (reply.ok()) {
                  doorAsked(order, difference, reply.body().path("change"));
                } else {
                  refused("change", reply);
                }
              });
        });
  }

  private void doorAsked(OrderLife order, long expectedFen, JsonNode change) {
    long fen = change.path("feeDifferenceFen").asLong();
    world.log().count("doors asked");
    world.agreements().doorAsked(order.orderId(), fen);
    world.book().otherDoor(order.jobId());
    if (fen > expectedFen) {
      world
          .log()
          .surprise(
              "Another door for order %s costs %d fen more; told were %d."
                  .formatted(order.orderId(), fen, expectedFen));
    }
  }

  private void change(OrderLife order, Map<String, ?> what, String counted) {
    caller.call(
        Request.post(path(order, "changes"), what, merchant.nextKey()),
        reply -> {
          if (reply.ok()) {
            world.log().count(counted);
          } else {
            refused("change", reply);
          }
        });
  }

  private void nudge(OrderLife order) {
    if (world.log().ended(order.orderId())) {
      return;
    }
    caller.call(
        Request.post(path(order, "nudge"), Map.of(), merchant.nextKey()),
        reply -> {
          if (reply.ok()) {
            world.log().count("nudges");
          } else {
            refused("nudge", reply);
          }
        });
  }

  /** Asks what it would cost, and cancels at that price. */
  void cancel(OrderLife order) {
    cancel(order, 3);
  }

  private void cancel(OrderLife order, int tries) {
    Map<String, Object> reason = Map.of("reason", "CUSTOMER_CHANGED_MIND");
    caller.call(
        Request.post(path(order, "precancel"), reason, merchant.nextKey()),
        answer -> {
          if (!answer.ok()) {
            refused("precancel", answer);
            return;
          }
          if (!answer.body().path("mayCancel").asBoolean()) {
            world.log().count("cancels refused at once");
            return;
          }
          world.log().count("cancels priced");
          cancelAt(order, answer.body().path("feeFen").asLong(), tries);
        });
  }

  private void cancelAt(OrderLife order, long expectedFeeFen, int tries) {
    caller.call(
        Request.post(
            path(order, "cancel"),
            Map.of("reason", "CUSTOMER_CHANGED_MIND", "expectedFeeFen", expectedFeeFen),
            merchant.nextKey()),
        reply -> {
          if (reply.problem("fee-changed") && tries > 1) {
            // Somebody took it in between; the customer still does not want it.
            world.log().count("cancels at another price");
            cancel(order, tries - 1);
            return;
          }
          world.log().count(reply.ok() ? "cancels asked" : "cancels refused at once");
          if (reply.ok()) {
            world.agreements().cancelAsked(order.orderId(), expectedFeeFen);
          }
          merchant.look(order, 6);
        });
  }

  /** What comes too late is refused, and that is as it should be; it is counted. */
  private void refused(String what, Reply reply) {
    world.log().count("refused " + what + " " + reply.status());
    if (reply.status() != 409 && reply.status() != 422 && reply.status() != 429) {
      world.log().surprise("A " + what + " was answered with " + reply.text());
    }
  }

  /** Every merchant tries one life in the sandbox before it opens. */
  void playSandbox(String storeId) {
    List<String> lives = List.copyOf(ENDS_OF_PLAYS.keySet());
    String play = lives.get(Math.floorMod(merchant.merchantId().hashCode(), lives.size()));
    var store =
        world.plan().stores().stream()
            .filter(one -> one.storeId().equals(storeId))
            .findFirst()
            .orElseThrow();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("storeId", storeId);
    Map<String, Object> dropoff = new LinkedHashMap<>(form.place(store.spot().moved(400, 0)));
    dropoff.put("address", "Sandbox");
    dropoff.put("contactName", "Sandbox");
    dropoff.put("contactPhone", OrderForm.phone(0));
    body.put("dropoff", dropoff);
    body.put(
        "items",
        List.of(Map.of("name", "Lunch", "quantity", 1, "valueFen", 2_000, "weightGrams", 500)));
    body.put("sandbox", Map.of("play", play, "pace", "FAST"));
    caller.call(
        Request.post(base + "/orders", body, merchant.nextKey()),
        reply -> {
          if (reply.ok()) {
            world.log().count("sandbox orders");
            plays.put(reply.body().path("orderId").asText(), play);
          } else {
            world.log().surprise("A sandbox order was answered with " + reply.text());
          }
        });
  }

  /** A sandbox order tells what a real one would. */
  void sandboxNoticed(JsonNode notice) {
    String status = notice.path("status").asText();
    if (!ENDS_OF_PLAYS.containsValue(status)) {
      return;
    }
    String orderId = notice.path("orderId").asText();
    String play = plays.get(orderId);
    if (play != null && ended.add(orderId)) {
      world.log().count("sandbox orders ended");
      if (!status.equals(ENDS_OF_PLAYS.get(play))) {
        world.log().surprise("The sandbox played %s to the end %s.".formatted(play, status));
      }
    }
  }
}

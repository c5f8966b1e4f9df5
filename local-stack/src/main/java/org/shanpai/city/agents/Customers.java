package org.shanpai.city.agents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.city.api.Reply;
import org.shanpai.city.api.Request;

/**
 * Customers who say on their page what they think of a delivery; nobody signs in there. Steps of
 * its own agent.
 */
final class Customers {

  private static final long AGAIN_WALL_MILLIS = 2_000;
  private static final int TRIES = 60;

  private final World world;

  Customers(World world) {
    this.world = world;
  }

  /** The goods were handed over by that rider. */
  void received(OrderLife order, String riderId) {
    if (!world.plan().habits().speaksUp() || order.trackingToken() == null) {
      return;
    }
    Opinion usual = Opinion.of(order.placement(), world.seed());
    Opinion opinion = riderId.equals(world.roles().careless()) ? Opinion.astray(usual) : usual;
    if (opinion.kind() == Opinion.Kind.NOTHING) {
      return;
    }
    world.opinions().put(order.orderId(), opinion);
    world.scheduler().after(this, opinion.afterMillis(), () -> say(order, opinion, TRIES));
  }

  private void say(OrderLife order, Opinion opinion, int tries) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (opinion.kind() == Opinion.Kind.RATING) {
      body.put("stars", opinion.founded() ? 5 : 4);
    } else {
      body.put("tags", List.of(opinion.kind().tag()));
      body.put("words", "Order " + order.placement().number());
    }
    body.put("code", order.deliveryCode());
    String url =
        world.endpoints().order()
            + "/v1/tracking/"
            + order.trackingToken()
            + "/feedback/"
            + opinion.kind().path();
    world
        .http()
        .send(Request.put(url, body), null)
        .thenAccept(
            reply -> world.scheduler().soon(this, () -> answered(order, opinion, tries, reply)));
  }

  private void answered(OrderLife order, Opinion opinion, int tries, Reply reply) {
    if (reply.ok()) {
      world.log().count(opinion.kind().complaint() ? "complaints" : opinion.kind().path() + "s");
    } else if (tries > 1 && (reply.passing() || reply.problem("feedback-too-early"))) {
      world.scheduler().afterWall(this, AGAIN_WALL_MILLIS, () -> say(order, opinion, tries - 1));
    } else {
      world
          .log()
          .surprise(
              "A customer's %s of %s was answered with %s"
                  .formatted(opinion.kind().path(), order.orderId(), reply.text()));
    }
  }
}

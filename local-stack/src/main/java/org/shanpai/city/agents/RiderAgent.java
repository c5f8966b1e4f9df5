package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.shanpai.city.agents.Work.Held;
import org.shanpai.city.agents.Work.Stop;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Reply;
import org.shanpai.city.api.Request;
import org.shanpai.city.plan.Courier;
import org.shanpai.city.plan.Fate;
import org.shanpai.city.plan.Habits;
import org.shanpai.city.streets.Spot;

/**
 * A rider on duty: rides where the platform's route says, waits at counters, hands over, and does
 * what riders do. Everything runs as steps of this agent.
 */
public final class RiderAgent {

  private static final long MINUTE = 60_000;

  /** How long a rider tries to reach a customer who does not answer. */
  private static final long CALLS_MILLIS = 6 * MINUTE;

  private final World world;
  private final Courier courier;
  private final Habits habits;
  private final Random random;
  private final Caller caller;
  private final Positions positions;
  private final RiderStream stream;
  private final OfferAnswers answers;
  private final RiderAffairs affairs;
  private final OfflineQueue offline;
  private final Ride ride;
  private final Shift shift;
  private final Work work = new Work();
  private final String api;

  private Stop target;
  private boolean busy;
  private boolean ended;
  private long acts;
  private long turn;
  private Spot door;
  private long atDoorSince;
  private long idleTurn;

  public RiderAgent(World world, Courier courier, String secret) {
    this.world = world;
    this.courier = courier;
    this.habits = world.plan().habits();
    this.random = world.chanceOf(courier.riderId());
    this.api = world.endpoints().rider() + "/v1/rider";
    this.ride = new Ride(world, this, courier);
    this.caller =
        new Caller(
            world.http(),
            world.scheduler(),
            this,
            random,
            () ->
                Request.post(
                    world.endpoints().rider() + "/v1/riders/sessions",
                    Map.of(
                        "riderId",
                        courier.riderId(),
                        "secret",
                        secret,
                        "deviceKey",
                        "phone-of-a-simulated-rider-called-" + courier.riderId()),
                    null),
            world.log()::trouble);
    this.positions = new Positions(world, this, courier, caller, ride::at);
    this.stream = new RiderStream(world, this, caller, this::resync);
    this.answers =
        new OfferAnswers(world, this, caller, random, new HandOvers(world, this, caller, stream));
    this.shift = new Shift(world, this, caller, random, positions::end);
    this.affairs = new RiderAffairs(world, this, caller, stream);
    this.offline = new OfflineQueue(world, this, courier.riderId(), caller);
    world.know(this);
    stream.on("offer", (offer, wallMillis) -> answers.take(offer, wallMillis));
    stream.on("work", (state, wallMillis) -> take(state));
  }

  String riderId() {
    return courier.riderId();
  }

  Caller caller() {
    return caller;
  }

  /** Looks forward to the shift. */
  public void begin() {
    world.scheduler().at(this, world.openedMillis() + courier.onMillis(), this::signIn);
    affairs.begin();
    if (courier.offMillis() != Long.MAX_VALUE) {
      world.scheduler().at(this, world.openedMillis() + courier.offMillis(), shift::leave);
    }
  }

  /** Does nothing any more; calls under way are not waited for. */
  public void stop() {
    world
        .scheduler()
        .soon(
            this,
            () -> {
              ended = true;
              stream.close();
              positions.end();
            });
  }

  boolean ended() {
    return ended;
  }

  boolean carriesNothing() {
    return work.empty();
  }

  Spot here() {
    return ride.here();
  }

  String key() {
    return world.key(courier.riderId(), ++acts);
  }

  boolean takesOffers() {
    return shift.online() && !shift.leaving() && !ended;
  }

  private void signIn() {
    positions.begin();
    caller.withToken(
        () -> {
          positions.flush();
          stream.open();
          shift.begin();
        },
        0);
  }

  /** Asks what is in hand. */
  void resync() {
    if (!ended) {
      caller.call(
          Request.get(api + "/work"),
          reply -> {
            if (reply.ok()) {
              take(reply.body().has("work") ? reply.body().path("work") : reply.body());
            }
            proceed();
          });
    }
  }

  /** Takes the work that comes with an answer. */
  void taken(Reply reply) {
    if (reply.body().path("work").isObject()) {
      take(reply.body().path("work"));
    } else if (reply.ok() && reply.body().has("route")) {
      take(reply.body());
    }
  }

  private void take(JsonNode state) {
    if (work.take(state)) {
      proceed();
    }
  }

  /** What the rider believes to hold. */
  Optional<Held> find(String jobId) {
    return work.find(jobId);
  }

  /** Goes on with whatever is next. */
  void proceed() {
    if (busy || ended || !shift.online()) {
      return;
    }
    Optional<Stop> next = work.next();
    if (next.isEmpty()) {
      if (target != null) {
        target = null;
        turn++;
      }
      idle();
      return;
    }
    if (next.get().equals(target)) {
      return;
    }
    target = next.get();
    long mine = ++turn;
    Stop stop = target;
    ride.to(
        whereIs(stop),
        () -> {
          if (mine == turn && !busy) {
            arrived(stop, mine);
          }
        });
  }

  /** Riders know the stores' doors; to a customer they go as they are told. */
  private Spot whereIs(Stop stop) {
    Spot told = world.plan().plane().spot(stop.place());
    return stop.kind().equals("DROPOFF")
        ? told
        : world.order(stop.jobId()).map(order -> order.store().door()).orElse(told);
  }

  private void idle() {
    if (!habits.seeksWork() || shift.leaving()) {
      return;
    }
    long mine = ++idleTurn;
    long turnNow = turn;
    world
        .scheduler()
        .after(
            this,
            MINUTE + random.nextInt((int) (2 * MINUTE)),
            () -> {
              if (mine == idleTurn
                  && turnNow == turn
                  && target == null
                  && !busy
                  && shift.online()) {
                var stores = world.plan().stores();
                Spot near = stores.get(random.nextInt(stores.size())).door();
                if (near.to(ride.here()) > 400) {
                  ride.to(near, () -> {});
                }
              }
            });
  }

  private void arrived(Stop stop, long mine) {
    Optional<Held> held = work.find(stop.jobId());
    if (held.isEmpty()) {
      target = null;
      proceed();
      return;
    }
    long now = world.scheduler().now();
    Spot here = ride.at(now);
    if (door == null || door.to(here) > Ride.SAME_DOOR_METRES) {
      atDoorSince = now;
      door = here;
    }
    Held job = held.get();
    Optional<OrderLife> order = world.order(stop.jobId());
    if (order.isEmpty()) {
      giveUp(job);
      return;
    }
    switch (stop.kind()) {
      case "PICKUP" -> {
        if (job.status().equals("ASSIGNED") && offline.noLine()) {
          pickUpWithoutLine(job, order.get());
        } else if (job.status().equals("ASSIGNED")) {
          step(job, "arrived-store", Map.of("epoch", job.epoch()), "ARRIVED_STORE", reply -> {});
        } else {
          waitForGoods(job, order.get(), mine);
        }
      }
      case "DROPOFF" -> {
        boolean byCode =
            order.get().placement().fate() == Fate.TAKES_IT && !order.get().leftAtDoor();
        if (job.status().equals("PICKED_UP") && byCode && offline.noLine()) {
          handOverWithoutLine(job, order.get());
        } else if (job.status().equals("PICKED_UP")) {
          step(
              job,
              "arrived-customer",
              Map.of("epoch", job.epoch()),
              "ARRIVED_CUSTOMER",
              reply -> {});
        } else {
          handOver(job, order.get());
        }
      }
      default -> bringBack(job, order.get());
    }
  }

  private void waitForGoods(Held job, OrderLife order, long mine) {
    long goods = Math.max(order.readyMillis(), atDoorSince + habits.storeBefore());
    world
        .scheduler()
        .at(
            this,
            goods,
            () -> {
              if (mine == turn && !busy) {
                pickUp(job, order);
              }
            });
  }

  private void pickUp(Held job, OrderLife order) {
    withCode(
        job,
        "picked-up",
        "PICKED_UP",
        order.pickupCode(),
        reply -> ride.stayUntil(world.scheduler().now() + habits.storeAfter()));
  }

  private void handOver(Held job, OrderLife order) {
    Fate fate = order.placement().fate();
    long patience =
        fate == Fate.UNREACHABLE
            ? order.placement().doorMillis() + CALLS_MILLIS
            : order.placement().doorMillis();
    busy = true;
    world
        .scheduler()
        .at(
            this,
            Math.max(world.scheduler().now(), atDoorSince + patience),
            () -> {
              if (fate == Fate.UNREACHABLE || fate == Fate.REFUSES) {
                String reason = fate == Fate.REFUSES ? "CUSTOMER_REFUSED" : "CUSTOMER_UNREACHABLE";
                step(
                    job,
                    "undeliverable",
                    Map.of("epoch", job.epoch(), "reason", reason),
                    "UNDELIVERABLE",
                    reply -> world.log().count("undeliverable"));
              } else {
                long handedOver = world.scheduler().now();
                Consumer<Reply> done = reply -> delivered(order, handedOver);
                if (order.leftAtDoor()) {
                  leaveAtDoor(job, done);
                } else {
                  withCode(job, "delivered", "DELIVERED", order.deliveryCode(), done);
                }
              }
            });
  }

  private void delivered(OrderLife order, long handedOverMillis) {
    ride.stayUntil(world.scheduler().now() + habits.doorAfter());
    world.log().handedOver(order.orderId(), handedOverMillis);
    world.book().delivered(courier.riderId(), order.jobId());
    world.customers().received(order, courier.riderId());
    world.delivered();
    world.merchantOf(order).look(order, 4);
  }

  /** In a basement: what is done there is told when there is a line again. */
  private void pickUpWithoutLine(Held job, OrderLife order) {
    withoutLine(
        offline.done("ARRIVED_STORE", job, null),
        Math.max(order.readyMillis(), atDoorSince + habits.storeBefore()),
        () -> offline.done("PICKED_UP", job, order.pickupCode()),
        got -> ride.stayUntil(world.scheduler().now() + habits.storeAfter()));
  }

  private void handOverWithoutLine(Held job, OrderLife order) {
    withoutLine(
        offline.done("ARRIVED_CUSTOMER", job, null),
        atDoorSince + order.placement().doorMillis(),
        () -> offline.done("DELIVERED", job, order.deliveryCode()),
        gave -> delivered(order, gave.atMillis()));
  }

  private void withoutLine(
      OfflineQueue.Done arrived,
      long thenMillis,
      Supplier<OfflineQueue.Done> act,
      Consumer<OfflineQueue.Done> whenDone) {
    busy = true;
    long at = Math.max(world.scheduler().now(), thenMillis);
    world
        .scheduler()
        .at(
            this,
            at,
            () -> {
              OfflineQueue.Done acted = act.get();
              world
                  .scheduler()
                  .after(
                      this,
                      offline.outAgain(),
                      () ->
                          offline.handIn(
                              List.of(arrived, acted),
                              reply -> handedIn(List.of(arrived, acted), reply, whenDone)));
            });
  }

  private void handedIn(
      List<OfflineQueue.Done> queue, Reply reply, Consumer<OfflineQueue.Done> whenDone) {
    busy = false;
    target = null;
    turn++;
    for (OfflineQueue.Done one : queue) {
      if (one.outcome(reply).equals("DONE")) {
        world
            .log()
            .stepped(
                courier.riderId(), one.job().jobId(), one.job().epoch(), one.kind(), one.mark());
      }
    }
    OfflineQueue.Done last = queue.get(queue.size() - 1);
    if (last.outcome(reply).equals("DONE")) {
      whenDone.accept(last);
      resync();
    } else {
      refused(last.kind() + " queued", reply);
    }
  }

  /** Nobody comes to the door: a picture of the goods stands for the code. */
  private void leaveAtDoor(Held job, Consumer<Reply> done) {
    caller.call(
        Request.picture(
            jobs(job, "proof") + "?epoch=" + job.epoch(), DoorPicture.png(job.jobId()), key()),
        kept -> {
          if (!kept.ok()) {
            pictureRefused(job, kept);
            return;
          }
          world.log().count("left at the door");
          step(
              job,
              "delivered",
              Map.of(
                  "epoch",
                  job.epoch(),
                  "proofId",
                  kept.body().path("proofId").asText(),
                  "dropPoint",
                  true),
              "DELIVERED",
              done);
        });
  }

  /** After a fault a service may not have heard yet whose job it is; the rider asks and retries. */
  private void pictureRefused(Held job, Reply reply) {
    if (reply.status() != 404 && reply.status() != 409) {
      world.log().surprise("A picture of " + job.jobId() + " was refused: " + reply.text());
    }
    target = null;
    turn++;
    refused("PICTURE", reply);
  }

  private void bringBack(Held job, OrderLife order) {
    busy = true;
    world
        .merchantOf(order)
        .takeBack(
            order,
            () ->
                step(
                    job,
                    "returned",
                    Map.of("epoch", job.epoch()),
                    "RETURNED",
                    reply -> world.merchantOf(order).look(order, 4)),
            this);
  }

  /** A job of which nobody around here knows, left over from an earlier run on the same data. */
  private void giveUp(Held job) {
    world.log().count("jobs of nobody");
    if (job.beforePickup()) {
      release(job, "UNKNOWN_TO_STORE");
    } else if (job.carried()) {
      step(
          job,
          "undeliverable",
          Map.of("epoch", job.epoch(), "reason", "CUSTOMER_UNREACHABLE"),
          "UNDELIVERABLE",
          reply -> {});
    } else {
      step(job, "returned", Map.of("epoch", job.epoch()), "RETURNED", reply -> {});
    }
  }

  /** Gives a job back before the pickup, if it is still in hand and the rider not yet there. */
  void release(String jobId) {
    work.find(jobId)
        .filter(job -> job.status().equals("ASSIGNED") && !busy)
        .ifPresent(job -> release(job, "CANNOT_REACH_STORE"));
  }

  private void release(Held job, String reason) {
    step(
        job,
        "release",
        Map.of("epoch", job.epoch(), "reason", reason),
        "RELEASED",
        reply -> world.log().count("released"));
  }

  /** People mistype; the right code follows. */
  private void withCode(Held job, String path, String step, String code, Consumer<Reply> whenDone) {
    if (random.nextDouble() >= habits.mistypes()) {
      step(job, path, Map.of("epoch", job.epoch(), "code", code), step, whenDone);
      return;
    }
    busy = true;
    String wrong = code.substring(1) + (code.charAt(0) == '9' ? '0' : '9');
    String mistyped = wrong.equals(code) ? "0" + code.substring(1) : wrong;
    caller.call(
        Request.post(jobs(job, path), Map.of("epoch", job.epoch(), "code", mistyped), key()),
        reply -> {
          if (reply.ok()) {
            world
                .log()
                .surprise("Job %s: a wrong code was taken at %s.".formatted(job.jobId(), path));
          }
          world.log().count("codes mistyped");
          step(job, path, Map.of("epoch", job.epoch(), "code", code), step, whenDone);
        });
  }

  private String jobs(Held job, String path) {
    return api + "/jobs/" + job.jobId() + "/" + path;
  }

  private void step(
      Held job, String path, Map<String, ?> body, String step, Consumer<Reply> whenDone) {
    busy = true;
    long mark = world.log().mark();
    caller.call(
        Request.post(jobs(job, path), body, key()),
        reply -> {
          busy = false;
          target = null;
          turn++;
          if (reply.ok()) {
            world.log().stepped(courier.riderId(), job.jobId(), job.epoch(), step, mark);
            whenDone.accept(reply);
            if (reply.body().path("work").isObject()) {
              work.take(reply.body().path("work"));
              proceed();
            } else {
              resync();
            }
          } else {
            refused(step, reply);
          }
        });
  }

  private void refused(String step, Reply reply) {
    String type = reply.body().path("type").asText("");
    world
        .log()
        .count(
            "refused %s %d %s"
                .formatted(step, reply.status(), type.substring(type.lastIndexOf(':') + 1)));
    // What the rider believes is no longer so; ask, after a moment so as not to ask in a circle.
    busy = true;
    world
        .scheduler()
        .after(
            this,
            5_000,
            () -> {
              busy = false;
              resync();
            });
  }

  /** Reads the rider's ledger, earnings and affairs into the city's books. */
  public void audit(Runnable then) {
    world
        .scheduler()
        .soon(
            this,
            () ->
                new Ledgers(world, courier.riderId(), caller, api).read(() -> affairs.audit(then)));
  }
}

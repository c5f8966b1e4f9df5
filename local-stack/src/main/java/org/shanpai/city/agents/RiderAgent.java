package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.shanpai.city.agents.Work.Held;
import org.shanpai.city.agents.Work.Stop;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Reply;
import org.shanpai.city.api.Request;
import org.shanpai.city.plan.Courier;
import org.shanpai.city.plan.Fate;
import org.shanpai.city.plan.Habits;
import org.shanpai.city.streets.Journey;
import org.shanpai.city.streets.Spot;
import org.shanpai.contracts.CoordinateSystem;

/**
 * A rider on duty: rides where the platform's route says, waits at counters, hands over, and does
 * what riders do. Everything runs as steps of this agent.
 */
public final class RiderAgent {

  private static final long MINUTE = 60_000;

  /** At the same door: no way to ride, and the time of arrival stands. */
  private static final double SAME_DOOR_METRES = 25;

  /** How long a rider tries to reach a customer who does not answer. */
  private static final long CALLS_MILLIS = 6 * MINUTE;

  private static final long RESYNC_MILLIS = 4 * MINUTE;

  private final World world;
  private final Courier courier;
  private final Habits habits;
  private final Random random;
  private final Caller caller;
  private final Positions positions;
  private final RiderStream stream;
  private final OfferAnswers answers;
  private final Work work = new Work();
  private final String api;

  private Journey journey;
  private Stop target;
  private boolean busy;
  private boolean online;
  private boolean leaving;
  private boolean ended;
  private long acts;
  private long turn;
  private long mayLeaveAt;
  private Spot door;
  private long atDoorSince;
  private long idleTurn;

  public RiderAgent(World world, Courier courier, String secret) {
    this.world = world;
    this.courier = courier;
    this.habits = world.plan().habits();
    this.random = world.chanceOf(courier.riderId());
    this.api = world.endpoints().rider() + "/v1/rider";
    this.journey = Journey.standing(courier.start(), world.openedMillis());
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
    this.positions =
        new Positions(world, this, courier, caller, cityMillis -> journey.at(cityMillis));
    this.answers = new OfferAnswers(world, this, caller, random);
    this.stream = new RiderStream(world, this, caller, this::resync);
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
    if (courier.offMillis() != Long.MAX_VALUE) {
      world.scheduler().at(this, world.openedMillis() + courier.offMillis(), this::leave);
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

  String key() {
    return world.key(courier.riderId(), ++acts);
  }

  boolean takesOffers() {
    return online && !leaving && !ended;
  }

  private void signIn() {
    positions.begin();
    caller.withToken(
        () -> {
          positions.flush();
          stream.open();
          goOnline();
        },
        0);
  }

  private void goOnline() {
    shift(
        true,
        reply -> {
          if (reply.ok()) {
            online = true;
            world.online(true);
            taken(reply);
            keepInStep();
            proceed();
          } else if (!leaving) {
            // Dispatch hears of a new rider by event, a moment after the onboarding.
            world.log().count("shift refused " + reply.status());
            world.scheduler().afterWall(this, 1_000, this::goOnline);
          }
        });
  }

  private void shift(boolean on, Consumer<Reply> then) {
    Object place = world.plan().plane().place(journey.at(world.scheduler().now()));
    caller.call(
        Request.put(
            api + "/shift",
            Map.of("online", on, "coordinateSystem", CoordinateSystem.WGS_84, "place", place)),
        then);
  }

  /** The shift is over: no new offers; what is in hand is still carried. */
  private void leave() {
    if (!leaving) {
      leaving = true;
      goOffline();
    }
  }

  private void goOffline() {
    if (!online || ended) {
      return;
    }
    shift(
        false,
        reply -> {
          taken(reply);
          if (!reply.ok() || !work.empty()) {
            world.scheduler().after(this, 2 * MINUTE, this::goOffline);
          } else if (online) {
            online = false;
            world.online(false);
            positions.end();
          }
        });
  }

  private void keepInStep() {
    world
        .scheduler()
        .after(
            this,
            RESYNC_MILLIS + random.nextInt((int) MINUTE),
            () -> {
              if (!ended && online) {
                resync();
                keepInStep();
              }
            });
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
    if (busy || ended || !online) {
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
    ride(
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

  private void ride(Spot to, Runnable then) {
    long now = world.scheduler().now();
    Spot here = journey.at(now);
    if (here.to(to) > 1) {
      boolean sameDoor = here.to(to) < SAME_DOOR_METRES;
      List<Spot> way = world.plan().ground().way(here, to);
      journey =
          new Journey(
              way,
              sameDoor ? now : Math.max(now, mayLeaveAt),
              courier.metresPerSecond() * pace(way));
    }
    world.scheduler().at(this, Math.max(now, journey.endMillis()), then);
  }

  /** Share of their speed that riders make on a way that leads through slow zones. */
  private double pace(List<Spot> way) {
    double metres = 0;
    double longer = 0;
    for (int i = 1; i < way.size(); i++) {
      Spot middle = way.get(i - 1).towards(way.get(i), 0.5);
      double leg = way.get(i - 1).to(way.get(i));
      metres += leg;
      longer += leg / world.plan().speedFactor(middle);
    }
    return longer == 0 ? 1 : metres / longer;
  }

  private void idle() {
    if (!habits.seeksWork() || leaving) {
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
              if (mine == idleTurn && turnNow == turn && target == null && !busy && online) {
                var stores = world.plan().stores();
                Spot near = stores.get(random.nextInt(stores.size())).door();
                if (near.to(journey.at(world.scheduler().now())) > 400) {
                  ride(near, () -> {});
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
    Spot here = journey.at(now);
    if (door == null || door.to(here) > SAME_DOOR_METRES) {
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
        if (job.status().equals("ASSIGNED")) {
          step(job, "arrived-store", Map.of("epoch", job.epoch()), "ARRIVED_STORE", reply -> {});
        } else {
          waitForGoods(job, order.get(), mine);
        }
      }
      case "DROPOFF" -> {
        if (job.status().equals("PICKED_UP")) {
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
        reply -> mayLeaveAt = world.scheduler().now() + habits.storeAfter());
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
                Consumer<Reply> done =
                    reply -> {
                      mayLeaveAt = world.scheduler().now() + habits.doorAfter();
                      world.log().handedOver(order.orderId(), handedOver);
                      world.delivered();
                      world.merchantOf(order).look(order, 4);
                    };
                if (order.leftAtDoor()) {
                  leaveAtDoor(job, done);
                } else {
                  withCode(job, "delivered", "DELIVERED", order.deliveryCode(), done);
                }
              }
            });
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

  /** Reads the rider's ledger and earnings into the city's log. */
  public void audit(Runnable then) {
    world
        .scheduler()
        .soon(this, () -> new Ledgers(world, courier.riderId(), caller, api).read(then));
  }
}

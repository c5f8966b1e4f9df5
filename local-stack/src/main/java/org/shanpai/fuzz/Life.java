package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.shanpai.stack.Chance;
import org.shanpai.stack.Program;

/**
 * Ordinary life beside the fuzz: orders are placed, riders ping, take offers, pick up and deliver
 * or bring back, and whoever keeps the city mends what bad requests have changed. Without it most
 * operations would have nothing to act upon.
 */
final class Life implements AutoCloseable {

  private static final long KEEP_MILLIS = 2_000;
  private static final long RIDER_MILLIS = 700;
  private static final long ORDER_MILLIS = 600;

  /** So many orders of a store wait for riders at most. */
  private static final int QUEUE = 4;

  /** Every so many rounds of the keeper nobody may ride to the customers. */
  private static final int NO_GO_EVERY = 6;

  /** What stands at the end of a long way, by the name under which it is known. */
  private static final List<String> SLOW =
      List.of(
          "claims orderId",
          "decision complaintId",
          "appeals entryId",
          "decision appealId",
          "escalation appealId",
          "panel appealId",
          "vote appealId",
          "vote who",
          "decision enrolmentId",
          "GET evidence proofId",
          "hold settlementId");

  private final Caller caller;
  private final World world;
  private final KnownIds known;
  private final Lore lore;
  private final long seed;
  private final AtomicLong seq = new AtomicLong(1_000_000);
  private final List<Thread> threads = new java.util.ArrayList<>();
  private final Set<String> pictured = new HashSet<>();
  private final PoolRules rules;
  private final Desk desk;
  private final Colleagues colleagues;
  private final Cases cases;
  private final Recruiting recruiting;
  private final HeldPay heldPay;
  private int rounds;
  private volatile boolean fuzzed;
  private volatile boolean over;

  Life(Caller caller, World world, KnownIds known, Lore lore, Databases databases, long seed) {
    this.caller = caller;
    this.world = world;
    this.known = known;
    this.lore = lore;
    this.seed = seed;
    this.rules = new PoolRules(caller, world);
    this.desk = new Desk(caller, world, known);
    this.colleagues = new Colleagues(caller, known);
    this.cases = new Cases(caller, world, known);
    this.recruiting = new Recruiting(caller, world, known, lore);
    this.heldPay = new HeldPay(databases, caller, world, known, lore);
  }

  void begin() {
    rules.read();
    begin("fuzz-keeper", KEEP_MILLIS, random -> keep());
    begin("fuzz-orders", ORDER_MILLIS, this::order);
    begin("fuzz-cases", KEEP_MILLIS, random -> judge());
    for (Persona rider : world.of("rider")) {
      // Of what a rider may report these need no proof, and no particular place.
      List<JsonNode> reasons =
          List.of(TextNode.valueOf("BREAKDOWN"), TextNode.valueOf("PHONE_DEAD"));
      known.only(rider.name(), "exceptions reason", reasons);
      if (!rider.name().equals("r-spare")) {
        begin("fuzz-" + rider.name(), RIDER_MILLIS, random -> ride(rider, random));
      }
    }
  }

  private interface Round {
    void go(Random random);
  }

  private void begin(String name, long everyMillis, Round round) {
    Random random = Chance.of(seed, name);
    Thread thread =
        new Thread(
            () -> {
              while (!over) {
                round.go(random);
                try {
                  Thread.sleep(everyMillis);
                } catch (InterruptedException e) {
                  return;
                }
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** What bad requests have done to the city is undone. */
  private void keep() {
    Persona manager = world.named("fuzz");
    world.putAreas(manager);
    for (Persona merchant : world.of("merchant")) {
      world.putStores(merchant);
    }
    caller.call(Program.GEO, manager, "DELETE", "/v1/areas/" + World.AREA + "/weather", null);
    caller.call(
        Program.DISPATCH,
        manager,
        "PUT",
        "/v1/areas/" + World.AREA + "/mode",
        Map.of("mode", "MIXED", "hallSeconds", 20));
    caller.call(
        Program.DISPATCH,
        manager,
        "PUT",
        "/v1/areas/" + World.HALL_AREA + "/mode",
        Map.of("mode", "GRAB", "hallSeconds", 600));
    rules.restore();
    clearZones(manager);
    desk.look();
    desk.signals();
    desk.webhooks(world.receiver());
    if (++rounds % NO_GO_EVERY == 0) {
      // Goods aboard on their way there become an exception, for operators to resolve.
      forbid(manager);
    }
  }

  private void judge() {
    cases.round();
    recruiting.round();
    heldPay.round();
  }

  /** From now on part of everything is left to the fuzz. */
  void share() {
    fuzzed = true;
  }

  /** Whether everything that takes a while to come about is there for the fuzz to act upon. */
  boolean settled() {
    return SLOW.stream().allMatch(known::some);
  }

  private void clearZones(Persona manager) {
    JsonNode zones = caller.call(Program.GEO, manager, "GET", "/v1/zones", null).json();
    for (JsonNode zone : zones.isArray() ? zones : zones.path("zones")) {
      String kind = zone.path("kind").asText();
      if (!kind.equals("SLOW")) {
        caller.call(
            Program.GEO,
            manager,
            "DELETE",
            "/v1/zones/" + RequestMaker.encoded(zone.path("zoneId").asText()),
            null);
      }
    }
  }

  private void forbid(Persona manager) {
    double lat = Lore.LAT + 0.004;
    double lon = Lore.LON + 0.003;
    List<List<Double>> ring =
        List.of(
            List.of(lon - 0.001, lat - 0.001),
            List.of(lon + 0.001, lat - 0.001),
            List.of(lon + 0.001, lat + 0.001),
            List.of(lon - 0.001, lat + 0.001),
            List.of(lon - 0.001, lat - 0.001));
    caller.call(
        Program.GEO,
        manager,
        "PUT",
        "/v1/zones/z-closed",
        Map.of(
            "kind", "NO_GO",
            "name", "closed",
            "coordinateSystem", "WGS-84",
            "geometry", Map.of("type", "Polygon", "coordinates", List.of(ring))));
  }

  private void order(Random random) {
    boolean hall = random.nextInt(5) == 0;
    Persona merchant =
        hall ? world.named(World.HALL_MERCHANT) : world.of("merchant").get(random.nextInt(2));
    String store = hall ? World.HALL_STORE : "s-" + merchant.name().substring(2);
    if (waiting(merchant, store) >= QUEUE) {
      return; // more than the riders carry would close the city
    }
    double lat = hall ? Lore.HALL_LAT : Lore.LAT;
    Map<String, Object> dropoff = new LinkedHashMap<>();
    dropoff.put("coordinateSystem", "WGS-84");
    dropoff.put("place", World.place(lat + 0.004, Lore.LON + 0.003));
    dropoff.put("address", "南京西路 1 弄 2 号 301 室");
    dropoff.put("contactName", "李女士");
    // Customers of their own: whom a rider blocks, that rider gets no more orders of.
    dropoff.put("contactPhone", "1380001%04d".formatted(random.nextInt(10_000)));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("storeId", store);
    body.put("merchantOrderNo", lore.fresh("life"));
    body.put("dropoff", dropoff);
    body.put(
        "items",
        List.of(Map.of("name", "milk", "quantity", 1, "valueFen", 1_290, "weightGrams", 500)));
    if (!hall && random.nextInt(4) == 0) {
      body.put("sandbox", Map.of("play", "DELIVERED"));
    }
    Answer made = caller.call(Program.ORDER, merchant, "POST", "/v1/orders", body);
    if (made.ok() && body.containsKey("sandbox")) {
      known.only(merchant.name(), "advance orderId", made.json().path("orderId"));
    }
  }

  /** Orders of a store that no rider has yet. */
  private int waiting(Persona merchant, String store) {
    String target = "/v1/orders?status=DISPATCHING&limit=" + QUEUE + "&storeId=" + store;
    return caller.call(Program.ORDER, merchant, "GET", target, null).json().path("orders").size();
  }

  private void ride(Persona rider, Random random) {
    Map<String, Object> ping = new LinkedHashMap<>();
    ping.put("seq", seq.incrementAndGet());
    ping.put("at", lore.now().toString());
    ping.putAll(here(rider));
    ping.put("accuracyMetres", 8);
    caller.call(
        Program.GEO,
        rider,
        "POST",
        "/v1/positions",
        Map.of(
            "sessionId",
            "life-" + rider.name(),
            "coordinateSystem",
            "WGS-84",
            "batteryPercent",
            90,
            "pings",
            List.of(ping)));
    JsonNode work = caller.call(Program.RIDER, rider, "GET", "/v1/rider/work", null).json();
    work = work.has("work") ? work.path("work") : work;
    if (!work.path("online").asBoolean()) {
      caller.call(
          Program.RIDER,
          rider,
          "PUT",
          "/v1/rider/shift",
          Map.of("online", true, "coordinateSystem", "WGS-84", "place", here(rider)));
    }
    if (rider.name().equals(Lore.HALL_RIDER)) {
      hall(rider);
    }
    JsonNode offers =
        caller.call(Program.RIDER, rider, "GET", "/v1/rider/offers", null).json().path("offers");
    for (JsonNode offer : offers) {
      known.only(rider.name(), "openOfferId", offer.path("offerId"));
    }
    Set<String> offered = colleagues.round(rider, work.path("jobs"), random);
    for (JsonNode offer : offers) {
      // Some are left to the fuzz for as long as they last.
      int mood = Math.floorMod(offer.path("offerId").asText().hashCode(), 10);
      if (mood < patience(rider) / 2) {
        colleagues.spare(rider, offer.path("offerId"));
        continue;
      }
      caller.call(
          Program.RIDER,
          rider,
          "POST",
          "/v1/rider/offers/" + offer.path("offerId").asText() + "/accept",
          Map.of());
    }
    JsonNode held = work.path("jobs").path(random.nextInt(Math.max(1, work.path("jobs").size())));
    if (held.has("jobId")) {
      known.only(rider.name(), "heldJobId", held.path("jobId"));
      known.only(rider.name(), "epoch", held.path("epoch"));
      String next = next(held.path("status").asText());
      if (next != null) {
        known.only(rider.name(), "step", TextNode.valueOf(next));
      }
    }
    for (JsonNode job : work.path("jobs")) {
      told(rider, job, random);
      boolean free = !offered.contains(job.path("jobId").asText());
      if (free && random.nextInt(10) >= patience(rider)) {
        step(rider, job, random);
      }
    }
  }

  private static Map<String, Double> here(Persona rider) {
    return World.place(Lore.lat(rider.name()), Lore.LON);
  }

  /** What the counter told a rider who waits there, for whoever checks it. */
  private void told(Persona rider, JsonNode job, Random random) {
    if (rider.name().equals(World.SPOKEN_FOR) && job.path("status").asText().equals("AT_STORE")) {
      String orderId = "o-" + job.path("jobId").asText().replaceFirst("^j-", "");
      known.only(rider.name(), "check orderId", TextNode.valueOf(orderId));
      known.only(rider.name(), "check epoch", job.path("epoch"));
      known.only(rider.name(), "check code", TextNode.valueOf(code(orderId, "pickupCode")));
      if (pictured.add(orderId)) {
        photograph(rider, job.path("jobId").asText(), job.path("epoch").asText(), random);
      }
    }
  }

  /** Which job hangs in the hall just now; to grab it is the fuzz's. */
  private void hall(Persona rider) {
    JsonNode jobs =
        caller.call(Program.RIDER, rider, "GET", "/v1/rider/hall", null).json().path("jobs");
    if (jobs.size() > 0) {
      known.only(rider.name(), "grab jobId", jobs.get(0).path("jobId"));
      known.only(rider.name(), "grab epoch", jobs.get(0).path("epoch"));
    }
  }

  /** What dispatch calls the step that follows. */
  private static String next(String status) {
    return switch (status) {
      case "ASSIGNED" -> "ARRIVED_STORE";
      case "AT_STORE" -> "PICKED_UP";
      case "PICKED_UP" -> "ARRIVED_CUSTOMER";
      case "AT_CUSTOMER" -> "DELIVERED";
      case "RETURNING" -> "RETURNED";
      default -> null;
    };
  }

  /** Of ten chances to act, how many a rider leaves to the fuzz. */
  private int patience(Persona rider) {
    if (!fuzzed) {
      return 0;
    }
    return switch (rider.name()) {
      case "r-one" -> 8;
      case "r-two" -> 6;
      default -> 2;
    };
  }

  private void step(Persona rider, JsonNode job, Random random) {
    String jobId = job.path("jobId").asText();
    String orderId = "o-" + jobId.replaceFirst("^j-", "");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("epoch", job.path("epoch").asLong());
    String step =
        switch (job.path("status").asText()) {
          case "ASSIGNED" -> "arrived-store";
          case "AT_STORE", "ARRIVED_STORE" -> "picked-up";
          case "PICKED_UP" -> "arrived-customer";
          case "AT_CUSTOMER", "ARRIVED_CUSTOMER" ->
              random.nextInt(2) == 0 ? "undeliverable" : "delivered";
          case "RETURNING" -> "returned";
          default -> null;
        };
    if (step == null) {
      return;
    }
    if (step.equals("returned") && random.nextInt(3) > 0) {
      return; // the merchant's side of a return is the fuzz's to try
    }
    if (step.equals("delivered") && random.nextInt(3) > 0) {
      photograph(rider, jobId, job.path("epoch").asText(), random);
    }
    if (step.equals("picked-up") || step.equals("delivered")) {
      String code = code(orderId, step.equals("picked-up") ? "pickupCode" : "deliveryCode");
      known.put(rider.name(), "code", TextNode.valueOf(code));
      body.put("code", code);
    }
    if (step.equals("undeliverable")) {
      // Who is to blame for what is spilled is for an operator to say.
      body.put("reason", random.nextInt(3) == 0 ? "SPILLED" : "CUSTOMER_REFUSED");
    }
    Answer done =
        caller.call(Program.RIDER, rider, "POST", "/v1/rider/jobs/" + jobId + "/" + step, body);
    if (done.ok() && step.equals("delivered") && random.nextInt(3) == 0) {
      colleagues.block(rider, jobId);
    }
  }

  /** The goods where they were left, for their merchant to see. */
  private void photograph(Persona rider, String jobId, String epoch, Random random) {
    Shot shot =
        new Shot(
            "POST",
            "/v1/rider/jobs/" + jobId + "/proof?epoch=" + epoch,
            List.of(
                "Accept: application/json, application/problem+json",
                "Authorization: Bearer " + rider.token(),
                "Idempotency-Key: " + lore.fresh("photo"),
                "Content-Type: image/png"),
            Picture.png(random));
    Answer kept = caller.send(Program.RIDER, rider, shot, Mutation.NONE, false);
    if (kept.ok()) {
      TextNode orderId = TextNode.valueOf(jobId.replaceFirst("^j-", "o-"));
      known.only(rider.name(), "GET proofs orderId", orderId);
      known.only(rider.name(), "GET proofs proofId", kept.json().path("proofId"));
      known.put(KnownIds.EVERYBODY, "image orderId", orderId);
    }
  }

  /** The merchant tells the rider over the counter, the customer at the door. */
  private String code(String orderId, String which) {
    for (Persona merchant : world.of("merchant")) {
      Answer order =
          caller.call(
              Program.ORDER, merchant, "GET", "/v1/orders/" + RequestMaker.encoded(orderId), null);
      if (order.ok()) {
        return order.json().path(which).asText();
      }
    }
    return "0000";
  }

  @Override
  public void close() {
    over = true;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(20_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}

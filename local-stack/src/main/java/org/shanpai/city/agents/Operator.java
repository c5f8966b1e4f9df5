package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Endpoints;
import org.shanpai.city.api.Http;
import org.shanpai.city.api.Reply;
import org.shanpai.city.api.Request;
import org.shanpai.city.plan.Area;
import org.shanpai.city.plan.CityPlan;
import org.shanpai.city.plan.Courier;
import org.shanpai.city.plan.Store;
import org.shanpai.city.plan.Zone;
import org.shanpai.city.schedule.CityScheduler;
import org.shanpai.city.streets.Spot;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.stack.CannotRun;

/**
 * The operator of the city: onboards everybody before it opens, and resolves exceptions while it
 * runs.
 */
public final class Operator {

  /** Who operates the demo. */
  public static final String USERNAME = "demo";

  private static final long LOOK_MILLIS = 60_000;

  private final Http http;
  private final CityScheduler scheduler;
  private final Endpoints at;
  private final CityPlan plan;
  private final String run;
  private final Caller caller;
  private final String password;
  private long acts;
  private String token;

  /**
   * @param run tells the keys of this run from those of others on the same data
   */
  public Operator(
      Http http,
      CityScheduler scheduler,
      Endpoints endpoints,
      CityPlan plan,
      String run,
      String password,
      Consumer<String> troubles) {
    this.http = http;
    this.scheduler = scheduler;
    this.at = endpoints;
    this.plan = plan;
    this.run = run;
    this.password = password;
    this.caller =
        new Caller(
            http, scheduler, this, new java.util.Random(run.hashCode()), this::signIn, troubles);
  }

  private Request signIn() {
    return signIn(USERNAME);
  }

  /** How somebody of the house signs in; all of them have the demo's password. */
  Request signIn(String username) {
    return Request.post(
        at.controlRoom() + "/v1/operators/sessions",
        Map.of("username", username, "password", password),
        null);
  }

  /** Makes somebody a manager, unless they are from an earlier run on the same data. */
  private void hire(String username) {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    Request request =
        Request.post(
            at.controlRoom() + "/v1/operators",
            Map.of("username", username, "password", password, "roles", List.of("manager")),
            key());
    scheduler.soon(this, () -> caller.call(request, answer::complete));
    Reply reply = answer.join();
    if (reply.status() != 409) {
      must(reply, "operator " + username);
    }
  }

  private String key() {
    return run + ":operator:" + ++acts;
  }

  /**
   * Becomes the first operator, unless that was done in an earlier run on the same data.
   *
   * @param code the one-time code
   */
  public void become(String code) {
    Reply known = http.send(signIn(), null).join();
    if (known.ok()) {
      return;
    }
    must(
        http.send(
                Request.post(
                    at.controlRoom() + "/v1/operators/first",
                    Map.of("code", code, "username", USERNAME, "password", password),
                    key()),
                null)
            .join(),
        "the first operator");
  }

  /**
   * Onboards areas, streets, merchants, stores and riders.
   *
   * @param logins those known already; what is told now is added
   */
  public void onboard(Logins logins) {
    for (Area area : plan.areas()) {
      put(
          at.geo() + "/v1/areas/" + area.areaId(),
          Map.of(
              "name",
              area.name(),
              "coordinateSystem",
              CoordinateSystem.WGS_84,
              "outline",
              places(area.outline())),
          "area " + area.areaId());
    }
    if (!plan.ground().streets().isEmpty()) {
      put(
          at.controlRoom() + "/v1/map/streets",
          Map.of(
              "coordinateSystem",
              CoordinateSystem.WGS_84,
              "streets",
              plan.ground().streets().stream().map(street -> places(street.line())).toList()),
          "the streets");
    }
    if (plan.rainFactor() > 1) {
      for (Area area : plan.areas()) {
        put(
            at.geo() + "/v1/areas/" + area.areaId() + "/weather",
            Map.of(
                "level", "YELLOW", "travelFactor", plan.rainFactor(), "promiseExtraSeconds", 600),
            "the weather");
      }
    }
    plan.zones().forEach(this::openZone);
    Map<String, List<Store>> byMerchant = new LinkedHashMap<>();
    plan.stores()
        .forEach(
            store ->
                byMerchant
                    .computeIfAbsent(store.merchantId(), any -> new ArrayList<>())
                    .add(store));
    byMerchant.keySet().forEach(merchantId -> onboardMerchant(merchantId, logins));
    together(
        List.copyOf(byMerchant.entrySet()),
        entry -> openStores(entry.getValue(), logins.clients().get(entry.getKey())));
    together(plan.couriers(), courier -> onboardRider(courier, logins));
    onboardGuest(logins);
    if (plan.habits().speaksUp()) {
      Desk.names().forEach(this::hire);
    }
  }

  /** One rider more than there are agents, for whoever wants to play. */
  private void onboardGuest(Logins logins) {
    put(at.dispatch() + Guest.pool(), Guest.rules(scheduler.speed()), "the guest's pool");
    JsonNode told = put(at.rider() + "/v1/riders/" + Guest.RIDER_ID, Guest.profile(), "the guest");
    if (told.hasNonNull("secret")) {
      logins.riders().put(Guest.RIDER_ID, told.path("secret").asText());
    }
  }

  /** Lets shopkeepers and customers speak to the guest. */
  public void attendGuest(World world) {
    new Guest(this, caller, scheduler, at, world).watch();
  }

  private void onboardMerchant(String merchantId, Logins logins) {
    JsonNode told =
        put(
            at.order() + "/v1/merchants/" + merchantId,
            Map.of("name", "Merchant " + merchantId),
            "merchant " + merchantId);
    if (told.hasNonNull("clientSecret")) {
      logins
          .clients()
          .put(
              merchantId,
              new Logins.Client(
                  told.path("clientId").asText(), told.path("clientSecret").asText()));
    }
    if (!logins.clients().containsKey(merchantId)) {
      throw new CannotRun(
          "The secret of merchant %s is not kept in the data folder; start without --keep."
              .formatted(merchantId));
    }
  }

  private void openStores(List<Store> stores, Logins.Client client) {
    Reply session =
        must(
            http.send(
                    Request.post(
                        at.order() + "/v1/tokens",
                        Map.of(
                            "clientId", client.clientId(), "clientSecret", client.clientSecret()),
                        null),
                    null)
                .join(),
            "the merchant's token");
    String token = session.body().path("accessToken").asText();
    for (Store store : stores) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("name", store.name());
      body.put("coordinateSystem", CoordinateSystem.WGS_84);
      body.put("place", plan.plane().place(store.spot()));
      body.put("rangeMetres", store.rangeMetres());
      body.put("preparationSeconds", store.preparationSeconds());
      body.put("open", store.open());
      must(
          http.send(Request.put(at.order() + "/v1/stores/" + store.storeId(), body), token).join(),
          "store " + store.storeId());
    }
  }

  private void onboardRider(Courier courier, Logins logins) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("label", courier.label());
    body.put("name", "Rider " + courier.riderId());
    body.put(
        "phone", "138%08d".formatted(Math.floorMod(courier.riderId().hashCode(), 100_000_000)));
    body.put("pool", "CROWDSOURCED");
    body.put("capacityUnits", courier.capacityUnits());
    body.put("equipment", List.of());
    body.put("priorOrders", priorOrders(courier.riderId()));
    JsonNode told =
        put(at.rider() + "/v1/riders/" + courier.riderId(), body, "rider " + courier.riderId());
    if (told.hasNonNull("secret")) {
      logins.riders().put(courier.riderId(), told.path("secret").asText());
    }
    if (!logins.riders().containsKey(courier.riderId())) {
      throw new CannotRun(
          "The secret of rider %s is not kept in the data folder; start without --keep."
              .formatted(courier.riderId()));
    }
  }

  /**
   * Orders carried elsewhere before: half of the riders are no newcomers, so that lateness takes
   * points from them.
   */
  public static int priorOrders(String riderId) {
    return Math.floorMod(riderId.hashCode(), 2) == 0 ? 500 : 0;
  }

  private List<Object> places(List<Spot> spots) {
    List<Object> places = new ArrayList<>();
    spots.forEach(spot -> places.add(plan.plane().place(spot)));
    return places;
  }

  private JsonNode put(String url, Object body, String what) {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    scheduler.soon(this, () -> caller.call(Request.put(url, body), answer::complete));
    return must(answer.join(), what).body();
  }

  private static Reply must(Reply reply, String what) {
    if (!reply.ok()) {
      throw new CannotRun("The platform refused %s: %s.".formatted(what, reply.text()));
    }
    return reply;
  }

  /** A few at a time: each is a round trip, and there may be a thousand. */
  private static <T> void together(List<T> all, Consumer<T> work) {
    java.util.concurrent.ExecutorService threads =
        java.util.concurrent.Executors.newFixedThreadPool(4);
    try {
      List<CompletableFuture<Void>> begun =
          all.stream()
              .map(one -> CompletableFuture.runAsync(() -> work.accept(one), threads))
              .toList();
      for (CompletableFuture<Void> one : begun) {
        try {
          one.join();
        } catch (java.util.concurrent.CompletionException e) {
          throw e.getCause() instanceof CannotRun refused ? refused : e;
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** A geo-service that knows no zones yet leaves the city without; riders keep to them anyway. */
  private void openZone(Zone zone) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", zone.name());
    body.put("kind", zone.closed() ? "NO_GO" : "SLOW");
    body.put("coordinateSystem", CoordinateSystem.WGS_84);
    if (!zone.closed()) {
      body.put("speedFactor", zone.speedFactor());
    }
    body.put("geometry", geoJson(zone.outline()));
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    String url = at.geo() + "/v1/zones/" + zone.zoneId();
    scheduler.soon(this, () -> caller.call(Request.put(url, body), answer::complete));
    Reply reply = answer.join();
    if (reply.status() != 404 && reply.status() != 405) {
      must(reply, "zone " + zone.zoneId());
    }
  }

  /** GeoJSON has longitude first and closes its rings. */
  private Map<String, Object> geoJson(List<Spot> outline) {
    List<List<Double>> ring = new ArrayList<>();
    for (int i = 0; i <= outline.size(); i++) {
      GeoPoint corner = plan.plane().place(outline.get(i % outline.size()));
      ring.add(List.of(corner.lon(), corner.lat()));
    }
    return Map.of("type", "Polygon", "coordinates", List.of(ring));
  }

  /** Reads an address as the operator; for after the run. */
  public Reply read(String url) {
    if (token == null) {
      token = http.send(signIn(), null).join().body().path("accessToken").asText();
    }
    Reply reply = http.send(Request.get(url), token).join();
    if (reply.status() == 401) {
      token = null;
    }
    return reply;
  }

  /** The people at the desks; null in a city where nobody speaks up. */
  public Desk openDesk(World world) {
    if (!plan.habits().speaksUp()) {
      return null;
    }
    Desk desk = new Desk(world, this);
    desk.begin();
    return desk;
  }

  /** Reads how the run's campaign and slot stand. */
  public void readPlaces(World world) {
    for (JsonNode one : read(at.rider() + "/v1/campaigns").body().path("campaigns")) {
      if (one.path("campaignId").asText().equals(world.campaignId())) {
        world.places().campaign(one.at("/terms/places").asInt(), one.path("placesUsed").asInt());
      }
    }
    String span =
        "?from=%s&to=%s"
            .formatted(
                java.time.Instant.ofEpochMilli(world.openedMillis()),
                java.time.Instant.ofEpochMilli(world.openedMillis() + 3_600_000));
    for (JsonNode one : read(at.rider() + "/v1/slots" + span).body().path("slots")) {
      if (one.path("slotId").asText().equals(world.slotId())) {
        world.places().slot(one.at("/slot/places").asInt(), one.path("taken").asInt());
      }
    }
  }

  /** Watches how far riders are believed. */
  public TrustWatch watchTrust(World world) {
    TrustWatch watch = new TrustWatch(world, this::signIn);
    watch.begin();
    return watch;
  }

  /** Looks for exceptions every city minute and resolves each: its goods go back. */
  public void watch(World world) {
    scheduler.after(
        this,
        LOOK_MILLIS,
        () ->
            caller.call(
                Request.get(at.dispatch() + "/v1/jobs?state=EXCEPTION"),
                reply -> {
                  JsonNode jobs = reply.body().isArray() ? reply.body() : reply.body().path("jobs");
                  for (JsonNode job : jobs) {
                    resolve(world, job.path("jobId").asText());
                  }
                  watch(world);
                }));
  }

  private void resolve(World world, String jobId) {
    world.log().count("exceptions resolved");
    caller.call(
        Request.post(
            at.dispatch() + "/v1/jobs/" + jobId + "/resolve",
            Map.of("outcome", "RETURNED", "reason", "RIDER_BROUGHT_IT_BACK"),
            key()),
        reply -> {
          if (!reply.ok()) {
            world.log().count("resolve refused " + reply.status());
          }
          world.order(jobId).ifPresent(order -> world.merchantOf(order).look(order, 6));
        });
  }

  /** How many messages each service has parked; for people who look for the reason of a failure. */
  public Map<String, Integer> parked() {
    Map<String, Integer> parked = new LinkedHashMap<>();
    Map<String, String> services =
        Map.of(
            "order", at.order(), "dispatch", at.dispatch(), "rider", at.rider(), "geo", at.geo());
    String token = http.send(signIn(), null).join().body().path("accessToken").asText();
    services.forEach(
        (name, url) -> {
          Reply reply = http.send(Request.get(url + "/v1/ops/parked"), token).join();
          JsonNode rows = reply.body().isArray() ? reply.body() : reply.body().path("messages");
          if (rows.size() > 0) {
            parked.put(name, rows.size());
          }
        });
    return parked;
  }
}

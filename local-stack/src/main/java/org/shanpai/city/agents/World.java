package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.shanpai.city.api.Endpoints;
import org.shanpai.city.api.Http;
import org.shanpai.city.api.WebhookInbox;
import org.shanpai.city.plan.CityPlan;
import org.shanpai.city.report.Agreements;
import org.shanpai.city.report.CityLog;
import org.shanpai.city.report.Places;
import org.shanpai.city.report.RiderBook;
import org.shanpai.city.schedule.CityScheduler;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.stack.Chance;

/** What the agents of one city share. Thread-safe. */
public final class World implements AutoCloseable {

  /** Merchants' servers have bad moments, too: one request of so many is answered with 503. */
  private static final int TURNED_AWAY_EACH = 40;

  private final CityPlan plan;
  private final CityScheduler scheduler;
  private final Http http;
  private final Endpoints endpoints;
  private final CityLog log;
  private final long seed;
  private final String run;
  private final long openedMillis;
  private final WallClock wall = WallClock.system();
  private final Map<String, OrderLife> orders = new ConcurrentHashMap<>();
  private final Map<String, MerchantAgent> merchants = new ConcurrentHashMap<>();
  private final AtomicInteger ridersOnline = new AtomicInteger();
  private final Agreements agreements = new Agreements();
  private final WebhookInbox webhooks;
  private final RiderBook book = new RiderBook();
  private final Places places = new Places();
  private final Roles roles;
  private final Customers customers = new Customers(this);
  private final Map<String, Opinion> opinions = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> courses = new ConcurrentHashMap<>();
  private final Map<String, RiderAgent> riders = new ConcurrentHashMap<>();
  private final AtomicBoolean escalated = new AtomicBoolean();
  private volatile long firstDeliveryWallMillis = -1;

  /**
   * @param run tells the keys of this run from those of others on the same data
   * @param openedMillis city time at which the city opens, epoch milliseconds
   */
  public World(
      CityPlan plan,
      CityScheduler scheduler,
      Http http,
      Endpoints endpoints,
      CityLog log,
      long seed,
      String run,
      long openedMillis) {
    this.plan = plan;
    this.scheduler = scheduler;
    this.http = http;
    this.endpoints = endpoints;
    this.log = log;
    this.seed = seed;
    this.run = run;
    this.openedMillis = openedMillis;
    this.roles = Roles.of(plan.couriers(), seed);
    this.webhooks =
        new WebhookInbox(
            wall, TURNED_AWAY_EACH, outcome -> log.count("webhooks " + words(outcome.name())));
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** What merchants were told about their orders. */
  public Agreements agreements() {
    return agreements;
  }

  /** What riders were told of score and pay. */
  public RiderBook book() {
    return book;
  }

  /** Who has a place in the campaign. */
  public Places places() {
    return places;
  }

  Roles roles() {
    return roles;
  }

  Customers customers() {
    return customers;
  }

  /** What customers said, by order. */
  Map<String, Opinion> opinions() {
    return opinions;
  }

  /** Courses with their right answers, as those know them who learned. */
  Map<String, JsonNode> courses() {
    return courses;
  }

  /** True once: for whoever is the first to ask. */
  boolean firstEscalation() {
    return escalated.compareAndSet(false, true);
  }

  /** The run's campaign. */
  public String campaignId() {
    return "c-" + run;
  }

  /** The run's slot. */
  public String slotId() {
    return "s-" + run;
  }

  void know(RiderAgent rider) {
    riders.put(rider.riderId(), rider);
  }

  /** Somebody else on duty; empty when there is nobody. */
  Optional<String> colleague(String riderId, Random random) {
    List<String> others =
        riders.values().stream()
            .filter(rider -> rider.takesOffers() && !rider.riderId().equals(riderId))
            .map(RiderAgent::riderId)
            .sorted()
            .toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(others.get(random.nextInt(others.size())));
  }

  /** Where the merchants hear of their orders. */
  WebhookInbox webhooks() {
    return webhooks;
  }

  @Override
  public void close() {
    webhooks.close();
  }

  public CityPlan plan() {
    return plan;
  }

  public CityScheduler scheduler() {
    return scheduler;
  }

  Http http() {
    return http;
  }

  Endpoints endpoints() {
    return endpoints;
  }

  public CityLog log() {
    return log;
  }

  public long openedMillis() {
    return openedMillis;
  }

  /** The chance of one agent: the same for the same seed, whatever the others do. */
  Random chanceOf(String agent) {
    return Chance.of(seed, agent);
  }

  long seed() {
    return seed;
  }

  /** A key for one act of one agent, never used twice. */
  String key(String agent, long act) {
    return run + ":" + agent + ":" + act;
  }

  void know(OrderLife order) {
    orders.put(order.jobId(), order);
  }

  Optional<OrderLife> order(String jobId) {
    return Optional.ofNullable(orders.get(jobId));
  }

  void know(MerchantAgent merchant) {
    merchants.put(merchant.merchantId(), merchant);
  }

  MerchantAgent merchantOf(OrderLife order) {
    return merchants.get(order.store().merchantId());
  }

  /** Has the merchants ask how these orders stand. */
  public void ask(List<String> orderIds) {
    Set<String> wanted = Set.copyOf(orderIds);
    Map<MerchantAgent, List<String>> byMerchant = new HashMap<>();
    for (OrderLife order : orders.values()) {
      if (wanted.contains(order.orderId())) {
        byMerchant
            .computeIfAbsent(merchantOf(order), any -> new ArrayList<>())
            .add(order.orderId());
      }
    }
    byMerchant.forEach(MerchantAgent::lookAt);
  }

  void online(boolean on) {
    ridersOnline.addAndGet(on ? 1 : -1);
  }

  public int ridersOnline() {
    return ridersOnline.get();
  }

  void delivered() {
    if (firstDeliveryWallMillis < 0) {
      firstDeliveryWallMillis = wall.millis();
    }
  }

  /** Wall time of the first delivery, epoch milliseconds; −1 before. */
  public long firstDeliveryWallMillis() {
    return firstDeliveryWallMillis;
  }
}

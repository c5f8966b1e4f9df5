package org.shanpai.city;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.shanpai.city.agents.Desk;
import org.shanpai.city.agents.Logins;
import org.shanpai.city.agents.MerchantAgent;
import org.shanpai.city.agents.Operator;
import org.shanpai.city.agents.RiderAgent;
import org.shanpai.city.agents.TrustWatch;
import org.shanpai.city.agents.World;
import org.shanpai.city.api.Endpoints;
import org.shanpai.city.api.Http;
import org.shanpai.city.plan.CityPlan;
import org.shanpai.city.plan.Store;
import org.shanpai.city.report.Agreements;
import org.shanpai.city.report.CityLog;
import org.shanpai.city.report.GeoAudit;
import org.shanpai.city.report.GeoFigures;
import org.shanpai.city.report.MerchantFigures;
import org.shanpai.city.report.RiderBook;
import org.shanpai.city.report.RiderFigures;
import org.shanpai.city.report.RunReport;
import org.shanpai.city.schedule.CityScheduler;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.time.CityClock;

/**
 * One run of a simulated city against a running stack, through the public APIs only: onboarding,
 * the rush, the waiting until every order has an end, and the counting.
 */
public final class CityRun implements AutoCloseable {

  private static final long MINUTE = 60_000;

  /** After the last placement, how long orders may take to come to an end. City time. */
  private static final long PATIENCE_MILLIS = 150 * MINUTE;

  /** Readings of all ledgers and bills, three seconds apart, while something is missing. */
  private static final int AUDITS = 40;

  /** After faults, so many for what is told late then and fails nothing. */
  private static final int AUDITS_FOR_WEBHOOKS = 10;

  private static final long READING_SECONDS = 300;

  /** How often the merchants are asked about orders that are late to end. City time. */
  private static final long SWEEP_MILLIS = 3 * MINUTE;

  private final CityPlan plan;
  private final Endpoints endpoints;
  private final CityClock clock;
  private final long seed;
  private final String run;
  private final CityLog log = new CityLog();
  private final CityScheduler scheduler;
  private final Http http = new Http();
  private final Operator operator;
  private final AtomicReference<String> broken = new AtomicReference<>();
  private final List<MerchantAgent> merchants = new ArrayList<>();
  private final List<RiderAgent> riders = new ArrayList<>();
  private World world;
  private TrustWatch trust;
  private Desk desk;
  private GeoFigures geo;

  /** How a run stands, for people. */
  public record Standing(
      CityLog.Figures figures,
      int placements,
      int ridersOnline,
      long lagP99Millis,
      long cityMillisLeft,
      boolean placing) {

    /** Share of the orders that are submitted, 0–1. */
    public double placedShare() {
      return placements == 0 ? 1 : (double) figures.submitted() / placements;
    }
  }

  /**
   * @param run tells this run from others on the same data
   * @param password of the operator
   */
  public CityRun(
      CityPlan plan, Endpoints endpoints, CityClock clock, long seed, String run, String password) {
    this.plan = plan;
    this.endpoints = endpoints;
    this.clock = clock;
    this.seed = seed;
    this.run = run;
    this.scheduler =
        new CityScheduler(
            clock, 2, bug -> log.surprise("The city itself failed: " + describe(bug)));
    this.operator = new Operator(http, scheduler, endpoints, plan, run, password, log::trouble);
  }

  private static String describe(Throwable bug) {
    StackTraceElement[] trace = bug.getStackTrace();
    return bug + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  /**
   * Onboards everybody.
   *
   * @param code of the first operator
   * @param logins those of an earlier run on the same data; added to
   */
  public void onboard(String code, Logins logins) {
    operator.become(code);
    operator.onboard(logins);
  }

  /** Where a guest's simulated ride begins: {@code lat,lon} of a store's door. */
  public String guestStart() {
    GeoPoint door = plan.plane().place(plan.stores().get(0).door());
    return "%.5f,%.5f".formatted(door.lat(), door.lon());
  }

  /** Counts something that was done to the stack meanwhile. */
  public void note(String what) {
    log.count(what);
  }

  /** Adds something that should not be; the run has failed. */
  public void surprise(String what) {
    log.surprise(what);
  }

  /** Ends the run early, for a reason that will be its failure. */
  public void breakOff(String why) {
    broken.compareAndSet(null, why);
  }

  /** The reason why the run was ended early, or null. */
  public String brokenOff() {
    return broken.get();
  }

  /**
   * Opens the city and returns when every order has an end, or none comes any more.
   *
   * @param look is shown how the run stands, twice a second
   */
  public void open(Logins logins, Consumer<Standing> look) {
    world =
        new World(plan, scheduler, http, endpoints, log, seed, run, clock.millis() + MINUTE / 2);
    Map<String, List<Store>> byMerchant =
        plan.stores().stream()
            .collect(Collectors.groupingBy(Store::merchantId, TreeMap::new, Collectors.toList()));
    byMerchant.forEach(
        (merchantId, stores) -> {
          Logins.Client client = logins.clients().get(merchantId);
          merchants.add(
              new MerchantAgent(
                  world, merchantId, stores, client.clientId(), client.clientSecret()));
        });
    plan.couriers()
        .forEach(
            courier ->
                riders.add(new RiderAgent(world, courier, logins.riders().get(courier.riderId()))));
    riders.forEach(RiderAgent::begin);
    merchants.forEach(MerchantAgent::begin);
    operator.watch(world);
    operator.attendGuest(world);
    trust = operator.watchTrust(world);
    desk = operator.openDesk(world);
    plan.couriers()
        .forEach(
            courier ->
                world.book().joined(courier.riderId(), Operator.priorOrders(courier.riderId())));
    watch(look);
    riders.forEach(RiderAgent::stop);
  }

  private void watch(Consumer<Standing> look) {
    long last = world.openedMillis() + plan.lastPlacementMillis();
    long deadline = last + PATIENCE_MILLIS;
    long nextSweep = last + SWEEP_MILLIS;
    while (broken.get() == null) {
      Standing standing = standing(deadline);
      look.accept(standing);
      CityLog.Figures figures = standing.figures();
      boolean answered = figures.answered() >= plan.placements().size();
      if (answered && figures.open() == 0) {
        return;
      }
      long now = clock.millis();
      if (now > deadline) {
        return;
      }
      if (now > nextSweep) {
        world.ask(log.open());
        nextSweep = now + SWEEP_MILLIS;
      }
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        breakOff("The run was interrupted.");
      }
    }
  }

  private Standing standing(long deadline) {
    CityLog.Figures figures = log.figures();
    long now = clock.millis();
    long last = world.openedMillis() + plan.lastPlacementMillis();
    // An order placed last takes about half an hour.
    long left = Math.max(0, Math.min(last + 30 * MINUTE, deadline) - now);
    return new Standing(
        figures,
        plan.placements().size(),
        world.ridersOnline(),
        scheduler.lag().quantileMillis(0.99),
        left,
        now < last);
  }

  /**
   * Reads every rider's ledger and earnings and every order's bill. What follows a delivery by
   * event may be a moment behind, longer on a machine that has just started everything again, so it
   * is read again, for two minutes, while something is missing.
   *
   * @param faults whether webhooks may be late because endpoints are left alone after a fault
   */
  public void audit(boolean faults) {
    for (int reading = 0; reading < AUDITS; reading++) {
      if (!read("riders' ledgers", riders, RiderAgent::audit)
          || !read("merchants' orders", merchants, MerchantAgent::audit)) {
        return;
      }
      if (desk != null) {
        operator.readPlaces(world);
        desk.lookNow();
      }
      if (settled() && (told() || faults && reading >= AUDITS_FOR_WEBHOOKS)) {
        break;
      }
      try {
        Thread.sleep(3_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        breakOff("The run was interrupted.");
        return;
      }
    }
    if (!log.unpaid().isEmpty()) {
      log.surprise("Delivered and not paid for: " + log.unpaid());
    }
    if (!log.tipsAmiss().isEmpty()) {
      log.surprise("Tips that riders did not get as told: " + log.tipsAmiss());
    }
    world.agreements().breaches().forEach(log::surprise);
    RiderBook book = world.book();
    book.scoresAmiss().forEach(log::surprise);
    book.explanationsAmiss().forEach(log::surprise);
    book.appealsAmiss().forEach(log::surprise);
    book.earningsAmiss().forEach(log::surprise);
    world.places().amiss().forEach(log::surprise);
  }

  private boolean settled() {
    Agreements agreements = world.agreements();
    Map<String, Integer> appeals = world.book().appeals();
    boolean decided =
        log.counted("complaints")
                <= log.counted("complaints upheld") + log.counted("complaints dismissed")
            && !appeals.containsKey("FILED")
            && !appeals.containsKey("PANEL");
    return decided
        && world.book().right()
        && world.places().amiss().isEmpty()
        && log.unpaid().isEmpty()
        && log.tipsAmiss().isEmpty()
        && agreements.breaches().isEmpty();
  }

  private boolean told() {
    return log.endsUntold().isEmpty()
        && world.agreements().untold().isEmpty()
        && log.counted("sandbox orders ended") >= log.counted("sandbox orders");
  }

  private <T> boolean read(String what, List<T> agents, BiConsumer<T, Runnable> audit) {
    CountDownLatch left = new CountDownLatch(agents.size());
    agents.forEach(agent -> audit.accept(agent, left::countDown));
    try {
      if (left.await(READING_SECONDS, TimeUnit.SECONDS)) {
        return true;
      }
      log.surprise("%d %s could not be read in five minutes.".formatted(left.getCount(), what));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      breakOff("The run was interrupted.");
    }
    return false;
  }

  /** Asks what the services made of places and times; for the report only. */
  public void auditGeo() {
    try {
      geo =
          new GeoAudit(plan, endpoints, operator::read)
              .read(log.figures().counts(), trust == null ? null : trust.seen());
    } catch (RuntimeException e) {
      log.count("geo figures unreadable");
    }
  }

  /**
   * The report of the run so far.
   *
   * @param startedWallMillis when the programs were started
   * @param wallMillis now
   */
  public RunReport report(
      boolean faults, long startedWallMillis, long wallMillis, long peakRssMiB) {
    CityLog.Figures f = log.figures();
    List<String> surprises = new ArrayList<>(f.surprises());
    if (broken.get() != null) {
      surprises.add(broken.get());
    }
    long first = world == null ? -1 : world.firstDeliveryWallMillis();
    return new RunReport(
        f.submitted(),
        f.refused(),
        f.acknowledged(),
        f.delivered(),
        f.cancelled(),
        f.returned(),
        f.open(),
        f.lost(),
        f.doubleAssigned(),
        f.doubleScored(),
        Math.round(f.onTimeShare() * 10_000) / 10_000.0,
        Math.round(f.clickToDoorP50() * 100) / 100.0,
        Math.round(f.clickToDoorP90() * 100) / 100.0,
        Math.round(f.offerLatencyP99()),
        scheduler.lag().maxMillis(),
        (wallMillis - startedWallMillis) / 1000,
        peakRssMiB,
        new RunReport.Run(
            plan.name(),
            plan.couriers().size(),
            clock.speed(),
            seed,
            faults,
            broken.get() == null && f.answered() >= plan.placements().size(),
            scheduler.lag().quantileMillis(0.99),
            RunReport.leastDelivered(plan.leastDelivered(), faults),
            plan.ofSubmitted(),
            first < 0 ? -1 : (first - startedWallMillis) / 1000,
            new TreeMap<>(f.counts()),
            new TreeMap<>(f.troubles()),
            surprises,
            world == null ? null : MerchantFigures.of(log, world.agreements()),
            desk == null ? null : RiderFigures.of(log, world.book(), world.places()),
            geo));
  }

  /** Messages that the services parked, by service. */
  public Map<String, Integer> parked() {
    return operator.parked();
  }

  /** Orders without an end, for people. */
  public List<String> open() {
    return log.open();
  }

  @Override
  public void close() {
    if (world != null) {
      world.close();
    }
    scheduler.close();
    http.close();
  }
}

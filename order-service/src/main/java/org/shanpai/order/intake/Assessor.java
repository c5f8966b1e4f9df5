package org.shanpai.order.intake;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.DemandMissed;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.order.load.AreaLoad;
import org.shanpai.order.load.AreaLoads;
import org.shanpai.order.load.LoadSettings;
import org.shanpai.order.quote.DeliveryQuote;
import org.shanpai.order.quote.DeliveryQuotes;
import org.shanpai.order.store.OpeningHours;
import org.shanpai.order.store.Store;

/**
 * Says of a wish whether it can be served, for how much and how soon: the one place where quotes
 * and orders are refused and priced.
 */
@ApplicationScoped
public class Assessor {

  private static final int RED_ALERT_RETRY_SECONDS = 300;

  // No radius and no polygon reaches further: geo-service need not be asked.
  private static final int FURTHEST_METRES = 100_000;

  private final DeliveryQuotes quotes;
  private final AreaLoads loads;
  private final LoadSettings busy;
  private final CityClock clock;
  private final City city;
  private final FeeTable fees;
  private final double detourFactor;
  private final LoadRule load;
  private final PromiseRule promises;
  private final PrebookRule prebook;
  private final boolean floorBindsOrders;

  Assessor(
      DeliveryQuotes quotes,
      AreaLoads loads,
      LoadSettings busy,
      CityClock clock,
      City city,
      IntakeSettings settings) {
    this.quotes = quotes;
    this.loads = loads;
    this.busy = busy;
    this.clock = clock;
    this.city = city;
    this.fees = FeeTable.of(settings.fee());
    this.detourFactor = settings.fee().detourFactor();
    this.load = LoadRule.of(settings.load());
    this.promises = PromiseRule.of(settings.promise());
    this.prebook = PrebookRule.of(settings.prebook());
    this.floorBindsOrders = settings.promise().floorBinds();
  }

  /**
   * geo-service and dispatch-service are asked at once, outside any transaction, and only for what
   * nothing else forbids.
   */
  public Uni<Assessment> assess(Wish wish) {
    return assess(wish, null);
  }

  /**
   * As {@link #assess(Wish)}.
   *
   * @param unpackable why no riders carry the goods, where that is known; null to look whether one
   *     does
   */
  public Uni<Assessment> assess(Wish wish, Problem unpackable) {
    List<Problem> refusals = new ArrayList<>(standing(wish, clock.now()));
    if (wish.store().open()) {
      collect(refusals, () -> withinHours(wish, clock.now()));
    }
    collect(refusals, () -> askedFor(wish, clock.now()));
    if (unpackable == null) {
      collect(refusals, () -> load.unitsForOneRider(wish.ask().goods(), "items"));
    } else {
      refusals.add(unpackable);
    }
    if (wish.metres() > FURTHEST_METRES) {
      refusals.add(outOfRange(wish));
    }
    if (!refusals.isEmpty()) {
      return Uni.createFrom().item(Assessment.refused(refusals, AreaLoad.UNKNOWN));
    }
    TimeWindow window = wish.ask().deliverBetween();
    Uni<DeliveryQuote> quote =
        quotes.quote(
            new DeliveryQuotes.Question(
                wish.merchant(),
                wish.store().id(),
                wish.store().place(),
                wish.store().areaId(),
                wish.ask().dropoff(),
                wish.ask().expectedReadySeconds(),
                window == null ? null : window.start()));
    Uni<AreaLoad> load =
        foreseen(wish, clock.now())
            ? loads.of(wish.store().areaId())
            : Uni.createFrom().item(AreaLoad.UNKNOWN);
    return Uni.combine()
        .all()
        .unis(quote, load)
        .with((told, now) -> assess(wish, told, now, clock.now()));
  }

  /** What stands against any order from this store now, agreed before or not. */
  List<Problem> standing(Wish wish, Instant now) {
    Store store = wish.store();
    List<Problem> refusals = new ArrayList<>();
    if (!store.open()) {
      refusals.add(Refusal.closed(store.id(), null, now));
    }
    if (foreseen(wish, now) && wish.sky().refusesOrders()) {
      refusals.add(
          new Refusal(
              DemandMissed.Reason.RED_ALERT,
              503,
              "red-alert",
              "storeId",
              "A red weather alert pauses new orders in area " + store.areaId() + ".",
              RED_ALERT_RETRY_SECONDS));
    }
    return refusals;
  }

  /** A price that was agreed before closing time holds beyond it, so this is asked once. */
  private void withinHours(Wish wish, Instant now) {
    OpeningHours hours = wish.store().hours();
    TimeWindow window = wish.ask().deliverBetween();
    if (hours == null) {
      return;
    }
    if (window == null && !hours.openAt(now, city.zone())) {
      throw Refusal.closed(wish.store().id(), hours.opensAt(now, city.zone()).orElse(null), now);
    }
    if (window != null && !hours.covers(window, city.zone())) {
      throw Refusal.closedIn(
          wish.store().id(), window, hours.opensAt(window.start(), city.zone()).orElse(null));
    }
  }

  private void askedFor(Wish wish, Instant now) {
    TimeWindow window = wish.ask().deliverBetween();
    Integer asked = wish.ask().promiseSeconds();
    if (window != null && asked != null) {
      throw Problem.unprocessable(
          "promise-not-offered",
          "promiseSeconds",
          "A pre-booked order is promised its window; leave promiseSeconds out.");
    }
    if (window != null) {
      prebook.check(window, now);
    }
    if (asked != null && !promises.allows(asked)) {
      throw Problem.unprocessable(
          "promise-not-offered",
          "promiseSeconds",
          "promiseSeconds must be between "
              + promises.shortestSeconds()
              + " and "
              + promises.longestSeconds()
              + ".");
    }
  }

  private Assessment assess(Wish wish, DeliveryQuote quote, AreaLoad load, Instant now) {
    List<Problem> refusals = new ArrayList<>();
    collect(refusals, () -> reached(wish, quote));
    if (refusals.isEmpty()) {
      collect(refusals, () -> carried(wish, quote));
      collect(refusals, () -> kept(wish, quote, now));
    }
    collect(refusals, () -> room(wish, load));
    return refusals.isEmpty()
        ? Assessment.served(conditions(wish, quote, now), load)
        : Assessment.refused(refusals, load);
  }

  private static void reached(Wish wish, DeliveryQuote quote) {
    if (quote.refusal() != null) {
      throw Refusal.of(quote.refusal(), wish.store().id());
    }
    // A polygon drawn for the store counts instead of its radius, also beyond it.
    if (!quote.inDrawnRange() && wish.metres() > wish.store().rangeMetres()) {
      throw outOfRange(wish);
    }
  }

  private void room(Wish wish, AreaLoad load) {
    if (load.load() != null && load.load() > busy.refuseAbove()) {
      throw new Refusal(
          DemandMissed.Reason.OVERLOADED,
          503,
          "overloaded",
          "storeId",
          String.format(
              Locale.ROOT,
              "The orders under way in area %s need %.1f times what its riders can do in the next"
                  + " half hour; new ones are refused above %.1f.",
              wish.store().areaId(),
              load.load(),
              busy.refuseAbove()),
          (int) busy.retryAfter().toSeconds());
    }
  }

  private static void carried(Wish wish, DeliveryQuote quote) {
    Integer longest = wish.ask().longestCarrySeconds();
    if (longest != null && quote.travelSeconds() != null && quote.travelSeconds() > longest) {
      throw Problem.unprocessable(
          "carried-too-long",
          "items",
          "The goods may be carried for "
              + longest / 60
              + " minutes at most but the ride alone takes "
              + (quote.travelSeconds() + 59) / 60
              + ".");
    }
  }

  private void kept(Wish wish, DeliveryQuote quote, Instant now) {
    if (quote.floorSeconds() == null) {
      return;
    }
    int floor = quote.floorSeconds() + extraSeconds(wish, now);
    TimeWindow window = wish.ask().deliverBetween();
    if (window != null && window.end().isBefore(now.plusSeconds(floor))) {
      throw Problem.unprocessable(
          "window-not-offered",
          "deliverBetween",
          "Nothing can be there before " + now.plusSeconds(floor) + ".");
    }
    Integer asked = wish.ask().promiseSeconds();
    boolean floorBinds = floorBindsOrders || wish.kind() == Wish.Kind.QUOTE;
    if (floorBinds && asked != null && asked < quote.floorSeconds()) {
      throw Problem.unprocessable(
          "promise-not-offered",
          "promiseSeconds",
          "The shortest promise that can be kept here is " + quote.floorSeconds() + " s.");
    }
  }

  private Conditions conditions(Wish wish, DeliveryQuote quote, Instant now) {
    Ask ask = wish.ask();
    int metres = wish.metres();
    TimeWindow window = ask.deliverBetween();
    Integer road = quote.roadMetres();
    int payable = road != null ? road : (int) Math.ceil(metres * detourFactor);
    WeatherAlert.Level weather = foreseen(wish, now) ? wish.sky().level() : WeatherAlert.Level.NONE;
    Instant paidFor = window == null ? now : window.end();
    return new Conditions(
        load.unitsForOneRider(ask.goods(), "items"),
        fees.parts(
            payable,
            ask.goods().grams(),
            ask.tier(),
            paidFor.atZone(city.zone()).toLocalTime(),
            weather),
        metres,
        road,
        window != null
            ? (int) window.length().toSeconds()
            : promises.seconds(
                ask.tier(), ask.promiseSeconds(), quote.floorSeconds(), extraSeconds(wish, now)),
        window,
        quote.p80Seconds(),
        ask.expectedReadySeconds() == null
            ? wish.store().preparationSeconds()
            : ask.expectedReadySeconds(),
        null);
  }

  private int extraSeconds(Wish wish, Instant now) {
    return foreseen(wish, now) ? wish.sky().promiseExtraSeconds() : 0;
  }

  /** Whether today's weather and load say something of it. */
  private boolean foreseen(Wish wish, Instant now) {
    TimeWindow window = wish.ask().deliverBetween();
    return wish.kind() != Wish.Kind.PLAY && (window == null || prebook.foresees(window, now));
  }

  /** The factor for metres as the crow flies, where nobody can tell the road. */
  public double detourFactor() {
    return detourFactor;
  }

  /** See {@link PrebookRule#releaseAt}; null for what is not pre-booked. */
  public Instant releaseAt(Conditions conditions, Instant now) {
    return conditions.deliverBetween() == null
        ? null
        : prebook.releaseAt(conditions.deliverBetween(), conditions.p80Seconds(), now);
  }

  /** See {@link PromiseRule#late}; a window somebody chose never is. */
  boolean late(Ask ask, TimeWindow promise) {
    return ask.deliverBetween() == null && promises.late(promise, ask.promiseSeconds());
  }

  private static void collect(List<Problem> refusals, Runnable check) {
    try {
      check.run();
    } catch (Problem refusal) {
      refusals.add(refusal);
    }
  }

  private static Refusal outOfRange(Wish wish) {
    Store store = wish.store();
    return new Refusal(
        DemandMissed.Reason.OUT_OF_RANGE,
        422,
        "out-of-range",
        "dropoff.place",
        "The place is "
            + wish.metres()
            + " m from the store, which delivers up to "
            + store.rangeMetres()
            + " m."
            + wish.ask().hint(place -> store.place().metresTo(place) <= store.rangeMetres()),
        0);
  }
}

package org.shanpai.order.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.DemandMissed;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.demand.Miss;
import org.shanpai.order.demand.MissedDemand;
import org.shanpai.order.orders.Item;
import org.shanpai.order.orders.NewOrder;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.OrderChanges;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.quote.DeliveryQuote;
import org.shanpai.order.quote.DeliveryQuotes;
import org.shanpai.order.sandbox.SandboxPlays;
import org.shanpai.order.store.Store;
import org.shanpai.order.store.Stores;
import org.shanpai.order.weather.Weather;

/**
 * Takes orders in: checks what is asked against store and city, then writes all of it or nothing.
 */
@ApplicationScoped
public class Intake {

  private static final int RED_ALERT_RETRY_SECONDS = 300;

  // No radius and no polygon reaches further: geo-service need not be asked.
  private static final int FURTHEST_METRES = 100_000;

  private final Tx tx;
  private final Stores stores;
  private final Weather weather;
  private final Orders orders;
  private final OrderChanges changes;
  private final SandboxPlays sandbox;
  private final DeliveryQuotes quotes;
  private final MissedDemand missedDemand;
  private final IdSource ids;
  private final CityClock clock;
  private final FeeTable fees;
  private final LoadRule load;
  private final PromiseRule promises;
  private final CodeSettings codes;
  private final Counter created;

  Intake(
      Tx tx,
      Stores stores,
      Weather weather,
      Orders orders,
      OrderChanges changes,
      SandboxPlays sandbox,
      DeliveryQuotes quotes,
      MissedDemand missedDemand,
      IdSource ids,
      CityClock clock,
      IntakeSettings settings,
      CodeSettings codes,
      MeterRegistry metrics) {
    this.tx = tx;
    this.stores = stores;
    this.weather = weather;
    this.orders = orders;
    this.changes = changes;
    this.sandbox = sandbox;
    this.quotes = quotes;
    this.missedDemand = missedDemand;
    this.ids = ids;
    this.clock = clock;
    this.fees = FeeTable.of(settings.fee());
    this.load = LoadRule.of(settings.load());
    this.promises = PromiseRule.of(settings.promise());
    this.codes = codes;
    this.created =
        Counter.builder("shanpai.orders.created")
            .description("Orders acknowledged to merchants")
            .register(metrics);
  }

  /**
   * Looks at what is asked and works out the order it becomes, or why it becomes none. Reads only;
   * geo-service is asked once, outside any transaction, and only for what nothing else forbids.
   *
   * @param key the merchant's key of this request
   */
  public Uni<Draft> draft(MerchantId merchant, OrderRequest request, String key) {
    return tx.read(
            () ->
                stores
                    .find(request.storeId())
                    .map(found -> own(found, merchant, request))
                    .chain(
                        store ->
                            weather
                                .at(store.areaId())
                                .map(sky -> new Wish(merchant, request, key, store, sky))))
        .chain(this::draft)
        .onFailure(Problem.class)
        .recoverWithItem(problem -> Draft.refused((Problem) problem, null));
  }

  private Uni<Draft> draft(Wish wish) {
    try {
      check(wish);
    } catch (Problem refusal) {
      return Uni.createFrom().item(refused(wish, refusal, clock.now()));
    }
    return quotes
        .quote(
            new DeliveryQuotes.Question(
                wish.merchant(),
                wish.store().id(),
                wish.store().areaId(),
                wish.request().dropoff(),
                wish.request().expectedReadySeconds()))
        .map(quote -> draft(wish, quote, clock.now()));
  }

  private Draft draft(Wish wish, DeliveryQuote quote, Instant now) {
    if (quote.refusal() != null) {
      return refused(wish, Refusal.of(quote.refusal(), wish.store().id()), now);
    }
    // A polygon drawn for the store counts instead of its radius, also beyond it.
    if (!quote.inDrawnRange() && wish.metres() > wish.store().rangeMetres()) {
      return refused(wish, outOfRange(wish), now);
    }
    Order order = order(wish, quote, now);
    Miss late =
        promises.late(order.promise(), wish.request().promiseSeconds())
            ? new Miss(
                List.of("late\n" + order.id()),
                order.storeId(),
                order.areaId(),
                order.dropoff(),
                DemandMissed.Reason.LATE_PROMISE,
                order.distanceMetres(),
                (int) order.promise().length().toSeconds(),
                now)
            : null;
    return new Draft(order, wish.request(), null, late);
  }

  /**
   * Takes a draft in, in the caller's transaction or in one of its own.
   *
   * @throws Problem naming the field: 404 unknown store; 409 the merchant's own number was used
   *     before; 422 closed store, out of range, no way there, too much for one rider, impossible
   *     promise; 503 red weather alert
   */
  public Uni<Order> take(Draft draft) {
    if (draft.refusal() != null) {
      return Uni.createFrom().failure(draft.refusal());
    }
    return tx.write(
        () ->
            write(draft.order(), draft.request())
                .call(
                    order ->
                        draft.miss() == null || order.sandbox()
                            ? Uni.createFrom().voidItem()
                            : missedDemand.tell(draft.miss())));
  }

  /** Tells the city whom this draft sent away; never fails. */
  public Uni<Void> tellMissed(Draft draft) {
    return draft.refusal() == null || draft.miss() == null
        ? Uni.createFrom().voidItem()
        : missedDemand.tellApart(draft.miss());
  }

  private Uni<Order> write(Order order, OrderRequest request) {
    LogContext.order(order.id().value());
    return orders
        .insert(order, request.contact())
        .invoke(
            written -> {
              if (!written) {
                throw Problem.conflict(
                    "merchant-order-no-used",
                    "merchantOrderNo",
                    "An order with the number " + request.merchantOrderNo() + " exists already.");
              }
            })
        .chain(
            () ->
                request.sandbox() == null
                    ? Uni.createFrom().voidItem()
                    : sandbox.begin(order, request.sandbox()))
        .chain(() -> changes.tellCreated(order))
        .invoke(
            () -> {
              if (!order.sandbox()) {
                tx.afterCommit(created::increment);
              }
            })
        .replaceWith(order);
  }

  private static Store own(Optional<Store> found, MerchantId merchant, OrderRequest request) {
    return found
        .filter(known -> known.merchantId().equals(merchant))
        .orElseThrow(
            () ->
                new Problem(
                    404,
                    "not-found",
                    "storeId",
                    "There is no store " + request.storeId() + ".",
                    0));
  }

  /** Everything that can be told without asking anybody. */
  private void check(Wish wish) {
    OrderRequest request = wish.request();
    Store store = wish.store();
    if (!store.open()) {
      throw new Refusal(
          DemandMissed.Reason.CLOSED,
          422,
          "store-closed",
          "storeId",
          "The store " + store.id() + " is closed.",
          0);
    }
    if (wish.sky().refusesOrders()) {
      throw new Refusal(
          DemandMissed.Reason.RED_ALERT,
          503,
          "red-alert",
          "storeId",
          "A red weather alert pauses new orders in area " + store.areaId() + ".",
          RED_ALERT_RETRY_SECONDS);
    }
    if (wish.metres() > FURTHEST_METRES) {
      throw outOfRange(wish);
    }
    Integer asked = request.promiseSeconds();
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
    units(request);
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
            + wish.request().hint(place -> store.place().metresTo(place) <= store.rangeMetres()),
        0);
  }

  /** What is wrong with the asking itself is nobody's missed demand. */
  private static Draft refused(Wish wish, Problem problem, Instant now) {
    if (!(problem instanceof Refusal refusal) || wish.request().sandbox() != null) {
      return Draft.refused(problem, null);
    }
    return Draft.refused(
        refusal,
        new Miss(
            wish.marks(now),
            wish.store().id(),
            wish.store().areaId(),
            wish.request().dropoff(),
            refusal.reason(),
            wish.metres(),
            null,
            now));
  }

  private Order order(Wish wish, DeliveryQuote quote, Instant now) {
    OrderRequest request = wish.request();
    Store store = wish.store();
    TimeWindow promise =
        promises.window(
            now, request.promiseSeconds(), quote.floorSeconds(), wish.sky().promiseExtraSeconds());
    int readySeconds =
        request.expectedReadySeconds() == null
            ? store.preparationSeconds()
            : request.expectedReadySeconds();
    boolean direct = request.tier() == PromiseTier.DIRECT;
    Order order =
        new Order(
            new NewOrder(
                new OrderId(ids.next("o")),
                wish.merchant(),
                store.id(),
                store.areaId(),
                request.merchantOrderNo(),
                store.place(),
                request.dropoff(),
                wish.metres(),
                request.items(),
                units(request),
                (int) LoadRule.grams(request.items()),
                needs(request),
                direct,
                Money.ofFen(LoadRule.valueFen(request.items())),
                fees.fee(wish.metres(), direct),
                now,
                promise,
                now.plusSeconds(readySeconds),
                Secrets.newCode(codes.pickupDigits()),
                Secrets.newCode(codes.deliveryDigits())));
    return request.sandbox() == null ? order : order.inSandbox();
  }

  private int units(OrderRequest request) {
    // Whatever room the merchant says they take, nobody rides with more weight than a full box.
    long grams = LoadRule.grams(request.items());
    if (grams > load.mostGrams()) {
      throw Problem.unprocessable(
          "too-much-for-one-rider",
          "items",
          "The goods weigh "
              + grams
              + " g but a rider carries at most "
              + load.mostGrams()
              + " g; split them over several orders.");
    }
    if (request.loadUnits() != null) {
      if (request.loadUnits() > LoadRule.CAPACITY) {
        throw tooMuch("loadUnits", request.loadUnits());
      }
      return request.loadUnits();
    }
    int units = load.units(request.items());
    if (units > LoadRule.CAPACITY) {
      throw tooMuch("items", units);
    }
    return units;
  }

  private static Problem tooMuch(String field, int units) {
    return Problem.unprocessable(
        "too-much-for-one-rider",
        field,
        "The goods need "
            + units
            + " units of room but a rider's box has "
            + LoadRule.CAPACITY
            + "; split them over several orders.");
  }

  private static Set<String> needs(OrderRequest request) {
    Set<String> needs = new TreeSet<>();
    for (Item item : request.items()) {
      needs.addAll(item.needs());
    }
    return needs;
  }
}

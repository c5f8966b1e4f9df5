package org.shanpai.order.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.StoreId;
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
import org.shanpai.order.orders.Packed;
import org.shanpai.order.orders.PromiseTier;
import org.shanpai.order.orders.Terms;
import org.shanpai.order.sandbox.SandboxPlays;
import org.shanpai.order.store.Store;
import org.shanpai.order.weather.AreaWeather;
import org.shanpai.order.weather.Weather;

/**
 * Takes orders in: checks what is asked against store and city, then writes all of it or nothing.
 */
@ApplicationScoped
public class Intake {

  private final Tx tx;
  private final Weather weather;
  private final Orders orders;
  private final OrderChanges changes;
  private final SandboxPlays sandbox;
  private final Assessor assessor;
  private final PriceLocks locks;
  private final Split split;
  private final MissedDemand missedDemand;
  private final IdSource ids;
  private final CityClock clock;
  private final LoadRule load;
  private final CategoryRules categories;
  private final CodeSettings codes;
  private final Counter created;

  Intake(
      Tx tx,
      Weather weather,
      Orders orders,
      OrderChanges changes,
      SandboxPlays sandbox,
      Assessor assessor,
      PriceLocks locks,
      Split split,
      CategoryRules categories,
      MissedDemand missedDemand,
      IdSource ids,
      CityClock clock,
      IntakeSettings settings,
      CodeSettings codes,
      MeterRegistry metrics) {
    this.tx = tx;
    this.weather = weather;
    this.orders = orders;
    this.changes = changes;
    this.sandbox = sandbox;
    this.assessor = assessor;
    this.locks = locks;
    this.split = split;
    this.missedDemand = missedDemand;
    this.ids = ids;
    this.clock = clock;
    this.load = LoadRule.of(settings.load());
    this.categories = categories;
    this.codes = codes;
    this.created =
        Counter.builder("shanpai.orders.created")
            .description("Orders acknowledged to merchants")
            .register(metrics);
  }

  /**
   * Looks at what is asked and works out the order it becomes, or why it becomes none. Reads only;
   * geo-service is asked once, outside any transaction, and only for what nothing else forbids. An
   * order of a quote asks nobody: the quote did.
   *
   * @param key the merchant's key of this request
   */
  public Uni<Draft> draft(MerchantId merchant, OrderRequest request, String key) {
    return tx.read(
            () ->
                weather
                    .over(request.storeId())
                    .chain(found -> basis(merchant, request, key, found)))
        .chain(this::draft)
        .onFailure(Problem.class)
        .recoverWithItem(problem -> Draft.refused((Problem) problem, null));
  }

  /** What a draft is made from; {@code lock} is null without a quote. */
  private record Basis(Wish wish, OrderRequest request, PriceLocks.Lock lock, boolean leads) {

    Basis(Wish wish, OrderRequest request, PriceLocks.Lock lock) {
      this(wish, request, lock, true);
    }

    /** For an order that is linked to the first. */
    Basis further() {
      return new Basis(wish, request, lock, false);
    }
  }

  private Uni<Basis> basis(
      MerchantId merchant, OrderRequest request, String key, Optional<Weather.Over> found) {
    Store store = own(found.map(Weather.Over::store), merchant, request.storeId());
    AreaWeather sky = found.orElseThrow().sky();
    Wish.Kind kind = request.sandbox() == null ? Wish.Kind.ORDER : Wish.Kind.PLAY;
    if (request.quoteId() == null) {
      Wish wish = new Wish(merchant, request.ask(categories), key, store, sky, kind);
      return Uni.createFrom().item(new Basis(wish, request, null));
    }
    return locks
        .find(merchant, request.quoteId())
        .map(lock -> lock.orElseThrow(() -> noQuote(request.quoteId())))
        .map(
            lock ->
                new Basis(new Wish(merchant, lock.ask(), key, store, sky, kind), request, lock));
  }

  private Uni<Draft> draft(Basis basis) {
    Instant now = clock.now();
    if (basis.lock() != null) {
      LockRule.check(basis.lock(), basis.request(), load, now);
      List<Problem> refusals = assessor.standing(basis.wish(), now);
      return Uni.createFrom()
          .item(
              refusals.isEmpty()
                  ? draft(basis, quoted(basis), basis.lock().conditions(), now)
                  : refused(basis.wish(), refusals.get(0), now));
    }
    List<Problem> standing = assessor.standing(basis.wish(), now);
    if (!standing.isEmpty()) {
      return Uni.createFrom().item(refused(basis.wish(), standing.get(0), now));
    }
    List<Split.Share> shares = split.shares(basis.request().items(), basis.request().loadUnits());
    Wish wish = shares.size() == 1 ? basis.wish() : basis.wish().of(shares.get(0).totals());
    return assessor
        .assess(wish)
        .map(
            assessment ->
                assessment.available()
                    ? draft(basis, shares, assessment.conditions(), clock.now())
                    : refused(basis.wish(), assessment.refusals().get(0), clock.now()));
  }

  private Draft draft(Basis basis, List<Split.Share> shares, Conditions conditions, Instant now) {
    Order order = order(basis, shares.get(0), conditions, now);
    order.packed(Packed.leading(shares.size() - 1, shares.get(0).boxes()));
    List<Order> further =
        shares.stream()
            .skip(1)
            .map(
                share ->
                    order(
                            basis.further(),
                            share,
                            conditions.of(load(share), split.furtherFee(conditions)),
                            now)
                        .packed(Packed.part(order.id(), share.boxes())))
            .toList();
    Miss late =
        assessor.late(basis.wish().ask(), order.promise())
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
    return new Draft(order, further, basis.request(), null, late);
  }

  /**
   * Takes a draft in, in the caller's transaction or in one of its own.
   *
   * @throws Problem naming the field: 404 unknown store or quote; 409 the merchant's own number or
   *     the quote was used before; 422 closed store, out of range, no way there, too much for one
   *     rider, impossible promise, a quote that expired or was made for something else; 503 red
   *     weather alert
   */
  public Uni<Order> take(Draft draft) {
    if (draft.refusal() != null) {
      return Uni.createFrom().failure(draft.refusal());
    }
    return tx.write(
        () ->
            writeAll(draft)
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

  private Uni<Order> writeAll(Draft draft) {
    Uni<Order> written = write(draft.order(), draft.request());
    for (Order further : draft.further()) {
      written = written.call(() -> write(further, draft.request()));
    }
    return written;
  }

  private Uni<Order> write(Order order, OrderRequest request) {
    LogContext.order(order.id().value());
    Uni<Void> born =
        orders
            .insert(order, request.contact())
            .invoke(
                written -> {
                  if (!written) {
                    throw Problem.conflict(
                        "merchant-order-no-used",
                        "merchantOrderNo",
                        "An order with the number "
                            + request.merchantOrderNo()
                            + " exists already.");
                  }
                })
            .replaceWithVoid();
    Uni<Void> told =
        request.sandbox() == null
            // Sent behind each other without waiting: they are one transaction, all or none.
            ? Uni.combine().all().unis(born, changes.tellCreated(order)).discardItems()
            : born.chain(() -> sandbox.begin(order, request.sandbox()))
                .chain(() -> changes.tellCreated(order));
    return told.chain(() -> useQuote(order))
        .invoke(
            () -> {
              if (!order.sandbox()) {
                tx.afterCommit(created::increment);
              }
            })
        .replaceWith(order);
  }

  /** Of two orders with one quote, whichever comes second fails here and leaves nothing behind. */
  private Uni<Void> useQuote(Order order) {
    String quoteId = order.terms().quoteId();
    return quoteId == null
        ? Uni.createFrom().voidItem()
        : locks
            .use(quoteId, order.id())
            .invoke(
                mine -> {
                  if (!mine) {
                    throw LockRule.used(quoteId);
                  }
                })
            .replaceWithVoid();
  }

  private static Problem noQuote(String quoteId) {
    return new Problem(404, "not-found", "quoteId", "There is no quote " + quoteId + ".", 0);
  }

  /**
   * @throws Problem 404 for somebody else's as for none
   */
  static Store own(Optional<Store> found, MerchantId merchant, StoreId asked) {
    return found
        .filter(known -> known.merchantId().equals(merchant))
        .orElseThrow(
            () -> new Problem(404, "not-found", "storeId", "There is no store " + asked + ".", 0));
  }

  /** What is wrong with the asking itself is nobody's missed demand. */
  private static Draft refused(Wish wish, Problem problem, Instant now) {
    return Draft.refused(problem, wish.miss(problem, now));
  }

  private int load(Split.Share share) {
    return load.units(share.totals());
  }

  private List<Split.Share> quoted(Basis basis) {
    return split.quoted(basis.request().items(), basis.lock().conditions());
  }

  private Order order(Basis basis, Split.Share share, Conditions conditions, Instant now) {
    OrderRequest request = basis.request();
    Wish wish = basis.wish();
    Store store = wish.store();
    List<Item> items = share.items();
    GoodsTotals goods = share.totals();
    PromiseTier tier = wish.ask().tier();
    Instant releaseAt = assessor.releaseAt(conditions, now);
    boolean play = request.sandbox() != null;
    Order order =
        new Order(
            new NewOrder(
                new OrderId(ids.next("o")),
                wish.merchant(),
                store.id(),
                store.areaId(),
                basis.leads() ? request.merchantOrderNo() : null,
                store.place(),
                request.told().place().in(request.told().system()),
                conditions.crowMetres(),
                items,
                conditions.loadUnits(),
                (int) goods.grams(),
                goods.needs(),
                tier == PromiseTier.DIRECT,
                Money.ofFen(goods.valueFen()),
                Money.ofFen(conditions.fee().sumFen()),
                now,
                conditions.promise(now),
                (releaseAt == null ? now : releaseAt).plusSeconds(conditions.readySeconds()),
                Secrets.newCode(codes.pickupDigits()),
                Secrets.newCode(codes.deliveryDigits()),
                new Terms(
                    tier,
                    basis.leads() ? request.quoteId() : null,
                    play ? null : conditions.fee(),
                    conditions.roadMetres(),
                    releaseAt,
                    categories.longestCarrySeconds(items),
                    categories.perishable(items),
                    categories.checks(request.checks(), items),
                    request.dropPoint())));
    return play ? order.inSandbox() : order;
  }
}

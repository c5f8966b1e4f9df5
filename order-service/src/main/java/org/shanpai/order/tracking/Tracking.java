package org.shanpai.order.tracking;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.shanpai.chassis.City;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.OrderFeedback.Kind;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.feedback.CustomerVoice;
import org.shanpai.order.feedback.Feedback;
import org.shanpai.order.feedback.Feedbacks;
import org.shanpai.order.feedback.http.FeedbackView;
import org.shanpai.order.orders.Contact;
import org.shanpai.order.orders.LinkedOrders;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.OrderEntry;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.privacy.Contacts;
import org.shanpai.order.sandbox.SandboxPlayer;
import org.shanpai.order.store.Stores;
import org.shanpai.order.virtualnumber.RiderCalls;

/** What a customer sees of an order, for whoever has its link. */
@ApplicationScoped
public class Tracking {

  private static final int SHORT_NUMBER = 6;

  private final Tx tx;
  private final Orders orders;
  private final LinkedOrders linked;
  private final Stores stores;
  private final Contacts contacts;
  private final Feedbacks feedbacks;
  private final CustomerVoice voice;
  private final RiderRecords riders;
  private final Whereabouts whereabouts;
  private final SandboxPlayer sandbox;
  private final RiderCalls calls;
  private final TrackingLinks links;
  private final TrackingSettings settings;
  private final City city;
  private final CityClock clock;

  Tracking(
      Tx tx,
      Orders orders,
      LinkedOrders linked,
      Stores stores,
      Contacts contacts,
      Feedbacks feedbacks,
      CustomerVoice voice,
      RiderRecords riders,
      Whereabouts whereabouts,
      SandboxPlayer sandbox,
      RiderCalls calls,
      TrackingLinks links,
      TrackingSettings settings,
      City city,
      CityClock clock) {
    this.tx = tx;
    this.orders = orders;
    this.linked = linked;
    this.stores = stores;
    this.contacts = contacts;
    this.feedbacks = feedbacks;
    this.voice = voice;
    this.riders = riders;
    this.whereabouts = whereabouts;
    this.sandbox = sandbox;
    this.calls = calls;
    this.links = links;
    this.settings = settings;
    this.city = city;
    this.clock = clock;
  }

  /** The rows a view is made of. */
  private record Rows(
      Order order,
      String storeName,
      List<OrderEntry> history,
      List<Feedback> said,
      String riderLabel,
      int doorsBefore,
      String dropInstruction,
      List<Order> together) {
    @Override
    public String toString() {
      return "Rows[…]";
    }
  }

  /**
   * The order a link is for.
   *
   * @throws Problem 404 when the link was not made here
   */
  public OrderId orderOf(String token) {
    OrderId id = links.read(token).orElseThrow(() -> Problem.notFound("such link"));
    LogContext.order(id.value());
    return id;
  }

  /**
   * The order as it stands.
   *
   * @throws Problem 404 when there is none any more; 410 {@code link-ended} when it ended too long
   *     ago
   */
  public Uni<TrackedOrder> look(OrderId id) {
    return tx.read(() -> orders.find(id).map(found -> live(found, id)).chain(this::rows))
        .chain(this::view);
  }

  /**
   * The streets between store and door; empty once the order has ended.
   *
   * @throws Problem as {@link #look}
   */
  public Uni<List<Whereabouts.Street>> streets(OrderId id) {
    return tx.read(() -> orders.find(id).map(found -> live(found, id)))
        .chain(
            order ->
                order.status().terminal()
                    ? Uni.createFrom().item(List.of())
                    : whereabouts.streetsBetween(order.pickup(), order.dropoff()));
  }

  /** Refuses what {@link #look} refuses, and nothing else. */
  public Uni<Void> admit(OrderId id) {
    return tx.read(() -> orders.find(id).map(found -> live(found, id))).replaceWithVoid();
  }

  private Order live(Optional<Order> found, OrderId id) {
    Order order = found.orElseThrow(() -> Problem.notFound("order " + id));
    if (order.status().terminal()
        && !clock.now().isBefore(order.statusAt().plus(settings.afterEnd()))) {
      throw new Problem(410, "link-ended", null, "This link has ended.", 0);
    }
    return order;
  }

  private Uni<Rows> rows(Order order) {
    Uni<String> storeName =
        stores
            .find(order.storeId())
            .map(found -> found.map(store -> store.details().name()).orElse(""));
    // One after the other: they share the session.
    return storeName.chain(
        name ->
            orders
                .history(order.id())
                .chain(
                    history ->
                        feedbacks
                            .list(order.id())
                            .chain(
                                said ->
                                    label(order)
                                        .chain(
                                            label ->
                                                doorsBefore(order)
                                                    .chain(
                                                        before ->
                                                            dropInstruction(order)
                                                                .chain(
                                                                    drop ->
                                                                        together(order)
                                                                            .map(
                                                                                all ->
                                                                                    new Rows(
                                                                                        order, name,
                                                                                        history,
                                                                                        said, label,
                                                                                        before,
                                                                                        drop,
                                                                                        all))))))));
  }

  /** What was bought together, the order that leads first; none for one that stands alone. */
  private Uni<List<Order>> together(Order order) {
    OrderId leadId = order.packed().lead();
    if (leadId == null) {
      return linked.parts(order).map(parts -> parts.isEmpty() ? parts : all(order, parts));
    }
    return orders
        .find(leadId)
        .chain(
            lead ->
                lead.map(first -> linked.parts(first).map(parts -> all(first, parts)))
                    .orElseGet(() -> Uni.createFrom().item(List.of())));
  }

  private static List<Order> all(Order lead, List<Order> parts) {
    return Stream.concat(Stream.of(lead), parts.stream()).toList();
  }

  private Uni<Integer> doorsBefore(Order order) {
    // A made-up rider has no other order.
    return order.riderId() != null && !order.sandbox() && RiderSight.allowed(order.status())
        ? riders.countDoorsBefore(order)
        : Uni.createFrom().item(0);
  }

  /** Where the goods may be left, while they are on their way; null when nothing was agreed. */
  private Uni<String> dropInstruction(Order order) {
    return order.terms().dropPoint() && !order.status().terminal()
        ? contacts.find(order.id()).map(found -> found.map(Contact::dropInstruction).orElse(null))
        : Uni.createFrom().nullItem();
  }

  private Uni<String> label(Order order) {
    return order.riderId() == null
        ? Uni.createFrom().item("")
        : riders.findLabel(order.riderId()).map(found -> found.orElse(""));
  }

  private Uni<TrackedOrder> view(Rows rows) {
    Order order = rows.order();
    boolean ended = order.status().terminal();
    Uni<Optional<Arrival>> arrival =
        ended || order.status() == OrderStatus.RETURNING || order.status() == OrderStatus.EXCEPTION
            ? Uni.createFrom().item(Optional.empty())
            : whereabouts
                .arrivalOf(new JobId("j-" + order.id().value().replaceFirst("^o-", "")))
                .map(
                    window ->
                        window.or(
                            () -> Optional.ofNullable(Arrival.planned(order.plannedDeliveryAt()))));
    Uni<Optional<RiderFix>> fix =
        order.riderId() != null && RiderSight.allowed(order.status())
            ? fixOf(order)
            : Uni.createFrom().item(Optional.empty());
    return Uni.combine()
        .all()
        .unis(arrival, fix)
        .with((expected, seen) -> view(rows, expected.orElse(null), seen.orElse(null)));
  }

  private Uni<Optional<RiderFix>> fixOf(Order order) {
    return order.sandbox()
        ? sandbox
            .riderPlace(order.id())
            .map(place -> place.map(at -> new RiderFix(at, clock.now())))
        : whereabouts.fixOf(order.riderId());
  }

  private TrackedOrder view(Rows rows, Arrival arrival, RiderFix fix) {
    Order order = rows.order();
    Instant now = clock.now();
    boolean over = order.status().terminal();
    boolean ended = over && rows.together().stream().allMatch(part -> part.status().terminal());
    StepsTaken taken = StepsTaken.of(rows.history());
    return new TrackedOrder(
        number(order),
        rows.storeName(),
        order.status(),
        order.statusAt(),
        ended,
        now,
        clock.speed(),
        city.zone().getId(),
        order.promise(),
        arrival,
        ended ? null : order.pickup(),
        ended ? null : order.dropoff(),
        rider(rows, fix, now),
        taken.steps(),
        taken.riderChanged(),
        over ? null : order.deliveryCode().digits(),
        rows.dropInstruction() == null ? null : new TrackedOrder.DropPoint(rows.dropInstruction()),
        voice(order, rows.said(), now),
        parts(rows));
  }

  private List<TrackedOrder.Part> parts(Rows rows) {
    List<TrackedOrder.Part> parts = new ArrayList<>();
    for (Order part : rows.together()) {
      parts.add(
          new TrackedOrder.Part(
              parts.size() + 1,
              part.status(),
              part.status().terminal() ? null : part.deliveryCode().digits(),
              links.pathTo(part.id()),
              part.id().equals(rows.order().id())));
    }
    return parts.isEmpty() ? null : parts;
  }

  private TrackedOrder.Rider rider(Rows rows, RiderFix fix, Instant now) {
    Order order = rows.order();
    if (order.riderId() == null || order.status() == OrderStatus.CANCELLED) {
      return null;
    }
    boolean aboard = RiderSight.allowed(order.status());
    return new TrackedOrder.Rider(
        RiderName.masked(rows.riderLabel()),
        RiderSight.of(order.status(), fix, rows.doorsBefore(), now, settings.stalePosition()),
        aboard ? rows.doorsBefore() : null,
        calls.possible(order));
  }

  private TrackedOrder.Voice voice(Order order, List<Feedback> said, Instant now) {
    boolean open = voice.open(order, now);
    boolean pastPromise = now.isAfter(order.promise().end());
    return new TrackedOrder.Voice(
        open && CustomerVoice.mayBegin(order.status(), Kind.RATING, pastPromise),
        open && CustomerVoice.mayBegin(order.status(), Kind.COMPLAINT, pastPromise),
        voice.closesAt(order),
        said.stream().map(FeedbackView::of).toList());
  }

  private static String number(Order order) {
    String id = order.id().value();
    return order.merchantOrderNo() != null
        ? order.merchantOrderNo()
        : id.substring(Math.max(0, id.length() - SHORT_NUMBER)).toUpperCase(java.util.Locale.ROOT);
  }
}

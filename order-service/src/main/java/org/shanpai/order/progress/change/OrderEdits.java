package org.shanpai.order.progress.change;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.order.intake.OtherDoor;
import org.shanpai.order.orders.CancelOutcome;
import org.shanpai.order.orders.ChangeState;
import org.shanpai.order.orders.Contact;
import org.shanpai.order.orders.EntryKind;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.OrderChanges;
import org.shanpai.order.privacy.Contacts;
import org.shanpai.order.progress.ChargeSettings;
import org.shanpai.order.progress.OwnOrders;

/**
 * Changes of door, name, phone and note. A door is decided by dispatch against the pickup, and what
 * was asked with it waits for that; the rest holds at once. The same asked twice is asked once.
 */
@ApplicationScoped
public class OrderEdits {

  private static final double SAME_METRES = 0.5;

  private final OwnOrders own;
  private final OtherDoor otherDoor;
  private final DoorChanges doors;
  private final Contacts contacts;
  private final OrderChanges changes;
  private final int mostChanges;

  OrderEdits(
      OwnOrders own,
      OtherDoor otherDoor,
      DoorChanges doors,
      Contacts contacts,
      OrderChanges changes,
      ChargeSettings settings) {
    this.own = own;
    this.otherDoor = otherDoor;
    this.doors = doors;
    this.contacts = contacts;
    this.changes = changes;
    this.mostChanges = settings.mostChanges();
  }

  /**
   * What a change would come to.
   *
   * @param order as it stands
   * @param terms null when no other door is asked for
   */
  public record Preview(Order order, OtherDoor.Terms terms) {

    /** What the change makes of the delivery fee; below zero for cheaper. */
    public long differenceFen() {
      return terms == null ? 0 : terms.differenceFen();
    }
  }

  /**
   * Tells what a change would come to now; changes nothing.
   *
   * @throws Problem as {@link #ask}
   */
  public Uni<Preview> preview(MerchantId merchant, OrderId id, ChangeRequest asked) {
    return look(merchant, id, asked);
  }

  /**
   * Asks for the change.
   *
   * @param expectedDifferenceFen what the merchant means to pay more at most; null for whatever
   * @throws Problem 404; 409 when the order has ended or was picked up, another door is under
   *     decision, a cancel was asked for, it costs more than expected, or the contact was erased;
   *     422 on {@code dropoff.place}
   */
  public Uni<Order> ask(
      MerchantId merchant, OrderId id, ChangeRequest asked, Long expectedDifferenceFen) {
    return look(merchant, id, asked)
        .chain(
            seen ->
                own.change(
                    merchant,
                    id,
                    (order, now) -> {
                      OwnOrders.refuseEnded(order);
                      return contacts
                          .find(id)
                          .chain(
                              found ->
                                  change(
                                      order,
                                      known(found),
                                      asked,
                                      seen,
                                      expectedDifferenceFen,
                                      now));
                    }));
  }

  private Uni<Preview> look(MerchantId merchant, OrderId id, ChangeRequest asked) {
    return own.read(
            merchant,
            id,
            (order, now) -> {
              OwnOrders.refuseEnded(order);
              return Uni.createFrom().item(order);
            })
        .chain(
            order -> {
              if (!elsewhere(order, asked.door())) {
                return Uni.createFrom().item(new Preview(order, null));
              }
              OwnOrders.refusePickedUp(order);
              return otherDoor.terms(order, asked.door()).map(terms -> new Preview(order, terms));
            });
  }

  private Uni<Void> change(
      Order order,
      Contact contact,
      ChangeRequest asked,
      Preview seen,
      Long expectedDifferenceFen,
      Instant now) {
    if (!elsewhere(order, asked.door())) {
      Contact next = asked.patch().on(contact);
      if (next.equals(contact)) {
        return Uni.createFrom().voidItem();
      }
      return contacts
          .replace(order.id(), next)
          .invoke(() -> order.customer(contacts.customerKey(next)))
          .invoke(order::remark)
          .chain(() -> changes.tell(order, EntryKind.CONTACT_CHANGED, now));
    }
    if (seen.terms() == null) {
      throw Problem.conflict("order-changed", "The order has just changed; ask again.");
    }
    return doors
        .pending(order)
        .chain(
            pending -> {
              if (order.requests().changeState() == ChangeState.ASKED) {
                return same(order, contact, asked, pending);
              }
              refuse(order, seen, expectedDifferenceFen);
              return doors.ask(order, asked, seen.terms(), now);
            });
  }

  /** Asked for again: nothing. Asked for another one: one after the other. */
  private static Uni<Void> same(
      Order order, Contact contact, ChangeRequest asked, Optional<ContactPatch> pending) {
    boolean sameDoor = near(order.requests().askedDoor(), asked.door());
    boolean sameContact =
        pending.filter(patch -> patch.on(contact).equals(asked.patch().on(contact))).isPresent();
    if (sameDoor && sameContact) {
      return Uni.createFrom().voidItem();
    }
    throw Problem.conflict(
        "change-pending",
        "dropoff",
        "Change " + order.requests().changeNo() + " is not decided yet; ask again after it.");
  }

  private void refuse(Order order, Preview seen, Long expectedDifferenceFen) {
    OwnOrders.refusePickedUp(order);
    if (order.cancelOutcome() == CancelOutcome.REQUESTED) {
      throw Problem.conflict("cancel-requested", "A cancel of the order was asked for.");
    }
    if (order.requests().changeNo() >= mostChanges) {
      throw Problem.conflict(
          "changed-too-often", "dropoff", "Another door was asked for " + mostChanges + " times.");
    }
    if (expectedDifferenceFen != null && seen.differenceFen() > expectedDifferenceFen) {
      throw Problem.conflict(
          "fee-changed",
          "expectedDifferenceFen",
          "The change costs "
              + seen.differenceFen()
              + " fen now, more than the "
              + expectedDifferenceFen
              + " expected; nothing was asked for.");
    }
  }

  /** Whether the goods would go somewhere else than they go now. */
  private static boolean elsewhere(Order order, GeoPoint door) {
    return door != null && !near(order.dropoff(), door);
  }

  private static boolean near(GeoPoint one, GeoPoint other) {
    return one.metresTo(other) <= SAME_METRES;
  }

  private static Contact known(Optional<Contact> contact) {
    return contact.orElseThrow(
        () -> Problem.conflict("contact-erased", "The order's personal data was erased."));
  }
}

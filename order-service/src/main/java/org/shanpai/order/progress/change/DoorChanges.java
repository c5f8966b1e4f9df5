package org.shanpai.order.progress.change;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.shanpai.contracts.event.JobState;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.order.intake.OtherDoor;
import org.shanpai.order.orders.ChangeState;
import org.shanpai.order.orders.Contact;
import org.shanpai.order.orders.EntryKind;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.OrderChanges;
import org.shanpai.order.orders.OrderEntry;
import org.shanpai.order.privacy.BrokenSeal;
import org.shanpai.order.privacy.Contacts;
import org.shanpai.order.privacy.Sealing;

/** Doors that were asked for, and what dispatch decides of them; in the caller's transaction. */
@ApplicationScoped
public class DoorChanges {

  private static final Logger LOG = Logger.getLogger(DoorChanges.class);

  private final Tx tx;
  private final Contacts contacts;
  private final Sealing sealing;
  private final OrderChanges changes;

  DoorChanges(Tx tx, Contacts contacts, Sealing sealing, OrderChanges changes) {
    this.tx = tx;
    this.contacts = contacts;
    this.sealing = sealing;
    this.changes = changes;
  }

  Uni<Void> ask(Order order, ChangeRequest asked, OtherDoor.Terms terms, Instant now) {
    order.askDoor(asked.door(), terms.differenceFen());
    long no = order.requests().changeNo();
    DoorChangeRow row =
        new DoorChangeRow(
            order.id().value(),
            no,
            terms.metres(),
            sealing.seal(context(order, no), Json.write(asked.patch())),
            now);
    return tx.session()
        .chain(session -> session.persist(row))
        .chain(() -> changes.tell(order, EntryKind.CHANGE_ASKED, now));
  }

  /** What the change under decision makes of the contact; empty when none is under decision. */
  Uni<Optional<ContactPatch>> pending(Order order) {
    if (order.requests().changeState() != ChangeState.ASKED) {
      return Uni.createFrom().item(Optional.empty());
    }
    return row(order).map(row -> Optional.ofNullable(row).flatMap(found -> opened(order, found)));
  }

  /**
   * Takes over what dispatch decided; at the end of an order what was never decided came too late.
   */
  public Uni<Void> follow(Order order, JobState job, Instant at) {
    if (order.requests().changeState() != ChangeState.ASKED) {
      return Uni.createFrom().voidItem();
    }
    boolean decided = job.changeNo() != null && job.changeNo() >= order.requests().changeNo();
    if (!decided && !order.status().terminal()) {
      return Uni.createFrom().voidItem();
    }
    boolean applied = decided && !Boolean.TRUE.equals(job.changeRefused());
    return row(order)
        .chain(
            row -> {
              Optional<ContactPatch> patch = row == null ? Optional.empty() : opened(order, row);
              if (row != null) {
                row.forget();
              }
              if (!applied || row == null) {
                order.refuseDoor();
                return tell(order, EntryKind.CHANGE_REFUSED, at);
              }
              order.applyDoor(row.metres());
              return patched(order, patch).chain(() -> tell(order, EntryKind.CHANGE_APPLIED, at));
            });
  }

  private Uni<Void> tell(Order order, EntryKind kind, Instant at) {
    return changes.tell(order, new OrderEntry(order, kind, "ADDRESS_CHANGED", order.fault(), at));
  }

  private Uni<Void> patched(Order order, Optional<ContactPatch> patch) {
    return patch
        .map(
            found ->
                contacts
                    .find(order.id())
                    .chain(
                        contact ->
                            contact
                                .map(now -> replaced(order, found.on(now)))
                                .orElseGet(() -> Uni.createFrom().item(false)))
                    .replaceWithVoid())
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Uni<Boolean> replaced(Order order, Contact contact) {
    order.customer(contacts.customerKey(contact));
    return contacts.replace(order.id(), contact);
  }

  private Uni<DoorChangeRow> row(Order order) {
    String id = DoorChangeRow.id(order.id().value(), order.requests().changeNo());
    return tx.session().chain(session -> session.find(DoorChangeRow.class, id));
  }

  private Optional<ContactPatch> opened(Order order, DoorChangeRow row) {
    if (row.sealed() == null) {
      return Optional.empty();
    }
    try {
      String plain = sealing.open(context(order, order.requests().changeNo()), row.sealed());
      return Optional.of(Json.read(plain, ContactPatch.class));
    } catch (BrokenSeal broken) {
      LOG.errorf("The contact of a change of order %s cannot be opened: %s", order.id(), broken);
      return Optional.empty();
    }
  }

  private static String context(Order order, long no) {
    return "order_change/" + order.id() + "/" + no;
  }
}

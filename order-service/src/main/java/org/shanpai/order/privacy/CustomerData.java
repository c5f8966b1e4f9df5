package org.shanpai.order.privacy;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.Contact;
import org.shanpai.order.orders.Orders;

/** What a merchant may do with the data of its own customers. */
@ApplicationScoped
public class CustomerData {

  private static final int MOST = 200;

  private final Tx tx;
  private final Orders orders;
  private final Contacts contacts;
  private final Retention retention;
  private final Erasure erasure;
  private final PrivacySettings settings;

  CustomerData(
      Tx tx,
      Orders orders,
      Contacts contacts,
      Retention retention,
      Erasure erasure,
      PrivacySettings settings) {
    this.tx = tx;
    this.orders = orders;
    this.contacts = contacts;
    this.retention = retention;
    this.erasure = erasure;
    this.settings = settings;
  }

  /**
   * What is kept of an order's customer.
   *
   * @param contact null once erased
   * @param keptUntil wall time; null while the order is under way, and once erased
   * @param erasedAt wall time; null while kept
   */
  public record Kept(OrderId orderId, Contact contact, Instant keptUntil, Instant erasedAt) {}

  /**
   * @throws Problem 404
   */
  public Uni<Kept> kept(MerchantId merchant, OrderId id) {
    return tx.read(
        () ->
            orders
                .find(id)
                .map(
                    found ->
                        found
                            .filter(order -> order.merchantId().equals(merchant))
                            .orElseThrow(() -> Problem.notFound("order " + id)))
                .chain(() -> retention.of(id))
                .chain(
                    standing ->
                        contacts
                            .find(id)
                            .map(
                                contact ->
                                    kept(
                                        id,
                                        contact.orElse(null),
                                        standing.orElse(new Retention.Standing(null, null))))));
  }

  private Kept kept(OrderId id, Contact contact, Retention.Standing standing) {
    boolean dated = standing.endedAt() != null && standing.erasedAt() == null;
    return new Kept(
        id, contact, dated ? standing.endedAt().plus(settings.keep()) : null, standing.erasedAt());
  }

  /** See {@link Erasure#erase}. */
  public Uni<Instant> erase(MerchantId merchant, OrderId id) {
    return erasure.erase(merchant, id);
  }

  /** See {@link Contacts#withPhone}. */
  public Uni<List<OrderId>> withPhone(MerchantId merchant, String phone) {
    return tx.read(() -> contacts.withPhone(merchant, phone, MOST));
  }
}

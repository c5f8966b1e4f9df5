package org.shanpai.order.privacy.postgres;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.Contact;
import org.shanpai.order.privacy.BrokenSeal;
import org.shanpai.order.privacy.ContactSealing;
import org.shanpai.order.privacy.Contacts;
import org.shanpai.order.privacy.Resealable;
import org.shanpai.order.privacy.SealedContact;

/** {@link Contacts} in PostgreSQL. Rows an older version wrote are read plain until sealed. */
@ApplicationScoped
class PostgresContacts implements Contacts, Resealable {

  private static final String COLUMNS = "order_id, sealed, name, phone, address";

  private static final String WRITE =
      """
      update order_contact
      set sealed = :sealed, sealed_with = :keyId, phone_hash = :phoneHash, door_hash = :doorHash,
          name = null, phone = null, address = null
      where order_id = :orderId and wall_erased_at is null
      """;

  private static final Logger LOG = Logger.getLogger(PostgresContacts.class);

  private final Tx tx;
  private final ContactSealing sealing;

  PostgresContacts(Tx tx, ContactSealing sealing) {
    this.tx = tx;
    this.sealing = sealing;
  }

  @Override
  public SealedContact seal(OrderId order, Contact contact) {
    return sealing.seal(order, contact);
  }

  @Override
  public String customerKey(Contact contact) {
    return sealing.customerKey(contact.phone());
  }

  @Override
  public Uni<Optional<Contact>> find(OrderId order) {
    return rows("order_id = :orderId", order.value(), 1)
        .map(rows -> rows.isEmpty() ? Optional.empty() : opened(rows.get(0)));
  }

  @Override
  public Uni<Boolean> replace(OrderId order, Contact contact) {
    SealedContact sealed = sealing.seal(order, contact);
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(WRITE)
                    .setParameter("sealed", sealed.sealed())
                    .setParameter("keyId", sealed.keyId())
                    .setParameter("phoneHash", sealed.phoneHash())
                    .setParameter("doorHash", sealed.doorHash())
                    .setParameter("orderId", order.value())
                    .executeUpdate())
        .map(written -> written > 0);
  }

  @Override
  public Uni<List<OrderId>> withPhone(MerchantId merchant, String phone, int limit) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        select o.order_id from order_contact c join orders o using (order_id)
                        where c.phone_hash = :hash and o.merchant_id = :merchant
                        order by o.order_id desc
                        """,
                        String.class)
                    .setParameter("hash", sealing.phoneHash(phone))
                    .setParameter("merchant", merchant.value())
                    .setMaxResults(limit)
                    .getResultList())
        .map(ids -> ids.stream().map(OrderId::new).toList());
  }

  @Override
  public String name() {
    return "order_contact";
  }

  @Override
  public Uni<Integer> reseal(String keyId, int most) {
    return rows("phone is not null", null, most)
        .chain(
            plain ->
                plain.size() == most
                    ? Uni.createFrom().item(plain)
                    : rows("sealed_with <> :keyId", keyId, most - plain.size())
                        .map(old -> Stream.concat(plain.stream(), old.stream()).toList()))
        .chain(
            rows ->
                Multi.createFrom()
                    .iterable(rows)
                    .onItem()
                    .transformToUniAndConcatenate(this::reseal)
                    .collect()
                    .asList()
                    .map(done -> (int) done.stream().filter(Boolean::booleanValue).count()));
  }

  private Uni<Boolean> reseal(Object[] row) {
    try {
      return opened(row)
          .map(contact -> replace(new OrderId((String) row[0]), contact))
          .orElseGet(() -> Uni.createFrom().item(false));
    } catch (BrokenSeal broken) {
      LOG.error(broken.getMessage());
      return Uni.createFrom().item(false);
    }
  }

  private Uni<List<Object[]>> rows(String where, String value, int most) {
    boolean byId = where.contains(":orderId");
    return tx.session()
        .chain(
            session -> {
              Mutiny.SelectionQuery<Object[]> query =
                  session.createNativeQuery(
                      "select "
                          + COLUMNS
                          + " from order_contact where "
                          + where
                          + (byId ? "" : " limit :most for update skip locked"),
                      Object[].class);
              if (byId) {
                query.setParameter("orderId", value);
              } else {
                query.setParameter("most", most);
                if (value != null) {
                  query.setParameter("keyId", value);
                }
              }
              return query.getResultList();
            });
  }

  private Optional<Contact> opened(Object[] row) {
    if (row[1] != null) {
      return Optional.of(sealing.open(new OrderId((String) row[0]), (String) row[1]));
    }
    return row[3] == null
        ? Optional.empty()
        : Optional.of(new Contact((String) row[2], (String) row[3], (String) row[4]));
  }
}

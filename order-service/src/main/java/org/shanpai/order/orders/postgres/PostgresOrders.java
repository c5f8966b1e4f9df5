package org.shanpai.order.orders.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Statement;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.BoxesColumn;
import org.shanpai.order.orders.ChecksColumn;
import org.shanpai.order.orders.Contact;
import org.shanpai.order.orders.EntryKind;
import org.shanpai.order.orders.FeePartsColumn;
import org.shanpai.order.orders.ItemsColumn;
import org.shanpai.order.orders.NeedsColumn;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.OrderEntry;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.privacy.Contacts;
import org.shanpai.order.privacy.SealedContact;

/** {@link Orders} in PostgreSQL. */
@ApplicationScoped
class PostgresOrders implements Orders {

  // One statement, so one round trip, for the three rows an order is born with. The unique index on
  // the merchant's own number decides; without the order row the other two are not written either.
  private static final Statement INSERT =
      Statement.of(
          """
      with born as (
        insert into orders (order_id, merchant_id, store_id, area_id, merchant_order_no, version,
            status, status_at, pickup_lat, pickup_lon, dropoff_lat, dropoff_lon, distance_metres,
            items, load_units, weight_grams, needs, direct, goods_value_fen, delivery_fee_fen,
            created_at, promise_start, promise_end, expected_ready_at, pickup_code, delivery_code,
            sandbox,
            promise_tier, quote_id, fee_parts, road_metres, release_at, longest_carry_seconds,
            perishable, checks, drop_point, linked_to, part_count, boxes, customer_key)
        values (:orderId, :merchantId, :storeId, :areaId, :merchantOrderNo, :version,
            :status, :createdAt, :pickupLat, :pickupLon, :dropoffLat, :dropoffLon, :distanceMetres,
            :items, :loadUnits, :weightGrams, :needs, :direct, :goodsValueFen, :deliveryFeeFen,
            :createdAt, :promiseStart, :promiseEnd, :expectedReadyAt, :pickupCode, :deliveryCode,
            :sandbox,
            :promiseTier, :quoteId, :feeParts, :roadMetres, :releaseAt, :longestCarrySeconds,
            :perishable, :checks, :dropPoint, :linkedTo, :partCount, :boxes,
            :customerKey)
        on conflict (merchant_id, merchant_order_no) where merchant_order_no is not null do nothing
        returning order_id, version, status, created_at),
      contact as (
        insert into order_contact (order_id, sealed, sealed_with, phone_hash, door_hash)
        select order_id, :sealed, :sealedWith, :phoneHash, :doorHash from born)
      insert into order_entry (entry_id, order_id, version, kind, status, at)
      select :entryId, order_id, version, :entryKind, status, created_at from born
      """);

  private final Tx tx;
  private final Contacts contacts;
  private final ItemsColumn items = new ItemsColumn();
  private final NeedsColumn needs = new NeedsColumn();
  private final FeePartsColumn fee = new FeePartsColumn();
  private final ChecksColumn checks = new ChecksColumn();
  private final BoxesColumn boxes = new BoxesColumn();

  PostgresOrders(Tx tx, Contacts contacts) {
    this.tx = tx;
    this.contacts = contacts;
  }

  @Override
  public Uni<Boolean> insert(Order order, Contact contact) {
    SealedContact sealed = contacts.seal(order.id(), contact);
    order.customer(sealed.customerKey());
    return tx.update(
            INSERT
                .filled()
                .with("orderId", order.id().value())
                .with("merchantId", order.merchantId().value())
                .with("storeId", order.storeId().value())
                .with("areaId", order.areaId().value())
                .with("merchantOrderNo", order.merchantOrderNo())
                .with("version", order.version())
                .with("status", order.status().name())
                .with("createdAt", order.createdAt())
                .with("pickupLat", order.pickup().lat())
                .with("pickupLon", order.pickup().lon())
                .with("dropoffLat", order.dropoff().lat())
                .with("dropoffLon", order.dropoff().lon())
                .with("distanceMetres", order.distanceMetres())
                .with("items", items.convertToDatabaseColumn(order.items()))
                .with("loadUnits", order.loadUnits())
                .with("weightGrams", order.weightGrams())
                .with("needs", needs.convertToDatabaseColumn(order.needs()))
                .with("direct", order.direct())
                .with("goodsValueFen", order.goodsValue().fen())
                .with("deliveryFeeFen", order.deliveryFee().fen())
                .with("promiseStart", order.promise().start())
                .with("promiseEnd", order.promise().end())
                .with("expectedReadyAt", order.expectedReadyAt())
                .with("pickupCode", order.pickupCode().digits())
                .with("deliveryCode", order.deliveryCode().digits())
                .with("promiseTier", order.terms().tier().name())
                .with("quoteId", order.terms().quoteId())
                .with("feeParts", fee.convertToDatabaseColumn(order.terms().fee()))
                .with("roadMetres", order.terms().roadMetres())
                .with("releaseAt", order.terms().releaseAt())
                .with("longestCarrySeconds", order.terms().longestCarrySeconds())
                .with("perishable", order.terms().perishable())
                .with("checks", checks.convertToDatabaseColumn(order.terms().checks()))
                .with("dropPoint", order.terms().dropPoint())
                .with("linkedTo", order.packed().linkedTo())
                .with("partCount", order.packed().partCount())
                .with("boxes", boxes.convertToDatabaseColumn(order.packed().boxes()))
                .with("customerKey", order.customerKey())
                .with("sealed", sealed.sealed())
                .with("sealedWith", sealed.keyId())
                .with("phoneHash", sealed.phoneHash())
                .with("doorHash", sealed.doorHash())
                .with("sandbox", order.sandbox())
                .with("entryId", order.id() + ":" + order.version())
                .with("entryKind", EntryKind.CREATED.name()))
        .map(written -> written > 0);
  }

  @Override
  public Uni<Optional<Order>> find(OrderId id) {
    return tx.session()
        .chain(session -> session.find(Order.class, id.value()))
        .map(Optional::ofNullable);
  }

  @Override
  public Uni<Optional<Order>> lock(OrderId id) {
    return tx.session()
        .chain(session -> session.find(Order.class, id.value(), LockModeType.PESSIMISTIC_WRITE))
        .map(Optional::ofNullable);
  }

  @Override
  public Uni<List<OrderId>> partIds(OrderId lead) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "select o.orderId from Order o where o.packed.linkedTo = :lead"
                            + " order by o.orderId",
                        String.class)
                    .setParameter("lead", lead.value())
                    .getResultList())
        .map(ids -> ids.stream().map(OrderId::new).toList());
  }

  @Override
  public Uni<List<Order>> parts(OrderId lead) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "from Order o where o.packed.linkedTo = :lead order by o.orderId",
                        Order.class)
                    .setParameter("lead", lead.value())
                    .getResultList());
  }

  @Override
  public Uni<List<Order>> list(Query query) {
    StringBuilder text = new StringBuilder("from Order o where o.merchantId = :merchantId");
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("merchantId", query.merchantId().value());
    if (query.storeId() != null) {
      text.append(" and o.storeId = :storeId");
      parameters.put("storeId", query.storeId().value());
    }
    if (query.status() != null) {
      text.append(" and o.status = :status");
      parameters.put("status", query.status());
    }
    if (query.merchantOrderNo() != null) {
      text.append(" and o.merchantOrderNo = :merchantOrderNo");
      parameters.put("merchantOrderNo", query.merchantOrderNo());
    }
    if (query.before() != null) {
      text.append(" and o.orderId < :before");
      parameters.put("before", query.before());
    }
    text.append(" order by o.orderId desc");
    return tx.session()
        .chain(
            session -> {
              Mutiny.SelectionQuery<Order> selection =
                  session.createSelectionQuery(text.toString(), Order.class);
              parameters.forEach(selection::setParameter);
              return selection.setMaxResults(query.limit()).getResultList();
            });
  }

  @Override
  public Uni<Void> append(OrderEntry entry) {
    return tx.session().chain(session -> session.persist(entry));
  }

  @Override
  public Uni<List<OrderEntry>> history(OrderId id) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "from OrderEntry e where e.orderId = :orderId order by e.version",
                        OrderEntry.class)
                    .setParameter("orderId", id.value())
                    .getResultList());
  }
}

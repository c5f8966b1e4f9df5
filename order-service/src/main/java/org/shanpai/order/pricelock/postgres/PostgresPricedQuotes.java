package org.shanpai.order.pricelock.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.order.intake.Ask;
import org.shanpai.order.intake.Conditions;
import org.shanpai.order.intake.PriceLocks;
import org.shanpai.order.pricelock.PricedQuote;
import org.shanpai.order.pricelock.PricedQuotes;

/** Quotes in PostgreSQL, for those who make them and for the orders made of them. */
@ApplicationScoped
class PostgresPricedQuotes implements PricedQuotes, PriceLocks {

  private final Tx tx;
  private final WallClock wall;

  PostgresPricedQuotes(Tx tx, WallClock wall) {
    this.tx = tx;
    this.wall = wall;
  }

  @Override
  public Uni<Void> insert(PricedQuote quote) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into price_lock (quote_id, merchant_id, ask, conditions,"
                            + " created_at, expires_at, wall_created_at) values (:quoteId,"
                            + " :merchantId, :ask, :conditions, :createdAt, :expiresAt, :wall)")
                    .setParameter("quoteId", quote.quoteId())
                    .setParameter("merchantId", quote.merchantId().value())
                    .setParameter("ask", Json.write(quote.ask()))
                    .setParameter("conditions", Json.write(quote.conditions()))
                    .setParameter("createdAt", quote.createdAt())
                    .setParameter("expiresAt", quote.expiresAt())
                    .setParameter("wall", wall.now())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<PricedQuote>> get(MerchantId merchant, String quoteId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select ask, conditions, created_at, expires_at, order_id from price_lock"
                            + " where quote_id = :quoteId and merchant_id = :merchantId",
                        Object[].class)
                    .setParameter("quoteId", quoteId)
                    .setParameter("merchantId", merchant.value())
                    .getResultList())
        .map(rows -> first(rows, merchant, quoteId));
  }

  private static Optional<PricedQuote> first(
      List<Object[]> rows, MerchantId merchant, String quoteId) {
    return rows.stream()
        .findFirst()
        .map(
            row ->
                new PricedQuote(
                    quoteId,
                    merchant,
                    Json.read((String) row[0], Ask.class),
                    Json.read((String) row[1], Conditions.class),
                    ((OffsetDateTime) row[2]).toInstant(),
                    ((OffsetDateTime) row[3]).toInstant(),
                    row[4] == null ? null : new OrderId((String) row[4])));
  }

  @Override
  public Uni<Optional<Lock>> find(MerchantId merchant, String quoteId) {
    return get(merchant, quoteId)
        .map(
            found ->
                found.map(
                    quote ->
                        new Lock(
                            quoteId,
                            quote.ask(),
                            quote.conditions(),
                            quote.expiresAt(),
                            quote.usedBy())));
  }

  @Override
  public Uni<Boolean> use(String quoteId, OrderId order) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update price_lock set order_id = :orderId"
                            + " where quote_id = :quoteId and order_id is null")
                    .setParameter("orderId", order.value())
                    .setParameter("quoteId", quoteId)
                    .executeUpdate())
        .map(written -> written > 0);
  }

  @Override
  public Uni<Integer> forget(Instant before, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "delete from price_lock where quote_id in (select quote_id from price_lock"
                            + " where wall_created_at < :before order by wall_created_at"
                            + " limit :most)")
                    .setParameter("before", before)
                    .setParameter("most", most)
                    .executeUpdate());
  }
}

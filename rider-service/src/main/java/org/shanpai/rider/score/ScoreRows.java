package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** The score's tables. Runs in the caller's session. */
@ApplicationScoped
public class ScoreRows {

  /**
   * First-revision rows fetched for a score. An order has at most two of them (one in group SM1,
   * one in OT), so this covers 400 orders: the window's 300 and, as long as they overlap it, the
   * newcomer's first 100.
   */
  static final int FIRST_ROWS_FETCHED = 800;

  private static final String COLUMNS =
      "entry_id, entry_no, subject, subject_kind, rule, kind, grp, revision, points_mp,"
          + " rule_set, business_date, occurred_at, recorded_at, cast(facts as text), facts_hash,"
          + " exemption, actor, refers_to";

  private final Tx tx;

  public ScoreRows(Tx tx) {
    this.tx = tx;
  }

  /**
   * A rider's account row.
   *
   * @param account the scope of the score, city/pool
   * @param entries rows in the ledger
   */
  record Account(String account, long entries) {}

  /**
   * Locks the rider's account until the transaction ends, opening it at need; null when there is no
   * such rider.
   */
  Uni<Account> lockAccount(String riderId) {
    return tx.session()
        .call(
            session ->
                session
                    .createNativeQuery(
                        "insert into score_account (rider_id, account, entries, orders, sum_mp)"
                            + " select rider_id, city_id || '/' || pool, 0, 0, 0 from rider"
                            + " where rider_id = :rider on conflict (rider_id) do nothing")
                    .setParameter("rider", riderId)
                    .executeUpdate())
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select account, entries from score_account"
                            + " where rider_id = :rider for update",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : new Account((String) row[0], number(row[1])));
  }

  /**
   * Until the transaction ends, nobody learns new weather of the area while a delivery in it is
   * judged, and the other way round; otherwise each could miss the other's uncommitted rows.
   *
   * @param exclusive for new weather; shared for deliveries
   */
  Uni<Void> lockArea(String areaId, boolean exclusive) {
    String function = exclusive ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(" + function + "(hashtextextended(:name, 0)) as text)",
                        String.class)
                    .setParameter("name", "score of area " + areaId)
                    .getSingleResult())
        .replaceWithVoid();
  }

  Uni<Void> updateAccount(String riderId, int entries, int orders, int milliPoints) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update score_account set entries = entries + :entries,"
                            + " orders = orders + :orders, sum_mp = sum_mp + :points"
                            + " where rider_id = :rider")
                    .setParameter("entries", entries)
                    .setParameter("orders", orders)
                    .setParameter("points", milliPoints)
                    .setParameter("rider", riderId)
                    .executeUpdate())
        .replaceWithVoid();
  }

  Uni<List<ScoreLine>> ofSubject(String riderId, String subject) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select "
                            + COLUMNS
                            + " from score_entry where rider_id = :rider and subject = :subject"
                            + " order by grp, revision",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("subject", subject)
                    .getResultList())
        .map(found -> found.stream().map(row -> read(row).line()).toList());
  }

  /** Adds a row. The unique key refuses a second one; under the account's lock there is none. */
  Uni<Void> insert(String riderId, String account, LedgerRow row) {
    ScoreLine line = row.line();
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into score_entry (entry_id, entry_no, rider_id, account, subject,"
                            + " subject_kind, rule, kind, grp, revision, points_mp, rule_set,"
                            + " business_date, occurred_at, recorded_at, facts, facts_hash,"
                            + " exemption, actor, refers_to) values (:id, :no, :rider, :account,"
                            + " :subject, :subjectKind, :rule, :kind, :grp, :revision, :points,"
                            + " :ruleSet, :businessDate, :occurredAt, :recordedAt,"
                            + " cast(cast(:facts as text) as json), :factsHash,"
                            + " nullif(:exemption, ''), :actor, nullif(:refersTo, ''))")
                    .setParameter("id", line.entryId())
                    .setParameter("no", row.entryNo())
                    .setParameter("rider", riderId)
                    .setParameter("account", account)
                    .setParameter("subject", line.subject())
                    .setParameter("subjectKind", line.order() ? "ORDER" : "INCIDENT")
                    .setParameter("rule", line.rule())
                    .setParameter("kind", line.kind().name())
                    .setParameter("grp", line.group())
                    .setParameter("revision", line.revision())
                    .setParameter("points", line.milliPoints())
                    .setParameter("ruleSet", row.ruleSet())
                    .setParameter("businessDate", line.businessDate())
                    .setParameter("occurredAt", line.occurredAt())
                    .setParameter("recordedAt", row.recordedAt())
                    .setParameter("facts", row.facts())
                    .setParameter("factsHash", row.factsHash())
                    .setParameter("exemption", row.exemption() == null ? "" : row.exemption())
                    .setParameter("actor", row.actor())
                    .setParameter("refersTo", line.takesBack() == null ? "" : line.takesBack())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** The rider's score on that date, from the ledger as it stands in this transaction. */
  public Uni<ServiceScore> score(String riderId, LocalDate day, RuleSet rules) {
    return experience(riderId)
        .chain(
            ordersAndPrior ->
                window(riderId)
                    .map(
                        lines -> {
                          long seen =
                              lines.stream()
                                  .filter(ScoreLine::order)
                                  .map(ScoreLine::subject)
                                  .distinct()
                                  .count();
                          return ServiceScore.on(
                              day,
                              rules,
                              lines,
                              new ServiceScore.Experience(
                                  Math.max(0, ordersAndPrior[0] - seen) + ordersAndPrior[1]));
                        }));
  }

  private Uni<long[]> experience(String riderId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select coalesce(a.orders, 0), r.prior_orders from rider r"
                            + " left join score_account a on a.rider_id = r.rider_id"
                            + " where r.rider_id = :rider",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .getSingleResultOrNull())
        .map(row -> row == null ? new long[2] : new long[] {number(row[0]), number(row[1])});
  }

  private Uni<List<ScoreLine>> window(String riderId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select "
                            + COLUMNS
                            + " from score_entry where rider_id = :rider and occurred_at >="
                            + " coalesce((select occurred_at from score_entry"
                            + " where rider_id = :rider and subject_kind = 'ORDER'"
                            + " and revision = 1 order by occurred_at desc"
                            + " offset :fetched limit 1), timestamptz '-infinity')",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("fetched", FIRST_ROWS_FETCHED)
                    .getResultList())
        .map(found -> found.stream().map(row -> read(row).line()).toList());
  }

  /**
   * A page of the ledger, newest first.
   *
   * @param before rows with a smaller number only; {@link Long#MAX_VALUE} for the newest
   */
  public Uni<List<LedgerRow>> page(String riderId, long before, int limit) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select "
                            + COLUMNS
                            + " from score_entry where rider_id = :rider and entry_no < :before"
                            + " order by entry_no desc",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("before", before)
                    .setMaxResults(limit)
                    .getResultList())
        .map(found -> found.stream().map(ScoreRows::read).toList());
  }

  Uni<Void> keepFacts(DeliveryFacts delivery) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into delivery_facts (order_id, rider_id, area_id, accepted_at,"
                            + " delivered_at, facts) values (:order, :rider, :area, :accepted,"
                            + " :delivered, cast(cast(:facts as text) as json))"
                            + " on conflict (order_id) do update set rider_id = excluded.rider_id,"
                            + " area_id = excluded.area_id, accepted_at = excluded.accepted_at,"
                            + " delivered_at = excluded.delivered_at, facts = excluded.facts")
                    .setParameter("order", delivery.orderId())
                    .setParameter("rider", delivery.riderId())
                    .setParameter("area", delivery.areaId())
                    .setParameter("accepted", delivery.acceptedAt())
                    .setParameter("delivered", delivery.deliveredAt())
                    .setParameter("facts", Json.write(delivery))
                    .executeUpdate())
        .replaceWithVoid();
  }

  Uni<List<DeliveryFacts>> factsOf(String areaId, Instant deliveredSince) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(facts as text) from delivery_facts"
                            + " where area_id = :area and delivered_at >= :since"
                            + " order by rider_id, order_id",
                        String.class)
                    .setParameter("area", areaId)
                    .setParameter("since", deliveredSince)
                    .getResultList())
        .map(found -> found.stream().map(text -> Json.read(text, DeliveryFacts.class)).toList());
  }

  private static LedgerRow read(Object[] row) {
    return new LedgerRow(
        new ScoreLine(
            (String) row[0],
            (String) row[2],
            "ORDER".equals(row[3]),
            (String) row[4],
            RuleKind.valueOf((String) row[5]),
            (String) row[6],
            (int) number(row[7]),
            (int) number(row[8]),
            (LocalDate) row[10],
            Instants.of(row[11]),
            (String) row[17]),
        number(row[1]),
        (String) row[9],
        (String) row[13],
        (String) row[14],
        (String) row[15],
        (String) row[16],
        Instants.of(row[12]));
  }

  private static long number(Object column) {
    return ((Number) column).longValue();
  }
}

package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.messaging.Columns;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Statement;
import org.shanpai.messaging.Tx;

/** The score ledger's table. Runs in the caller's session. */
@ApplicationScoped
public class LedgerRows {

  private static final String COLUMNS =
      "e.entry_id, e.entry_no, e.subject, e.subject_kind, e.rule, e.kind, e.grp, e.revision,"
          + " e.points_mp, e.rule_set, e.business_date, e.occurred_at, e.recorded_at,"
          + " cast(e.facts as text), e.facts_hash, e.exemption, e.actor, e.refers_to, e.order_id,"
          + " e.evidence, e.rider_id";

  /** Those of a line only: facts are big. */
  private static final String LINE_COLUMNS =
      COLUMNS.replace("cast(e.facts as text), e.facts_hash", "'', ''");

  private static final String ORDER = "ORDER";
  private static final String INCIDENT = "INCIDENT";

  private static final Statement INSERT =
      Statement.of(
          "insert into score_entry (entry_id, entry_no, rider_id, account, subject, subject_kind,"
              + " order_id, rule, kind, grp, revision, points_mp, rule_set, business_date,"
              + " occurred_at, recorded_at, facts, facts_hash, exemption, evidence, actor,"
              + " refers_to) select id, no, rider, account, subject, subject_kind, order_id, rule,"
              + " kind, grp, revision, points, rule_set, day, occurred, recorded,"
              + " cast(facts as json), hash, exemption, evidence, actor, refers"
              + " from unnest(:ids::text[], :nos::bigint[], :riders::text[], :accounts::text[],"
              + " :subjects::text[], :kindsOfSubject::text[], :orders::text[], :rules::text[],"
              + " :kinds::text[], :groups::text[], :revisions::int[], :points::int[],"
              + " :ruleSets::text[], :days::date[], :occurred::timestamptz[],"
              + " :recorded::timestamptz[], :facts::text[], :hashes::text[], :exemptions::text[],"
              + " :evidences::text[], :actors::text[], :refers::text[]) as r (id, no, rider,"
              + " account, subject, subject_kind, order_id, rule, kind, grp, revision, points,"
              + " rule_set, day, occurred, recorded, facts, hash, exemption, evidence, actor,"
              + " refers)");

  private static final Statement OF_SUBJECTS =
      Statement.of(
          "select "
              + LINE_COLUMNS
              + " from unnest(:riders::text[], :subjects::text[]) as k (rider, subject)"
              + " join score_entry e on e.rider_id = k.rider and e.subject = k.subject");

  private final Tx tx;

  LedgerRows(Tx tx) {
    this.tx = tx;
  }

  /** A row and whose it is. */
  public record Posted(String riderId, LedgerRow row) {}

  /**
   * Adds rows in one statement. The unique key refuses a row that is there; under the accounts'
   * locks there is none.
   *
   * @param accounts by rider
   */
  Uni<Void> insert(List<Posted> rows, Map<String, String> accounts) {
    Columns<Posted> columns = Columns.of(rows);
    return tx.update(
            INSERT
                .filled()
                .with("ids", columns.texts(p -> p.row().line().entryId()))
                .with("nos", columns.longs(p -> p.row().entryNo()))
                .with("riders", columns.texts(Posted::riderId))
                .with("accounts", columns.texts(p -> accounts.get(p.riderId())))
                .with("subjects", columns.texts(p -> p.row().line().subject()))
                .with(
                    "kindsOfSubject", columns.texts(p -> p.row().line().order() ? ORDER : INCIDENT))
                .with("orders", columns.texts(p -> otherOrder(p.row().line())))
                .with("rules", columns.texts(p -> p.row().line().rule()))
                .with("kinds", columns.texts(p -> p.row().line().kind().name()))
                .with("groups", columns.texts(p -> p.row().line().group()))
                .with("revisions", columns.ints(p -> p.row().line().revision()))
                .with("points", columns.ints(p -> p.row().line().milliPoints()))
                .with("ruleSets", columns.texts(p -> p.row().ruleSet()))
                .with("days", columns.dates(p -> p.row().line().businessDate()))
                .with("occurred", columns.instants(p -> p.row().line().occurredAt()))
                .with("recorded", columns.instants(p -> p.row().recordedAt()))
                .with("facts", columns.texts(p -> p.row().facts()))
                .with("hashes", columns.texts(p -> p.row().factsHash()))
                .with("exemptions", columns.texts(p -> p.row().exemption()))
                .with("evidences", columns.texts(p -> p.row().evidence()))
                .with("actors", columns.texts(p -> p.row().actor()))
                .with("refers", columns.texts(p -> p.row().line().takesBack())))
        .replaceWithVoid();
  }

  /** The order a row is about, where that is not its subject. */
  private static String otherOrder(ScoreLine line) {
    return line.orderId() == null || line.orderId().equals(line.subject()) ? null : line.orderId();
  }

  /** The rows of the subjects named, by rider. */
  Uni<Map<String, List<ScoreLine>>> ofSubjects(Collection<CaseKey> subjects) {
    List<CaseKey> keys = List.copyOf(subjects);
    return tx.select(
            OF_SUBJECTS
                .filled()
                .with("riders", Columns.of(keys).texts(CaseKey::riderId))
                .with("subjects", Columns.of(keys).texts(CaseKey::about)))
        .map(
            rows -> {
              Map<String, List<ScoreLine>> byRider = new HashMap<>();
              for (Object[] row : rows) {
                byRider
                    .computeIfAbsent((String) row[20], rider -> new ArrayList<>())
                    .add(read(row).line());
              }
              return byRider;
            });
  }

  /**
   * The rows a window is made of: those of the newest orders, and every incident as old as may
   * count.
   *
   * @param recordedBy only what had been recorded by then, city time
   */
  Uni<List<LedgerRow>> window(String riderId, Instant recordedBy) {
    return newest(riderId, recordedBy, LINE_COLUMNS);
  }

  /** The same with facts. */
  Uni<List<LedgerRow>> explained(String riderId, Instant recordedBy) {
    return newest(riderId, recordedBy, COLUMNS);
  }

  private Uni<List<LedgerRow>> newest(String riderId, Instant recordedBy, String columns) {
    // An order has at most a few rows; the rows of 400 orders are among those since the 1200th row
    // of a delivery, or in other words among all when there are fewer.
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select "
                            + columns
                            + " from score_entry e where rider_id = :rider"
                            + " and recorded_at <= :by and occurred_at >="
                            + " coalesce((select f.occurred_at from score_entry f"
                            + " where f.rider_id = :rider and f.subject_kind = 'ORDER'"
                            + " and f.revision = 1 and f.recorded_at <= :by"
                            + " order by f.occurred_at desc offset :fetched limit 1),"
                            + " timestamptz '-infinity')",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("by", recordedBy)
                    .setParameter("fetched", FIRST_ROWS_FETCHED)
                    .getResultList())
        .chain(
            rows ->
                incidents(riderId, recordedBy, columns)
                    .map(
                        more -> {
                          Map<String, LedgerRow> all = new HashMap<>();
                          rows.forEach(row -> all.put((String) row[0], read(row)));
                          more.forEach(row -> all.put((String) row[0], read(row)));
                          return List.copyOf(all.values());
                        }));
  }

  /** More first rows than the orders kept can have: SM1 or OT, praise, complaints. */
  private static final int FIRST_ROWS_FETCHED = 3 * ScoreWindow.KEPT;

  private Uni<List<Object[]>> incidents(String riderId, Instant recordedBy, String columns) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select "
                            + columns
                            + " from score_entry e where rider_id = :rider"
                            + " and subject_kind = 'INCIDENT' and recorded_at <= :by"
                            + " and occurred_at >= :since",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("by", recordedBy)
                    .setParameter(
                        "since",
                        recordedBy.minus(java.time.Duration.ofDays(2L * ScoreWindow.KEPT_DAYS)))
                    .getResultList());
  }

  /** How many orders had been scored by then. */
  Uni<Long> ordersBy(String riderId, Instant recordedBy) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select count(distinct subject) from score_entry where rider_id = :rider"
                            + " and subject_kind = 'ORDER' and recorded_at <= :by",
                        Long.class)
                    .setParameter("rider", riderId)
                    .setParameter("by", recordedBy)
                    .getSingleResult());
  }

  /** The row; null when there is none. */
  public Uni<Posted> find(String entryId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select " + COLUMNS + " from score_entry e where entry_id = :id",
                        Object[].class)
                    .setParameter("id", entryId)
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : new Posted((String) row[20], read(row)));
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
                            + " from score_entry e where rider_id = :rider and entry_no < :before"
                            + " order by entry_no desc",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("before", before)
                    .setMaxResults(limit)
                    .getResultList())
        .map(found -> found.stream().map(LedgerRows::read).toList());
  }

  private static LedgerRow read(Object[] row) {
    boolean order = ORDER.equals(row[3]);
    String orderId = row[18] != null ? (String) row[18] : order ? (String) row[2] : null;
    return new LedgerRow(
        new ScoreLine(
            (String) row[0],
            (String) row[2],
            order,
            orderId,
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
        (String) row[19],
        (String) row[16],
        Instants.of(row[12]));
  }

  private static long number(Object column) {
    return ((Number) column).longValue();
  }
}

package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.shanpai.messaging.Columns;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Statement;
import org.shanpai.messaging.Tx;

/** The score's accounts: one row for each rider, locked while their ledger is written. */
@ApplicationScoped
public class AccountRows {

  private static final String COLUMNS =
      "select r.rider_id, a.account, coalesce(a.entries, 0), coalesce(a.orders, 0),"
          + " r.prior_orders, a.win, a.closed_on, r.city_id || '/' || r.pool";

  private static final Statement READ =
      Statement.of(
          COLUMNS
              + " from rider r left join score_account a on a.rider_id = r.rider_id"
              + " where r.rider_id = :rider");

  private static final Statement LOCK =
      Statement.of(
          COLUMNS
              + " from unnest(:riders::text[]) w"
              + " join score_account a on a.rider_id = w join rider r on r.rider_id = w"
              + " order by a.rider_id for update of a");

  private static final Statement OPEN =
      Statement.of(
          "insert into score_account (rider_id, account, entries, orders, sum_mp)"
              + " select r.rider_id, r.city_id || '/' || r.pool, 0, 0, 0"
              + " from unnest(:riders::text[]) w join rider r on r.rider_id = w"
              + " where not exists (select 1 from score_account a where a.rider_id = w)"
              + " order by r.rider_id on conflict (rider_id) do nothing");

  private static final Statement UPDATE =
      Statement.of(
          "update score_account a set entries = a.entries + c.entries,"
              + " orders = a.orders + c.orders, sum_mp = a.sum_mp + c.points, win = c.win"
              + " from unnest(:riders::text[], :entries::int[], :orders::int[], :points::int[],"
              + " :windows::bytea[]) as c (rider, entries, orders, points, win)"
              + " where a.rider_id = c.rider");

  // Exactly the expression of its index.
  private static final Statement UNCLOSED =
      Statement.of(
          "select rider_id from score_account where coalesce(closed_on, date '-infinity') < :day"
              + " order by coalesce(closed_on, date '-infinity') limit :most::int");

  /** An account, and what besides it says what the rider's score is now. */
  private static final Statement STANDING =
      Statement.of(
          COLUMNS
              + ", exists (select 1 from score_stay s where s.rider_id = r.rider_id"
              + " and s.from_at <= :now and (s.until_at is null or s.until_at > :now)),"
              + " "
              + RuleSets.PUBLISHED_NOW
              + ", l.level_mp, l.score_mp, l.rule_set"
              + " from rider r left join score_account a on a.rider_id = r.rider_id"
              + " left join lateral (select c.level_mp, c.score_mp, c.rule_set from score_level c"
              + " where c.rider_id = r.rider_id and c.business_date <= :closed"
              + " and c.recorded_at <= :now"
              + " order by c.business_date desc, c.revision desc limit 1) l on true"
              + " where r.rider_id = :rider");

  private final Tx tx;

  AccountRows(Tx tx) {
    this.tx = tx;
  }

  /**
   * A rider's account.
   *
   * @param name the scope of the score, city/pool
   * @param entries rows in the ledger
   * @param orders orders ever scored
   * @param priorOrders orders carried before joining
   * @param window null when it has to be made from the ledger
   * @param closedOn the last business date whose level was closed; null for none
   */
  record Account(
      String riderId,
      String name,
      long entries,
      long orders,
      int priorOrders,
      ScoreWindow window,
      LocalDate closedOn) {

    /** Orders ever carried. */
    long ever() {
      return orders + priorOrders;
    }
  }

  /** The account as it stands; null when there is no such rider. */
  Uni<Account> read(String riderId) {
    return tx.select(READ.filled().with("rider", riderId))
        .map(rows -> rows.isEmpty() ? null : account(rows.get(0)));
  }

  /**
   * What a rider's score is read from.
   *
   * @param underAppeal whether an appeal against a deduction is open
   * @param published which rule sets are, see {@link RuleSets#book(String)}
   * @param closing the last closing up to the day asked for; null for none
   */
  record Standing(
      Account account, boolean underAppeal, String published, Closings.Closing closing) {}

  /**
   * All of it in one look; null when there is no such rider.
   *
   * @param closed the day whose closing is asked for
   */
  Uni<Standing> standing(String riderId, Instant now, LocalDate closed) {
    return tx.select(
            STANDING.filled().with("rider", riderId).with("now", now).with("closed", closed))
        .map(rows -> rows.isEmpty() ? null : standing(rows.get(0)));
  }

  /**
   * Locks the accounts until the transaction ends, opening them at need; in one order, so that two
   * such transactions cannot lock each other out. Unknown riders are left out.
   */
  Uni<List<Account>> lock(Collection<String> riders) {
    String[] wanted = riders.stream().distinct().sorted().toArray(String[]::new);
    return tx.update(OPEN.filled().with("riders", wanted))
        .chain(() -> tx.select(LOCK.filled().with("riders", wanted)))
        .map(rows -> rows.stream().map(AccountRows::account).toList());
  }

  /**
   * What a batch changed of an account.
   *
   * @param entries rows added
   * @param orders orders added
   * @param milliPoints their sum
   */
  record Change(String rider, int entries, int orders, int milliPoints, ScoreWindow window) {}

  Uni<Void> update(List<Change> changes) {
    if (changes.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Columns<Change> columns = Columns.of(changes);
    return tx.update(
            UPDATE
                .filled()
                .with("riders", columns.texts(Change::rider))
                .with("entries", columns.ints(Change::entries))
                .with("orders", columns.ints(Change::orders))
                .with("points", columns.ints(Change::milliPoints))
                .with("windows", columns.bytes(change -> WindowCodec.write(change.window()))))
        .replaceWithVoid();
  }

  /** Notes that a day is closed for those riders, and all before it. */
  Uni<Void> closed(Collection<String> riders, LocalDate day) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update score_account set closed_on = :day where rider_id in"
                            + " (select json_array_elements_text(cast(cast(:riders as text)"
                            + " as json)))")
                    .setParameter("day", day)
                    .setParameter("riders", Json.write(riders))
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Riders with an account, after that one. */
  Uni<List<String>> after(String riderId, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select rider_id from score_account where rider_id > :after"
                            + " order by rider_id",
                        String.class)
                    .setParameter("after", riderId)
                    .setMaxResults(most)
                    .getResultList());
  }

  /** Riders whose last closed day lies before that one, those longest behind first. */
  Uni<List<String>> unclosed(LocalDate day, int most) {
    return tx.select(UNCLOSED.filled().with("day", day).with("most", most))
        .map(rows -> rows.stream().map(row -> (String) row[0]).toList());
  }

  private static Account account(Object[] row) {
    return new Account(
        (String) row[0],
        (String) (row[1] == null ? row[7] : row[1]),
        number(row[2]),
        number(row[3]),
        (int) number(row[4]),
        row[5] == null ? null : WindowCodec.read(((Buffer) row[5]).getBytes()),
        (LocalDate) row[6]);
  }

  private static Standing standing(Object[] row) {
    return new Standing(
        account(row),
        (Boolean) row[8],
        (String) row[9],
        row[10] == null
            ? null
            : new Closings.Closing((int) number(row[10]), (int) number(row[11]), (String) row[12]));
  }

  private static long number(Object column) {
    return ((Number) column).longValue();
  }

  /** Accounts by rider. */
  static java.util.Map<String, Account> byRider(List<Account> accounts) {
    java.util.Map<String, Account> byRider = new java.util.LinkedHashMap<>();
    new ArrayList<>(accounts).forEach(account -> byRider.put(account.riderId(), account));
    return byRider;
  }
}

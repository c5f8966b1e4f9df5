package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** The score's accounts: one row for each rider, locked while their ledger is written. */
@ApplicationScoped
public class AccountRows {

  private static final String SELECT =
      "select r.rider_id, a.account, coalesce(a.entries, 0), coalesce(a.orders, 0),"
          + " r.prior_orders, translate(encode(a.win, 'base64'), E'\\n', ''),"
          + " cast(a.closed_on as text), r.city_id || '/' || r.pool"
          + " from rider r left join score_account a on a.rider_id = r.rider_id";

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
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(SELECT + " where r.rider_id = :rider", Object[].class)
                    .setParameter("rider", riderId)
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : account(row));
  }

  /**
   * Locks the accounts until the transaction ends, opening them at need; in one order, so that two
   * such transactions cannot lock each other out. Unknown riders are left out.
   */
  Uni<List<Account>> lock(Collection<String> riders) {
    String json = Json.write(riders.stream().distinct().sorted().toList());
    return tx.session()
        .call(
            session ->
                session
                    .createNativeQuery(
                        "insert into score_account (rider_id, account, entries, orders, sum_mp)"
                            + " select r.rider_id, r.city_id || '/' || r.pool, 0, 0, 0 from"
                            + " json_array_elements_text(cast(cast(:riders as text) as json)) w"
                            + " join rider r on r.rider_id = w where not exists (select 1 from"
                            + " score_account a where a.rider_id = w) order by r.rider_id"
                            + " on conflict (rider_id) do nothing")
                    .setParameter("riders", json)
                    .executeUpdate())
        .chain(
            session ->
                session
                    .createNativeQuery(
                        SELECT.replace("left join", "join")
                            + " join json_array_elements_text(cast(cast(:riders as text) as json))"
                            + " w on w = a.rider_id order by a.rider_id for update of a",
                        Object[].class)
                    .setParameter("riders", json)
                    .getResultList())
        .map(rows -> rows.stream().map(AccountRows::account).toList());
  }

  /**
   * What a batch changed of an account.
   *
   * @param entries rows added
   * @param orders orders added
   * @param milliPoints their sum
   */
  record Change(String rider, int entries, int orders, int milliPoints, String window) {

    static Change of(String rider, int entries, int orders, int sum, ScoreWindow window) {
      return new Change(
          rider,
          entries,
          orders,
          sum,
          Base64.getEncoder().encodeToString(WindowCodec.write(window)));
    }
  }

  Uni<Void> update(List<Change> changes) {
    if (changes.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update score_account a set entries = a.entries + c.entries,"
                            + " orders = a.orders + c.orders,"
                            + " sum_mp = a.sum_mp + c.\"milliPoints\","
                            + " win = decode(c.\"window\", 'base64')"
                            + " from json_to_recordset(cast(cast(:rows as text) as json)) as c"
                            + " (rider text, entries int, orders int, \"milliPoints\" int,"
                            + " \"window\" text) where a.rider_id = c.rider")
                    .setParameter("rows", Json.write(changes))
                    .executeUpdate())
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

  /** Riders whose last closed day lies before that one, some at a time. */
  Uni<List<String>> unclosed(LocalDate day, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select rider_id from score_account"
                            + " where closed_on is null or closed_on < :day order by rider_id",
                        String.class)
                    .setParameter("day", day)
                    .setMaxResults(most)
                    .getResultList());
  }

  private static Account account(Object[] row) {
    return new Account(
        (String) row[0],
        (String) (row[1] == null ? row[7] : row[1]),
        number(row[2]),
        number(row[3]),
        (int) number(row[4]),
        row[5] == null ? null : WindowCodec.read(Base64.getDecoder().decode((String) row[5])),
        row[6] == null ? null : LocalDate.parse((String) row[6]));
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

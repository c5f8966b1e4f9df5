package org.shanpai.servicebench.rider;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.rider.score.ScoreWindow;
import org.shanpai.rider.score.WindowCodec;
import org.shanpai.stack.CannotRun;

/**
 * Riders with a full ledger each, written straight into the database: one order every two hours
 * until yesterday, one in fifty late by up to five minutes.
 */
final class ScoredCity {

  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final int LATE_EVERY = 50;
  private static final int AT_ONCE = 500;

  private final RiderRig rig;
  private final Size size;
  private final Instant end;

  ScoredCity(RiderRig rig, Size size) {
    this.rig = rig;
    this.size = size;
    this.end =
        WallClock.system()
            .now()
            .atZone(ZONE)
            .truncatedTo(ChronoUnit.DAYS)
            .minusHours(1)
            .toInstant();
  }

  static String rider(int number) {
    return "b-%06d".formatted(number);
  }

  private static String order(int rider, int number) {
    return "bo-%06d-%04d".formatted(rider, number);
  }

  private Instant at(int number) {
    return end.minusSeconds(7_200L * (size.rows() - number));
  }

  /** Writes riders, accounts with their windows, and the ledger. */
  void write() {
    try (Connection database = rig.database()) {
      try (Statement statement = database.createStatement()) {
        // Loading only: what is checked of each row is true by construction.
        statement.execute("set session_replication_role = replica");
        statement.execute("set synchronous_commit = off");
      }
      database.setAutoCommit(false);
      riders(database);
      for (int from = 0; from < size.riders(); from += AT_ONCE) {
        int until = Math.min(size.riders(), from + AT_ONCE);
        accounts(database, from, until);
        ledger(database, from, until);
        database.commit();
      }
      database.setAutoCommit(true);
      try (Statement statement = database.createStatement()) {
        statement.execute("vacuum (analyze) score_entry, score_account, rider");
        statement.execute("checkpoint");
      }
    } catch (SQLException e) {
      throw new CannotRun("The riders cannot be written: " + e.getMessage(), e);
    }
  }

  private void riders(Connection database) throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement(
            "insert into rider (rider_id, city_id, version, label, name, phone, pool,"
                + " capacity_units, equipment, prior_orders, active, level_mp, secret_hash,"
                + " created_at) select 'b-' || lpad(cast(g as text), 6, '0'), 'city-1', 1, 'b',"
                + " 'b', '13800000000', 'CROWDSOURCED', 8, '', 1000, true, 70000, 'x', now()"
                + " from generate_series(0, ? - 1) g")) {
      statement.setInt(1, size.riders());
      statement.executeUpdate();
    }
  }

  private void accounts(Connection database, int from, int until) throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement(
            "insert into score_account (rider_id, account, entries, orders, sum_mp, win,"
                + " closed_on) values (?, 'city-1/CROWDSOURCED', ?, ?, ?, ?, ?)")) {
      int late = size.rows() / LATE_EVERY;
      for (int rider = from; rider < until; rider++) {
        statement.setString(1, rider(rider));
        statement.setLong(2, size.rows());
        statement.setLong(3, size.rows());
        statement.setLong(4, (size.rows() - late) * 100L - late * 1_000L);
        statement.setBytes(5, WindowCodec.write(window(rider)));
        statement.setObject(6, end.atZone(ZONE).toLocalDate());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private ScoreWindow window(int rider) {
    List<ScoreWindow.Marks> orders = new ArrayList<>(size.rows());
    for (int number = 1; number <= size.rows(); number++) {
      Instant at = at(number);
      boolean late = number % LATE_EVERY == 0;
      orders.add(
          new ScoreWindow.Marks(
              ScoreWindow.key(order(rider, number)),
              at.toEpochMilli(),
              (int) at.atZone(ZONE).toLocalDate().toEpochDay(),
              late ? 0 : 100,
              0,
              late ? 1_000 : 0,
              0,
              0));
    }
    int kept = Math.min(ScoreWindow.KEPT, orders.size());
    return new ScoreWindow(
        1_000L + orders.size() - kept,
        orders.subList(orders.size() - kept, orders.size()),
        List.of());
  }

  private void ledger(Connection database, int from, int until) throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement(
            "insert into score_entry (entry_id, entry_no, rider_id, account, subject,"
                + " subject_kind, rule, kind, grp, revision, points_mp, rule_set, business_date,"
                + " occurred_at, recorded_at, facts, facts_hash, actor)"
                + " select 'be-' || lpad(cast(r as text), 6, '0') || '-'"
                + " || lpad(cast(n as text), 4, '0'), n, 'b-' || lpad(cast(r as text), 6, '0'),"
                + " 'city-1/CROWDSOURCED', 'bo-' || lpad(cast(r as text), 6, '0') || '-'"
                + " || lpad(cast(n as text), 4, '0'), 'ORDER',"
                + " case when n % 50 = 0 then 'OT1' else 'SM1' end,"
                + " case when n % 50 = 0 then 'OVERTIME' else 'SMOOTH' end,"
                + " case when n % 50 = 0 then 'OT' else 'SM1' end, 1,"
                + " case when n % 50 = 0 then -1000 else 100 end, 'v1',"
                + " cast((at at time zone 'Asia/Shanghai') as date), at, at,"
                + " cast('{\"bench\": true}' as json), repeat('0', 64), 'rules'"
                + " from generate_series(?, ? - 1) r, generate_series(1, ?) n,"
                + " lateral (select cast(? as timestamptz) - make_interval(secs => 7200.0 * (? - n))"
                + " as at) t order by r, n")) {
      statement.setInt(1, from);
      statement.setInt(2, until);
      statement.setInt(3, size.rows());
      statement.setString(4, end.toString());
      statement.setInt(5, size.rows());
      statement.executeUpdate();
    }
  }
}

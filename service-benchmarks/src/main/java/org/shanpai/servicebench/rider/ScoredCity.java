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
import org.shanpai.bench.report.Progress;
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

  // Shares of the time that writing takes; the rest is for indexes.
  private static final double ACCOUNTS = 0.1;
  private static final double COPY = 0.55;

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

  /**
   * @param rider six digits
   */
  static String order(String rider, int number) {
    return "bo-" + rider + '-' + String.valueOf(10_000 + number).substring(1);
  }

  static boolean late(int number) {
    return number % LATE_EVERY == 0;
  }

  private Instant at(int number) {
    return end.minusSeconds(7_200L * (size.rows() - number));
  }

  /**
   * Writes riders, accounts with their windows, and the ledger.
   *
   * @param progress told {@code seconds}, in all
   */
  void write(Progress progress, long seconds) {
    try (Connection database = rig.database()) {
      try (Statement statement = database.createStatement()) {
        // Loading only: what is checked of each row is true by construction.
        statement.execute("set session_replication_role = replica");
        statement.execute("set synchronous_commit = off");
      }
      database.setAutoCommit(false);
      riders(database);
      try (Statement statement = database.createStatement()) {
        statement.execute("truncate score_account");
      }
      Told told = new Told(progress, seconds);
      for (int from = 0; from < size.riders(); from += AT_ONCE) {
        accounts(database, from, Math.min(size.riders(), from + AT_ONCE));
        told.reach(ACCOUNTS * from / size.riders());
      }
      Instant[] times = new Instant[size.rows() + 1];
      for (int number = 1; number <= size.rows(); number++) {
        times[number] = at(number);
      }
      progress.doing("writing riders' ledgers");
      double all = (double) size.riders() * size.rows();
      int indexes = LedgerCopy.indexes(database);
      LedgerCopy.fill(
          database,
          size.riders(),
          size.rows(),
          times,
          rows -> told.reach(ACCOUNTS + COPY * rows / all),
          () -> told.step((1 - ACCOUNTS - COPY) / indexes));
      database.commit();
      database.setAutoCommit(true);
      progress.doing("settling what was written");
      try (Statement statement = database.createStatement()) {
        statement.execute("vacuum (analyze) score_account, rider");
        statement.execute("analyze score_entry");
        statement.execute("checkpoint");
      }
      told.reach(1);
    } catch (SQLException e) {
      throw new CannotRun("The riders cannot be written: " + e.getMessage(), e);
    }
  }

  /** How far it is, as whole seconds of those foreseen. */
  private static final class Told {
    private final Progress progress;
    private final long seconds;
    private double share;
    private long told;

    Told(Progress progress, long seconds) {
      this.progress = progress;
      this.seconds = seconds;
    }

    void reach(double newShare) {
      share = Math.min(1, Math.max(share, newShare));
      long due = (long) (share * seconds);
      if (due > told) {
        progress.add(due - told);
        told = due;
      }
    }

    void step(double by) {
      reach(share + by);
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
    String of = rider(rider).substring(2);
    List<ScoreWindow.Marks> orders = new ArrayList<>(size.rows());
    for (int number = 1; number <= size.rows(); number++) {
      Instant at = at(number);
      boolean late = late(number);
      orders.add(
          new ScoreWindow.Marks(
              ScoreWindow.key(order(of, number)),
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
}

package org.shanpai.servicebench.rider;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Fills the empty score ledger with many millions of rows in minutes: the keys and indexes are
 * taken off, rows are copied in, and the very same keys and indexes are made again, all in one
 * transaction. Each row is sound by construction; checks hold, foreign keys are not looked up.
 */
final class LedgerCopy {

  private static final String TABLE = "score_entry";
  private static final int BUFFER_BYTES = 1 << 16;

  private static final String COLUMNS =
      "entry_id, entry_no, rider_id, account, subject, subject_kind, rule, kind, grp, revision,"
          + " points_mp, rule_set, business_date, occurred_at, recorded_at, facts, facts_hash,"
          + " actor";

  /** A key, a foreign key or an index: how it is taken off and made again. */
  private record Part(String off, String on, boolean foreign) {}

  private LedgerCopy() {}

  /**
   * @param database in a transaction, with the rights of a superuser
   * @param riders 0 … riders − 1
   * @param rows of each, numbered from 1, oldest first
   * @param times of the rows by number, index 0 unused; the same for every rider
   * @param copied told rows in the table so far, now and then
   * @param indexed told when a key or an index is made
   */
  static void fill(
      Connection database,
      int riders,
      int rows,
      Instant[] times,
      LongConsumer copied,
      Runnable indexed)
      throws SQLException {
    List<Part> parts = parts(database);
    try (Statement statement = database.createStatement()) {
      for (Part part : parts) {
        statement.execute(part.off());
      }
      // A table emptied in this transaction is not logged: it is written to disk at the commit.
      statement.execute("truncate " + TABLE);
      copy(database, riders, rows, times, copied);
      statement.execute("set local maintenance_work_mem = '768MB'");
      for (int i = parts.size() - 1; i >= 0; i--) {
        statement.execute(parts.get(i).on());
        indexed.run();
      }
    }
  }

  /** How many keys and indexes the table has. */
  static int indexes(Connection database) throws SQLException {
    return (int) parts(database).stream().filter(part -> !part.foreign()).count();
  }

  /** In the order in which they can be taken off. */
  private static List<Part> parts(Connection database) throws SQLException {
    List<Part> parts = new ArrayList<>();
    try (PreparedStatement constraints =
            database.prepareStatement(
                "select conname, pg_get_constraintdef(oid), contype from pg_constraint"
                    + " where conrelid = cast(? as regclass) and contype in ('f', 'p', 'u')"
                    + " order by contype <> 'f', contype desc");
        PreparedStatement indexes =
            database.prepareStatement(
                "select i.relname, pg_get_indexdef(x.indexrelid) from pg_index x"
                    + " join pg_class i on i.oid = x.indexrelid"
                    + " where x.indrelid = cast(? as regclass) and not exists"
                    + " (select 1 from pg_constraint c where c.conindid = x.indexrelid)")) {
      constraints.setString(1, TABLE);
      try (ResultSet found = constraints.executeQuery()) {
        while (found.next()) {
          boolean foreign = "f".equals(found.getString(3));
          parts.add(
              new Part(
                  "alter table %s drop constraint %s".formatted(TABLE, found.getString(1)),
                  "alter table %s add constraint %s %s%s"
                      .formatted(
                          TABLE,
                          found.getString(1),
                          found.getString(2),
                          foreign ? " not valid" : ""),
                  foreign));
        }
      }
      indexes.setString(1, TABLE);
      try (ResultSet found = indexes.executeQuery()) {
        while (found.next()) {
          parts.add(new Part("drop index " + found.getString(1), found.getString(2), false));
        }
      }
    }
    return parts;
  }

  private static void copy(
      Connection database, int riders, int rows, Instant[] times, LongConsumer copied)
      throws SQLException {
    String[] tails = new String[rows + 1];
    for (int n = 1; n <= rows; n++) {
      tails[n] = tail(n, times[n]);
    }
    CopyIn in =
        database
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy %s (%s) from stdin with (freeze)".formatted(TABLE, COLUMNS));
    StringBuilder text = new StringBuilder(2 * BUFFER_BYTES);
    for (int rider = 0; rider < riders; rider++) {
      String number = ScoredCity.rider(rider).substring(2);
      for (int n = 1; n <= rows; n++) {
        String order = ScoredCity.order(number, n);
        text.append("be-").append(order, 3, order.length()).append('\t').append(n);
        text.append("\tb-").append(number).append("\tcity-1/CROWDSOURCED\t").append(order);
        text.append(tails[n]);
      }
      if (text.length() >= BUFFER_BYTES || rider == riders - 1) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        in.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
        copied.accept((rider + 1L) * rows);
      }
    }
    in.endCopy();
  }

  private static String tail(int number, Instant at) {
    boolean late = ScoredCity.late(number);
    LocalDate day = at.atZone(ScoredCity.ZONE).toLocalDate();
    return "\tORDER\t%s\t1\t%d\tv1\t%s\t%s\t%s\t{\"bench\": true}\t%s\trules\n"
        .formatted(
            late ? "OT1\tOVERTIME\tOT" : "SM1\tSMOOTH\tSM1",
            late ? -1_000 : 100,
            day,
            at,
            at,
            "0".repeat(64));
  }
}

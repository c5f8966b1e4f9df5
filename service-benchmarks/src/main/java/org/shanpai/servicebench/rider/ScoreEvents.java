package org.shanpai.servicebench.rider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.servicebench.RuleBroken;
import org.shanpai.servicebench.measure.Repetitions;
import org.shanpai.stack.CannotRun;

/**
 * Deliveries judged and written in a second: facts that wait are judged by the running service with
 * everything that belongs to it (ledger, account, window, outbox, the rider's message). One in ten
 * waits twice; it makes one row all the same.
 */
final class ScoreEvents {

  /** One in ten waits twice. */
  private static final double WAITS_OF_AN_EVENT = 1.1;

  private static final long PATIENCE_NANOS = 600_000_000_000L;

  private final RiderRig rig;
  private final Size size;

  ScoreEvents(RiderRig rig, Size size) {
    this.rig = rig;
    this.size = size;
  }

  void measure(ObjectNode report) {
    double[] rates = new double[size.repetitions()];
    try (Connection database = rig.database()) {
      round(database, "warm", Math.max(500, size.events() / 4));
      for (int i = 0; i < rates.length; i++) {
        rates[i] = round(database, "r" + i, size.events());
      }
      ObjectNode own = report.putObject("scoreEvents");
      Repetitions all = new Repetitions(rates);
      all.addTo(own, "perSecond", 0);
      own.put("rowsInTheLedger", number(database, "select count(*) from score_entry"));
      own.put("outboxLeft", number(database, "select count(*) from outbox"));
      report.put("scoreEventsPerSecond", ReportFile.rounded(all.median(), 0));
    } catch (SQLException e) {
      throw new CannotRun("The score's events cannot be measured: " + e.getMessage(), e);
    }
  }

  private double round(Connection database, String name, int events) throws SQLException {
    write(database, name, events);
    long waiting = number(database, "select count(*) from score_due");
    long patience = System.nanoTime() + PATIENCE_NANOS;
    long begun = 0;
    long before = waiting;
    while (waiting > 0) {
      pause();
      waiting = number(database, "select count(*) from score_due");
      if (begun == 0 && waiting < before) {
        begun = System.nanoTime();
        before = waiting;
      }
      if (System.nanoTime() > patience) {
        throw new CannotRun("The events are not judged in time; the log is " + rig.log() + ".");
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    long rows =
        number(database, "select count(*) from score_entry where subject like 'ev-" + name + "-%'");
    if (rows != events) {
      throw new RuleBroken(
          "%d events made %d rows in the ledger; each must make one.".formatted(events, rows));
    }
    return before / WAITS_OF_AN_EVENT / seconds;
  }

  private void write(Connection database, String name, int events) throws SQLException {
    database.setAutoCommit(false);
    try (Statement statement = database.createStatement();
        PreparedStatement facts =
            database.prepareStatement(
                "insert into score_fact (rider_id, about, source, revision, area_id, accepted_at,"
                    + " occurred_at, facts) select rider, about, 'delivery', 1, 'bench',"
                    + " at - interval '40 minutes', at, json_build_object('orderId', about,"
                    + " 'jobId', 'j-' || about, 'riderId', rider, 'areaId', 'bench', 'version', 1,"
                    + " 'acceptedAt', at - interval '40 minutes', 'deliveredAt', at,"
                    + " 'promiseEnd', at - make_interval(secs => late),"
                    + " 'riderDeadline', at - make_interval(secs => late),"
                    + " 'compensationMillis', 0, 'worstWeather', 'NONE', 'fault', 'NONE') from"
                    + " (select 'b-' || lpad(cast((g * 7919) % ? as text), 6, '0') as rider,"
                    + " 'ev-' || ? || '-' || g as about,"
                    + " date_trunc('milliseconds', now()) - make_interval(secs => 1) as at,"
                    + " case when g % 50 = 0 then 200 else 0 end as late"
                    + " from generate_series(1, ?) g) e")) {
      facts.setInt(1, size.riders());
      facts.setString(2, name);
      facts.setInt(3, events);
      facts.executeUpdate();
      statement.execute(
          "insert into score_due (rider_id, about) select rider_id, about from (select rider_id,"
              + " about, cast(split_part(about, '-', 3) as int) as g from score_fact where about"
              + " like 'ev-"
              + name
              + "-%') f cross join lateral generate_series(0, case when g % 10 = 0 then 1 else 0"
              + " end) twice order by g, twice");
      database.commit();
    } finally {
      database.setAutoCommit(true);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(25);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("Interrupted while events were judged.", e);
    }
  }

  private static long number(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }
}

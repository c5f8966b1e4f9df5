package org.shanpai.servicebench.rider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.shanpai.bench.report.Progress;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.servicebench.RuleBroken;
import org.shanpai.servicebench.measure.MachineFacts;
import org.shanpai.servicebench.measure.Repetitions;
import org.shanpai.stack.CannotRun;

/**
 * Deliveries judged and written in a second: facts that wait are judged by the running service with
 * everything that belongs to it (ledger, account, window, outbox, the rider's message), while the
 * events it publishes go to Kafka. One in ten waits twice; it makes one row all the same. Rounds
 * alternate with PostgreSQL writing the same rows by itself.
 */
final class ScoreEvents {

  /** One in ten waits twice. */
  private static final double WAITS_OF_AN_EVENT = 1.1;

  private static final long PATIENCE_NANOS = 600_000_000_000L;
  private static final int SETTLE_MILLIS = 2_000;

  private static final String WRITE_EVENTS =
      "insert into bench_event (round, n, rider, about) select ?, g,"
          // Every rider in turn and far apart, over all rounds.
          + " 'b-' || lpad(cast((g + ?) * 7919 % ? as text), 6, '0'),"
          + " 'ev-' || cast(? as text) || '-' || g from generate_series(1, ?) g";

  private static final String WRITE_FACTS =
      "insert into score_fact (rider_id, about, source, revision, area_id, accepted_at,"
          + " occurred_at, facts) select rider, about, 'delivery', 1, 'bench',"
          + " at - interval '40 minutes', at, json_build_object('orderId', about,"
          + " 'jobId', 'j-' || about, 'riderId', rider, 'areaId', 'bench', 'version', 1,"
          + " 'acceptedAt', at - interval '40 minutes', 'deliveredAt', at,"
          + " 'promiseEnd', at - make_interval(secs => late),"
          + " 'riderDeadline', at - make_interval(secs => late),"
          + " 'compensationMillis', 0, 'worstWeather', 'NONE', 'fault', 'NONE') from"
          + " (select rider, about,"
          + " date_trunc('milliseconds', now()) - make_interval(secs => 1) as at,"
          + " case when n % 50 = 0 then 200 else 0 end as late"
          + " from bench_event where round = ?) e";

  private static final String WRITE_DUE =
      "insert into score_due (rider_id, about) select rider, about from bench_event"
          + " cross join lateral generate_series(0, case when n % 10 = 0 then 1 else 0 end) twice"
          + " where round = ? order by n, twice";

  private static final String JUDGED =
      "select count(*) from bench_event b join score_entry e"
          + " on e.rider_id = b.rider and e.subject = b.about where b.round = ?";

  private final RiderRig rig;
  private final Size size;
  private int written;

  ScoreEvents(RiderRig rig, Size size) {
    this.rig = rig;
    this.size = size;
  }

  /** One round of the service. */
  private record Round(double perSecond, double serviceCores, double postgresCores) {}

  /**
   * @param progress told {@code seconds} for each round, and once for warming up
   */
  void measure(ObjectNode report, Progress progress, long seconds) {
    List<Round> rounds = new ArrayList<>();
    double[] alone = new double[size.repetitions()];
    try (Connection database = rig.database()) {
      prepare(database);
      progress.doing("judging deliveries, warming up");
      round(database, 0, Math.max(500, size.events() / 2));
      LedgerRival rival = new LedgerRival(rig);
      rival.eventsPerSecond(0, Math.max(500, size.events() / 2));
      progress.add(seconds);
      for (int i = 0; i < size.repetitions(); i++) {
        progress.doing("judging deliveries, round %d of %d".formatted(i + 1, size.repetitions()));
        rounds.add(round(database, i + 1, size.events()));
        settle(database);
        alone[i] = rival.eventsPerSecond(i + 1, size.events());
        progress.add(seconds);
      }
      tell(report, rounds, new Repetitions(alone));
      ObjectNode own = (ObjectNode) report.get("scoreEvents");
      own.put("rowsInTheLedger", number(database, "select sum(entries) from score_account"));
      own.put(
          "eventsNotYetPublished",
          number(database, "select count(*) from outbox where sent_at is null"));
    } catch (SQLException e) {
      throw new CannotRun("The score's events cannot be measured: " + e.getMessage(), e);
    }
  }

  private void tell(ObjectNode report, List<Round> rounds, Repetitions alone) {
    ObjectNode own = report.putObject("scoreEvents");
    Repetitions rate = of(rounds, Round::perSecond);
    rate.addTo(own, "perSecond", 0);
    own.put("events", size.events());
    of(rounds, Round::serviceCores).addTo(own, "serviceCores", 2);
    of(rounds, Round::postgresCores).addTo(own, "postgresCores", 2);
    of(rounds, round -> 1_000 * round.serviceCores() / round.perSecond())
        .addTo(own, "serviceCpuMsAnEvent", 3);
    of(rounds, round -> 1_000 * round.postgresCores() / round.perSecond())
        .addTo(own, "postgresCpuMsAnEvent", 3);
    own.put("rival", LedgerRival.ABOUT);
    alone.addTo(own, "rivalPerSecond", 0);
    rate.over(alone).addTo(own, "ofRival", 3);
    report.put("scoreEventsPerSecond", ReportFile.rounded(rate.median(), 0));
  }

  private static Repetitions of(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return new Repetitions(rounds.stream().mapToDouble(figure).toArray());
  }

  private static void prepare(Connection database) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "create table bench_event (round int, n int, rider text, about text,"
              + " primary key (round, n))");
    }
  }

  private Round round(Connection database, int round, int events) throws SQLException {
    write(database, round, events);
    String waits = "select count(*) from score_due";
    long before = number(database, waits);
    long waiting = before;
    long begun = 0;
    double service = 0;
    double postgres = 0;
    long patience = System.nanoTime() + PATIENCE_NANOS;
    while (waiting > 0) {
      pause(begun == 0 ? 5 : 100);
      waiting = number(database, waits);
      if (begun == 0 && waiting < before) {
        begun = System.nanoTime();
        before = waiting;
        service = cpu(RiderRig.SERVICE);
        postgres = cpu(RiderRig.POSTGRES);
      }
      if (System.nanoTime() > patience) {
        throw new CannotRun("The events are not judged in time; the log is " + rig.log() + ".");
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    double serviceCores = (cpu(RiderRig.SERVICE) - service) / seconds;
    double postgresCores = (cpu(RiderRig.POSTGRES) - postgres) / seconds;
    requireOneRowEach(database, round, events);
    return new Round(before / WAITS_OF_AN_EVENT / seconds, serviceCores, postgresCores);
  }

  private double cpu(String server) {
    return MachineFacts.cpuOf(rig.pids(server)).toNanos() / 1e9;
  }

  private static void requireOneRowEach(Connection database, int round, int events)
      throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(JUDGED)) {
      statement.setInt(1, round);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        if (found.getLong(1) != events) {
          throw new RuleBroken(
              "%d events made %d rows in the ledger; each must make one."
                  .formatted(events, found.getLong(1)));
        }
      }
    }
  }

  private void write(Connection database, int round, int events) throws SQLException {
    database.setAutoCommit(false);
    try (PreparedStatement list = database.prepareStatement(WRITE_EVENTS);
        PreparedStatement facts = database.prepareStatement(WRITE_FACTS);
        PreparedStatement due = database.prepareStatement(WRITE_DUE);
        Statement analyze = database.createStatement()) {
      list.setInt(1, round);
      list.setLong(2, written);
      list.setInt(3, size.riders());
      list.setInt(4, round);
      list.setInt(5, events);
      list.executeUpdate();
      analyze.execute("analyze bench_event");
      facts.setInt(1, round);
      facts.executeUpdate();
      // Facts are on disk before any of them waits: what is timed is their judgement alone.
      database.commit();
      due.setInt(1, round);
      due.executeUpdate();
      database.commit();
      written += events;
    } finally {
      database.setAutoCommit(true);
    }
  }

  /** Waits until what the service did has been published, so that it does not disturb the rival. */
  private static void settle(Connection database) throws SQLException {
    long patience = System.nanoTime() + PATIENCE_NANOS;
    String unsent = "select count(*) from outbox where sent_at is null";
    while (number(database, unsent) > 0 && System.nanoTime() < patience) {
      pause(200);
    }
    pause(SETTLE_MILLIS);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
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

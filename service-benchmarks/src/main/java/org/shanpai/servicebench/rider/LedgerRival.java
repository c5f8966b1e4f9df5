package org.shanpai.servicebench.rider;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.shanpai.stack.CannotRun;

/**
 * What PostgreSQL itself does of the rows that the service wrote in a round: it writes them once
 * more under other ids into the same tables, with the same keys, indexes and durability, in as
 * large transactions, without a client that judges, packs and publishes. An account's window is
 * written as it is, so the service's sweep will find that these riders' windows lack what only the
 * rival wrote.
 */
final class LedgerRival {

  static final String ABOUT =
      "PostgreSQL alone: the round's rows of ledger, account, outbox and message written once more"
          + " by statements of the server itself, 500 events a commit, 2 connections";

  private static final int AT_ONCE = 500;
  private static final int CONNECTIONS = 2;

  private static final String EVENTS =
      "select b.n, e.* from bench_event b join score_entry e"
          + " on e.rider_id = b.rider and e.subject = b.about"
          + " where b.round = %d and b.n between ? and ?";

  private static final List<String> WRITES =
      List.of(
          "with x as (select rider_id, count(*) as n, sum(points_mp) as points from (%s) e"
              + " group by rider_id), locked as (select a.rider_id from score_account a"
              + " where a.rider_id in (select rider_id from x) order by a.rider_id for update)"
              + " update score_account a set entries = a.entries + x.n, orders = a.orders + x.n,"
              + " sum_mp = a.sum_mp + x.points, win = a.win from x, locked"
              + " where a.rider_id = x.rider_id and locked.rider_id = x.rider_id",
          "insert into score_entry (entry_id, entry_no, rider_id, account, subject, subject_kind,"
              + " order_id, rule, kind, grp, revision, points_mp, rule_set, business_date,"
              + " occurred_at, recorded_at, facts, facts_hash, exemption, evidence, actor)"
              + " select 'rv' || substr(entry_id, 3), entry_no + 1000000, rider_id, account,"
              + " 'rv' || substr(subject, 3), subject_kind, order_id, rule, kind, grp, revision,"
              + " points_mp, rule_set, business_date, occurred_at, recorded_at, facts, facts_hash,"
              + " exemption, evidence, actor from (%s) e",
          // As sent: the service's relay has nothing to do with it.
          "insert into outbox (bucket, topic, key, payload, created_at, sent_at)"
              + " select abs(hashtext(rider_id)) %% 4, 'shanpai.score', rider_id,"
              + " cast(to_json(e) as text), now(), now() from (%s) e",
          "with m as (select rider_id, row_number() over (partition by rider_id) as i,"
              + " count(*) over (partition by rider_id) as c, cast(to_json(e) as text) as body"
              + " from (%s) e), next as (insert into rider_stream (rider_id, last_seq)"
              + " select distinct rider_id, c from m order by rider_id on conflict (rider_id)"
              + " do update set last_seq = rider_stream.last_seq + excluded.last_seq"
              + " returning rider_id, last_seq) insert into rider_message (rider_id, seq, type,"
              + " body, created_at) select m.rider_id, next.last_seq - m.c + m.i, 'score', m.body,"
              + " now() from m join next on next.rider_id = m.rider_id");

  private final RiderRig rig;

  LedgerRival(RiderRig rig) {
    this.rig = rig;
  }

  /**
   * Writes the rows of the events of a round once more.
   *
   * @param events of the round, numbered from 1
   */
  double eventsPerSecond(int round, int events) {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      long from = System.nanoTime();
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < CONNECTIONS; writer++) {
        int first = 1 + writer * AT_ONCE;
        writers.add(
            threads.submit(
                () -> {
                  write(round, first, events);
                  return null;
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      return events * 1e9 / (System.nanoTime() - from);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("Interrupted while PostgreSQL was measured.", e);
    } catch (ExecutionException e) {
      throw new CannotRun("PostgreSQL refused the rows: " + e.getCause().getMessage(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void write(int round, int first, int events) throws SQLException {
    String chosen = EVENTS.formatted(round);
    try (Connection database = rig.database()) {
      database.setAutoCommit(false);
      try (Statement statement = database.createStatement()) {
        // Each event is looked up by its keys.
        statement.execute("set enable_hashjoin = off");
        statement.execute("set enable_mergejoin = off");
      }
      List<PreparedStatement> writes = new ArrayList<>();
      for (String write : WRITES) {
        writes.add(database.prepareStatement(write.formatted(chosen)));
      }
      for (int n = first; n <= events; n += CONNECTIONS * AT_ONCE) {
        for (PreparedStatement write : writes) {
          write.setInt(1, n);
          write.setInt(2, Math.min(events, n + AT_ONCE - 1));
          write.executeUpdate();
        }
        database.commit();
      }
    }
  }
}

package org.shanpai.servicebench.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.shanpai.bench.report.Progress;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.servicebench.RuleBroken;
import org.shanpai.servicebench.measure.Latencies;
import org.shanpai.servicebench.measure.Repetitions;
import org.shanpai.stack.CannotRun;
import org.shanpai.stack.Program;

/**
 * Webhooks sent a second to a fast receiver, and whether a merchant whose receiver accepts and
 * never answers slows the others.
 *
 * <p>Notices are put where every change of status puts them, one for each of many orders, by the
 * shape of one that a real change has queued; from there on everything is the service's own doing:
 * claiming, signing, posting, noting the answer.
 */
final class WebhookBench {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration CHUNK = Duration.ofMillis(50);

  /** Share of the notices that are for the merchant whose receiver is dead. */
  private static final int DEAD_ONE_IN = 20;

  /**
   * What to do.
   *
   * @param notices sent in each round as fast as they go
   * @param lagRate notices a second at which lags are compared
   * @param lagTime for how long
   */
  record Setup(int notices, double lagRate, Duration lagTime, int repetitions) {

    /** Roughly. */
    int seconds() {
      return (int) (repetitions * (notices / 500 + 2 * lagTime.toSeconds() + 4));
    }
  }

  /** Lags of one round, milliseconds. */
  private record Lags(double p50, double p99) {}

  private final Setup setup;
  private final IntakeRig rig;
  private final Shops shops;
  private final Progress progress;
  private final String deadMerchant;
  private int round;

  WebhookBench(Setup setup, IntakeRig rig, Shops shops, Progress progress) {
    this.setup = setup;
    this.rig = rig;
    this.shops = shops;
    this.progress = progress;
    this.deadMerchant = shops.merchantId(0);
  }

  void measure(ObjectNode report) {
    try (NoticeReceiver receiver = new NoticeReceiver();
        Connection database = rig.database()) {
      for (int shop = 1; shop < shops.count(); shop++) {
        String merchant = shops.merchantId(shop);
        receiver.secret(merchant, point(merchant, receiver.url(merchant)));
      }
      NoticeShape shape = NoticeShape.ofARealOne(rig, database, receiver, shops.merchantId(1));
      List<String> orders = orders(database, shape);
      burst(database, receiver, shape, orders);
      double[] rates = new double[setup.repetitions()];
      List<Lags> alone = new ArrayList<>();
      List<Lags> besideDead = new ArrayList<>();
      for (int i = 0; i < rates.length; i++) {
        progress.doing("webhooks, round %d of %d".formatted(i + 1, rates.length));
        rates[i] = burst(database, receiver, shape, orders);
        progress.add(setup.notices() / 500);
        alone.add(lags(database, receiver, shape, orders, false));
        point(deadMerchant, receiver.deadUrl());
        besideDead.add(lags(database, receiver, shape, orders, true));
        rig.call(Program.ORDER, "DELETE", "/v1/webhook", rig.merchantToken(deadMerchant), null);
        progress.add(2 * setup.lagTime().toSeconds() + 4);
      }
      if (receiver.badSignatures() > 0) {
        throw new RuleBroken(
            "%d webhooks had a wrong signature.".formatted(receiver.badSignatures()));
      }
      tell(report, new Repetitions(rates), alone, besideDead, receiver);
    } catch (SQLException e) {
      throw new CannotRun("Notices cannot be queued: " + e.getMessage(), e);
    }
  }

  /** Sets a merchant's endpoint and returns its secret. */
  private String point(String merchant, String url) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("url", url);
    return rig.call(Program.ORDER, "PUT", "/v1/webhook", rig.merchantToken(merchant), body)
        .path("secret")
        .asText();
  }

  /** Orders to send notices of, as many as go in one round. */
  private List<String> orders(Connection database, NoticeShape shape) throws SQLException {
    List<String> orders = shape.orders(database, Math.max(setup.notices(), lagNotices()));
    if (orders.isEmpty()) {
      throw new CannotRun("There are no orders to send webhooks of.");
    }
    return orders;
  }

  private int lagNotices() {
    return (int) Math.round(setup.lagRate() * setup.lagTime().toMillis() / 1000);
  }

  /**
   * All at once.
   *
   * @return notices a second from the first to the last that arrived
   */
  private double burst(
      Connection database, NoticeReceiver receiver, NoticeShape shape, List<String> orders)
      throws SQLException {
    round++;
    CountDownLatch left = new CountDownLatch(setup.notices());
    AtomicLongArray ends = new AtomicLongArray(new long[] {Long.MAX_VALUE, Long.MIN_VALUE});
    String prefix = prefix();
    receiver.listen(
        (id, nanos) -> {
          if (id.startsWith(prefix)) {
            ends.accumulateAndGet(0, nanos, Math::min);
            ends.accumulateAndGet(1, nanos, Math::max);
            left.countDown();
          }
        });
    try (PreparedStatement insert = shape.insert(database)) {
      database.setAutoCommit(false);
      Timestamp now = Timestamp.from(WallClock.system().now());
      for (int i = 0; i < setup.notices(); i++) {
        String merchant = shops.merchantId(1 + i % (shops.count() - 1));
        shape.add(insert, prefix + i, merchant, orders.get(i % orders.size()), version(i), now);
      }
      insert.executeBatch();
      database.commit();
      database.setAutoCommit(true);
    }
    await(left);
    return setup.notices() * 1e9 / (ends.get(1) - ends.get(0));
  }

  /** At a fixed rate, in small commits; lags of all but those for the dead receiver. */
  private Lags lags(
      Connection database,
      NoticeReceiver receiver,
      NoticeShape shape,
      List<String> orders,
      boolean withDead)
      throws SQLException {
    round++;
    int count = lagNotices();
    int dead = withDead ? (count + DEAD_ONE_IN - 1) / DEAD_ONE_IN : 0;
    CountDownLatch left = new CountDownLatch(count - dead);
    long[] queuedAt = new long[count];
    AtomicLongArray arrivedAt = new AtomicLongArray(count);
    String prefix = prefix();
    receiver.listen(
        (id, nanos) -> {
          if (id.startsWith(prefix)) {
            arrivedAt.set(Integer.parseInt(id.substring(prefix.length())), nanos);
            left.countDown();
          }
        });
    long from = System.nanoTime();
    int queued = 0;
    try (PreparedStatement insert = shape.insert(database)) {
      database.setAutoCommit(false);
      while (queued < count) {
        long elapsed = System.nanoTime() - from;
        int due = (int) Math.min(count, Math.ceil(setup.lagRate() * elapsed / 1e9));
        Timestamp now = Timestamp.from(WallClock.system().now());
        long first = queued;
        for (; queued < due; queued++) {
          boolean toDead = withDead && queued % DEAD_ONE_IN == 0;
          String merchant =
              toDead ? deadMerchant : shops.merchantId(1 + queued % (shops.count() - 1));
          // A notice is late from when it was due, however long the queue took to write it.
          queuedAt[queued] = from + Math.round(queued * 1e9 / setup.lagRate());
          shape.add(
              insert,
              prefix + queued,
              merchant,
              orders.get(queued % orders.size()),
              version(queued),
              now);
        }
        if (queued > first) {
          insert.executeBatch();
          database.commit();
        }
        TimeUnit.MILLISECONDS.sleep(CHUNK.toMillis());
      }
      database.setAutoCommit(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("Interrupted.", e);
    }
    await(left);
    Latencies lags = new Latencies(count);
    for (int i = 0; i < count; i++) {
      if (arrivedAt.get(i) != 0) {
        lags.add(arrivedAt.get(i) - queuedAt[i]);
      }
    }
    return new Lags(lags.millis(0.5), lags.millis(0.99));
  }

  private String prefix() {
    return "msg-bench-%03d-".formatted(round);
  }

  /** Of an order every notice is of another version. */
  private long version(int number) {
    return 1_000_000L * round + number;
  }

  private static void await(CountDownLatch left) {
    try {
      if (!left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new RuleBroken(
            "%d webhooks did not arrive within %d s."
                .formatted(left.getCount(), PATIENCE.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("Interrupted.", e);
    }
  }

  private void tell(
      ObjectNode report,
      Repetitions rates,
      List<Lags> alone,
      List<Lags> besideDead,
      NoticeReceiver receiver) {
    report.put("webhooksPerSecond", ReportFile.rounded(rates.median(), 1));
    ObjectNode own = report.putObject("webhooks");
    own.put("merchants", shops.count() - 1);
    own.put("noticesARound", setup.notices());
    rates.addTo(own, "perSecond", 1);
    own.put("lagAtPerSecond", setup.lagRate());
    own.put("forTheDeadReceiver", "one in " + DEAD_ONE_IN);
    of(alone, true).addTo(own, "lagP50Ms", 1);
    of(alone, false).addTo(own, "lagP99Ms", 1);
    of(besideDead, true).addTo(own, "lagBesideDeadP50Ms", 1);
    of(besideDead, false).addTo(own, "lagBesideDeadP99Ms", 1);
    own.put("badSignatures", receiver.badSignatures());
    own.put("repeated", receiver.repeated());
  }

  private static Repetitions of(List<Lags> lags, boolean median) {
    return new Repetitions(
        lags.stream().mapToDouble(one -> median ? one.p50() : one.p99()).toArray());
  }
}

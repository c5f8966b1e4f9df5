package org.shanpai.servicebench.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.shanpai.bench.report.Progress;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.servicebench.RuleBroken;
import org.shanpai.servicebench.http.Arrivals;
import org.shanpai.servicebench.http.OpenClient;
import org.shanpai.servicebench.measure.MachineFacts;
import org.shanpai.servicebench.measure.Repetitions;
import org.shanpai.stack.CannotRun;
import org.shanpai.stack.Program;

/**
 * Orders taken in a second within the time merchants wait for, as an open model, beside what
 * PostgreSQL does of the same rows. First the greatest rate is looked for, then it is held in
 * rounds that alternate with the rival's.
 */
final class CreateBench {

  private static final double MOST_P99_MILLIS = 100;
  private static final double STEP = 1.3;
  private static final int REFINEMENTS = 3;

  /** Held rounds that may come to too little before the rate is lowered. */
  private static final int LOWERINGS = 6;

  private static final double LOWERED = 0.93;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration WARM_UP_STEP = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int[] RIVAL_CONNECTIONS = {4, 8, 16, 32, 64};
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What to do.
   *
   * @param warmUp how long before anything counts
   * @param step how long each rate is tried in the search
   * @param round how long each held round is
   * @param firstRate orders a second at which the search begins
   * @param mostRate no further than this
   */
  record Setup(
      Path home,
      int merchants,
      int connections,
      Duration warmUp,
      Duration step,
      Duration round,
      int repetitions,
      double firstRate,
      double mostRate,
      long seed) {

    /** Roughly. */
    int seconds() {
      return (int)
          (warmUp.toSeconds()
              + (8 + 2 * REFINEMENTS) * (step.toSeconds() + 1)
              + RIVAL_CONNECTIONS.length * rivalTime().toSeconds()
              + repetitions * (round.toSeconds() + rivalTime().toSeconds() + 2));
    }

    private Duration rivalTime() {
      return Duration.ofMillis(Math.max(300, round.toMillis() / 2));
    }
  }

  /** One rate held for a while. */
  private record Round(
      double asked,
      double perSecond,
      double p50,
      double p99,
      double p999,
      long created,
      long errors,
      int mostWaiting,
      double serviceCores,
      double postgresCores,
      double kafkaCores,
      double geoCores) {

    boolean good() {
      return errors == 0 && p99 <= MOST_P99_MILLIS;
    }
  }

  private final Setup setup;
  private final IntakeRig rig;
  private final Shops shops;
  private final CreateLoad load;
  private final Progress progress;
  private final List<Round> search = new ArrayList<>();
  private long acknowledged;
  private long seed;

  CreateBench(Setup setup, IntakeRig rig, Shops shops, Progress progress) {
    this.setup = setup;
    this.rig = rig;
    this.shops = shops;
    this.progress = progress;
    this.seed = setup.seed();
    this.load =
        new CreateLoad(
            shops,
            rig.address().getHostString() + ":" + rig.address().getPort(),
            "bench",
            shop -> rig.merchantToken(shops.merchantId(shop)),
            setup.seed());
  }

  void measure(ObjectNode report) {
    warmUp();
    double rate = search();
    PostgresRival rival = rival();
    progress.doing("PostgreSQL alone, how many connections suit it best");
    int best = bestConnections(rival);
    List<Round> rounds = new ArrayList<>();
    List<Double> rivals = new ArrayList<>();
    int lowered = 0;
    while (rounds.size() < setup.repetitions()) {
      progress.doing(
          "%.0f orders a second, round %d of %d"
              .formatted(rate, rounds.size() + 1, setup.repetitions()));
      rounds.add(round(rate, setup.round()));
      rivals.add(rival.ordersPerSecond(best, setup.rivalTime()));
      settle();
      progress.add(setup.round().toSeconds() + setup.rivalTime().toSeconds() + 2);
      // The rate is what most rounds must hold; what the search found by luck is not.
      long bad = rounds.stream().filter(round -> !round.good()).count();
      if (bad > setup.repetitions() / 2 && lowered < LOWERINGS) {
        lowered++;
        rate *= LOWERED;
        search.addAll(rounds);
        rounds.clear();
        rivals.clear();
      }
    }
    requireDurable();
    tell(report, rounds, rivals, best, rival);
  }

  /** From few to many: the first requests of a program that has just started take seconds. */
  private void warmUp() {
    progress.doing("warming up");
    long from = System.nanoTime();
    for (double done = 0; done < 1; ) {
      run(setup.firstRate() * Math.max(0.05, done * done), WARM_UP_STEP);
      double now = (System.nanoTime() - from) / (double) setup.warmUp().toNanos();
      progress.add(Math.round((Math.min(1, now) - done) * setup.warmUp().toSeconds()));
      done = now;
    }
    if (acknowledged == 0) {
      throw new CannotRun(
          "order-service took no order: %s; its log is %s."
              .formatted(load.firstError(), rig.log(Program.ORDER.text())));
    }
    load.forgetErrors();
  }

  /** The greatest rate that was held once. */
  private double search() {
    double held = 0;
    double broken = Double.POSITIVE_INFINITY;
    double rate = setup.firstRate();
    int refined = 0;
    while (refined < REFINEMENTS && rate <= setup.mostRate() && rate >= 1) {
      progress.doing("trying %.0f orders a second".formatted(rate));
      // Twice, before it is believed to be too much: a compiler or a collector may have been at it.
      boolean good = tried(rate) || tried(rate);
      if (good) {
        held = rate;
      } else {
        broken = rate;
      }
      if (Double.isInfinite(broken)) {
        rate *= STEP;
      } else if (held == 0) {
        rate /= 2;
      } else {
        rate = (held + broken) / 2;
        refined++;
      }
    }
    return held == 0 ? Math.max(1, setup.firstRate() / 4) : held;
  }

  private boolean tried(double rate) {
    Round round = round(rate, setup.step());
    search.add(round);
    progress.add(setup.step().toSeconds() + 1);
    return round.good();
  }

  private OpenClient.Outcome run(double rate, Duration time) {
    load.begin();
    // Connections of their own: what one rate has left under way does not disturb the next.
    try (OpenClient client = new OpenClient(rig.address(), setup.connections(), PATIENCE)) {
      OpenClient.Outcome outcome = client.run(Arrivals.poisson(rate, time, seed++), load);
      acknowledged += load.created();
      return outcome;
    }
  }

  private Round round(double rate, Duration time) {
    double service = cpu(Program.ORDER.text());
    double postgres = cpu("postgres");
    double kafka = cpu("kafka");
    double geo = cpu(Program.GEO.text());
    OpenClient.Outcome outcome = run(rate, time);
    double seconds = outcome.seconds();
    Round round =
        new Round(
            rate,
            load.created() / seconds,
            outcome.millis(0.5),
            outcome.millis(0.99),
            outcome.millis(0.999),
            load.created(),
            load.errors() + outcome.unanswered(),
            outcome.mostWaiting(),
            (cpu(Program.ORDER.text()) - service) / seconds,
            (cpu("postgres") - postgres) / seconds,
            (cpu("kafka") - kafka) / seconds,
            (cpu(Program.GEO.text()) - geo) / seconds);
    settle();
    return round;
  }

  private double cpu(String server) {
    return MachineFacts.cpuOf(rig.pids(server)).toNanos() / 1e9;
  }

  /** Lets what is under way in the background end. */
  private static void settle() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("Interrupted.", e);
    }
  }

  private PostgresRival rival() {
    try {
      JsonNode sample = JSON.readTree(load.lastCreated());
      String store = sample.path("storeId").asText();
      int shop = Integer.parseInt(store.substring(store.lastIndexOf('-') + 1));
      return new PostgresRival(
          setup.home(),
          rig,
          shops,
          shop,
          sample.path("orderId").asText(),
          sample.path("merchantOrderNo").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int bestConnections(PostgresRival rival) {
    int best = RIVAL_CONNECTIONS[0];
    double most = 0;
    for (int connections : RIVAL_CONNECTIONS) {
      double rate = rival.ordersPerSecond(connections, setup.rivalTime());
      if (rate > most) {
        most = rate;
        best = connections;
      }
      progress.add(setup.rivalTime().toSeconds());
    }
    return best;
  }

  /** Every order that was answered with 201 is there. */
  private void requireDurable() {
    try (Connection database = rig.database();
        PreparedStatement statement = database.prepareStatement("select count(*) from orders");
        ResultSet count = statement.executeQuery()) {
      count.next();
      if (count.getLong(1) < acknowledged) {
        throw new RuleBroken(
            "%d orders were acknowledged but %d are stored."
                .formatted(acknowledged, count.getLong(1)));
      }
    } catch (SQLException e) {
      throw new CannotRun("The orders cannot be counted.", e);
    }
  }

  private void tell(
      ObjectNode report,
      List<Round> rounds,
      List<Double> rivals,
      int connections,
      PostgresRival rival) {
    Repetitions rate = of(rounds, Round::perSecond);
    Repetitions rivalRate =
        new Repetitions(rivals.stream().mapToDouble(Double::doubleValue).toArray());
    Repetitions ratio = rate.over(rivalRate);
    long errors = rounds.stream().mapToLong(Round::errors).sum();
    report.put("createsPerSecond", ReportFile.rounded(rate.median(), 1));
    report.put("createP99Ms", ReportFile.rounded(of(rounds, Round::p99).median(), 1));
    report.put("postgresRowsPerSecond", ReportFile.rounded(rivalRate.median(), 1));
    report.put("ratio", ReportFile.rounded(ratio.median(), 3));
    report.put("errors", errors);
    ObjectNode own = report.putObject("creates");
    own.put(
        "loop",
        "open, Poisson arrivals, timed from when each was due; HTTP/1.1 keep-alive, at most %d under way"
            .formatted(setup.connections()));
    own.put("merchants", setup.merchants());
    own.put("roundSeconds", setup.round().toMillis() / 1000.0);
    own.put("repetitions", setup.repetitions());
    own.put("asked", ReportFile.rounded(rounds.get(0).asked(), 1));
    own.put("acknowledgedAndStored", acknowledged);
    rate.addTo(own, "perSecond", 1);
    of(rounds, Round::p50).addTo(own, "p50Ms", 2);
    of(rounds, Round::p99).addTo(own, "p99Ms", 2);
    of(rounds, Round::p999).addTo(own, "p999Ms", 2);
    of(rounds, Round::serviceCores).addTo(own, "serviceCores", 2);
    of(rounds, Round::postgresCores).addTo(own, "postgresCores", 2);
    of(rounds, round -> 1000 * round.serviceCores() / round.perSecond())
        .addTo(own, "serviceCpuMsAnOrder", 3);
    of(rounds, round -> 1000 * round.postgresCores() / round.perSecond())
        .addTo(own, "postgresCpuMsAnOrder", 3);
    of(rounds, Round::kafkaCores).addTo(own, "kafkaCores", 2);
    of(rounds, Round::geoCores).addTo(own, "geoCores", 2);
    own.put(
        "rival",
        "PostgreSQL over JDBC, one prepared statement and one commit an order, %d connections"
            .formatted(connections));
    own.put("rowsOfAnOrder", rival.rowsOfAnOrder());
    ArrayNode tables = own.putArray("tables");
    rival.tables().forEach(tables::add);
    rivalRate.addTo(own, "rivalPerSecond", 1);
    ratio.addTo(own, "ofRival", 4);
    ArrayNode steps = own.putArray("search");
    for (Round step : search) {
      ObjectNode one = steps.addObject();
      one.put("asked", ReportFile.rounded(step.asked(), 1));
      one.put("perSecond", ReportFile.rounded(step.perSecond(), 1));
      one.put("p50Ms", ReportFile.rounded(step.p50(), 2));
      one.put("p99Ms", ReportFile.rounded(step.p99(), 2));
      one.put("errors", step.errors());
      one.put("mostWaiting", step.mostWaiting());
      one.put("serviceCores", ReportFile.rounded(step.serviceCores(), 2));
      one.put("postgresCores", ReportFile.rounded(step.postgresCores(), 2));
    }
    if (load.firstError() != null) {
      own.put("firstError", load.firstError());
    }
  }

  private static Repetitions of(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return new Repetitions(rounds.stream().mapToDouble(figure).toArray());
  }
}

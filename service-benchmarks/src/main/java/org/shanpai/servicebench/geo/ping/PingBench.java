package org.shanpai.servicebench.geo.ping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.shanpai.bench.report.Progress;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.servicebench.RuleBroken;
import org.shanpai.servicebench.geo.GeoRival;
import org.shanpai.servicebench.geo.Part;
import org.shanpai.servicebench.http.LeanClient;
import org.shanpai.servicebench.measure.Latencies;
import org.shanpai.servicebench.measure.MachineFacts;
import org.shanpai.servicebench.measure.Repetitions;
import org.shanpai.stack.CannotRun;
import org.shanpai.stack.Program;

/**
 * How many pings a second geo-service takes in, over HTTP with a token for every rider, on the
 * servers it needs. A ping counts when its rider can be read with its time or a newer one: the
 * clock of a round stops when the areas' riders show that of all.
 *
 * <p>Rounds alternate with GEOADD into a Redis of its own.
 */
public final class PingBench implements Part {

  /** Phones' clocks are behind by that; they catch up where the service is faster than phones. */
  private static final long BEHIND_MILLIS = Duration.ofMinutes(6).toMillis();

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SWEEP_PATIENCE = Duration.ofSeconds(30);
  private static final Duration RIVAL_TIME = Duration.ofSeconds(3);
  private static final int START_SECONDS = 25;
  private static final int SIGN_IN_SECONDS = 25;

  /**
   * How it is measured.
   *
   * @param home of the project, whose geo-service was built
   * @param folder for everything stored; emptied
   * @param riders who send; a rider has one request under way at a time
   * @param connections of the client
   * @param system in which phones tell places
   * @param round how long pings are sent in a repetition
   * @param jvm options of geo-service
   */
  public record Setup(
      Path home,
      Path folder,
      int riders,
      int connections,
      CoordinateSystem system,
      Duration round,
      int repetitions,
      List<String> jvm,
      long seed) {}

  private record Round(
      double perSecond,
      double acceptedPerSecond,
      double sweepMillis,
      double requestP50,
      double requestP99,
      long pings,
      long refused,
      long errors,
      double clientCores,
      double serviceCores,
      double redisCores) {}

  private final Setup setup;

  public PingBench(Setup setup) {
    this.setup = setup;
  }

  @Override
  public String name() {
    return "pings";
  }

  @Override
  public int seconds() {
    return START_SECONDS + SIGN_IN_SECONDS + setup.repetitions() * roundSeconds();
  }

  private int roundSeconds() {
    return (int) setup.round().plus(RIVAL_TIME).toSeconds() + 2;
  }

  @Override
  public void measure(ObjectNode report, Progress progress) {
    progress.doing("starting Kafka, PostgreSQL, Redis and geo-service");
    try (GeoRig rig =
            new GeoRig(setup.home(), setup.folder().resolve("stack"), setup.jvm(), said -> {});
        GeoRival rival = new GeoRival(setup.folder().resolve("rival"))) {
      progress.add(START_SECONDS);
      progress.doing("signing " + setup.riders() + " riders in");
      Crowd crowd =
          new Crowd(
              setup.riders(),
              setup.system(),
              WallClock.system().millis() - BEHIND_MILLIS,
              setup.seed());
      String[] tokens =
          IntStream.range(0, crowd.size())
              .parallel()
              .mapToObj(rider -> rig.riderToken(crowd.riderId(rider)))
              .toArray(String[]::new);
      PingLoad load =
          new PingLoad(crowd, setup.connections(), rig.address(), rider -> tokens[rider]);
      try (LeanClient client = new LeanClient(rig.address(), setup.connections(), PATIENCE)) {
        measure(report, progress, rig, rival, load, client);
      }
    }
  }

  private void measure(
      ObjectNode report,
      Progress progress,
      GeoRig rig,
      GeoRival rival,
      PingLoad load,
      LeanClient client) {
    // The first request of each rider pays for its signature and starts its track.
    progress.doing("first pings of every rider");
    load.begin(System.nanoTime() + Duration.ofMinutes(3).toNanos(), setup.riders());
    client.run(load);
    requireGood(load, rig);
    load.begin(System.nanoTime() + setup.round().toNanos(), Integer.MAX_VALUE);
    client.run(load);
    awaitQueryable(rig, load);
    rival.geoaddPerSecond(setup.riders(), Crowd.CITY, RIVAL_TIME.dividedBy(2), setup.seed());
    progress.add(SIGN_IN_SECONDS);

    Round[] rounds = new Round[setup.repetitions()];
    double[] geoadds = new double[setup.repetitions()];
    Latencies lags;
    try (LagProbe probe = new LagProbe(load::newest, rig::positionAt)) {
      for (int i = 0; i < rounds.length; i++) {
        progress.doing("pings, round %d of %d".formatted(i + 1, rounds.length));
        rounds[i] = round(rig, load, client);
        requireGood(load, rig);
        geoadds[i] =
            rival.geoaddPerSecond(setup.riders(), Crowd.CITY, RIVAL_TIME, setup.seed() + i);
        progress.add(roundSeconds());
      }
      lags = probe.end();
    }
    tell(report, rounds, new Repetitions(geoadds), lags, rival);
  }

  private Round round(GeoRig rig, PingLoad load, LeanClient client) {
    Duration service = MachineFacts.cpuOf(rig.pids(Program.GEO.text()));
    Duration redis = MachineFacts.cpuOf(rig.pids("redis"));
    long own = ownCpuNanos();
    long from = System.nanoTime();
    load.begin(from + setup.round().toNanos(), Integer.MAX_VALUE);
    client.run(load);
    long sent = System.nanoTime();
    double seconds = (sent - from) / 1e9;
    double clientCores = (ownCpuNanos() - own) / 1e9 / seconds;
    double serviceCores = cores(MachineFacts.cpuOf(rig.pids(Program.GEO.text())), service, seconds);
    double redisCores = cores(MachineFacts.cpuOf(rig.pids("redis")), redis, seconds);
    awaitQueryable(rig, load);
    long readable = System.nanoTime();
    return new Round(
        load.accepted() * 1e9 / (readable - from),
        load.accepted() / seconds,
        (readable - sent) / 1e6,
        load.latencies().millis(0.5),
        load.latencies().millis(0.99),
        load.accepted(),
        load.refused(),
        load.errors(),
        clientCores,
        serviceCores,
        redisCores);
  }

  private static double cores(Duration after, Duration before, double seconds) {
    return after.minus(before).toNanos() / 1e9 / seconds;
  }

  private static long ownCpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Reads the areas until every rider shows the newest ping that was accepted. */
  private void awaitQueryable(GeoRig rig, PingLoad load) {
    long until = System.nanoTime() + SWEEP_PATIENCE.toNanos();
    int missing;
    do {
      Map<String, Long> seen = new HashMap<>(setup.riders() * 2);
      rig.readAreas((rider, at) -> seen.merge(rider, at, Math::max));
      missing = 0;
      for (int rider = 0; rider < setup.riders(); rider++) {
        long at = seen.getOrDefault(load.crowd().riderId(rider), 0L);
        missing += at < load.believedAt(rider) ? 1 : 0;
      }
    } while (missing > 0 && System.nanoTime() < until);
    if (missing > 0) {
      throw new RuleBroken(
          "%d of %d riders cannot be read with their newest accepted ping after %d s."
              .formatted(missing, setup.riders(), SWEEP_PATIENCE.toSeconds()));
    }
  }

  /** Nothing is worth a figure when the service refuses what honest phones send. */
  private static void requireGood(PingLoad load, GeoRig rig) {
    if (load.accepted() == 0) {
      throw new CannotRun(
          "geo-service took no ping: %s; its log is %s."
              .formatted(load.firstError(), rig.log(Program.GEO.text())));
    }
  }

  private void tell(
      ObjectNode report, Round[] rounds, Repetitions geoadd, Latencies lags, GeoRival rival) {
    Repetitions rate = of(rounds, Round::perSecond);
    report.put("pingsPerSecond", Math.round(rate.median()));
    report.put("redisGeoaddPerSecond", Math.round(geoadd.median()));
    ObjectNode own = report.putObject(name());
    own.put("counts", "accepted, divided by the time until every rider's newest one can be read");
    own.put("loop", "closed, HTTP/1.1 keep-alive, one request under way on each connection");
    own.put("riders", setup.riders());
    own.put("pingsARequest", Crowd.PINGS);
    own.put("connections", setup.connections());
    own.put("coordinateSystem", setup.system().text());
    own.put("roundSeconds", setup.round().toMillis() / 1000.0);
    own.put("repetitions", setup.repetitions());
    own.put("serviceJvm", String.join(" ", setup.jvm()));
    rate.addTo(own, "perSecond", 0);
    of(rounds, Round::acceptedPerSecond).addTo(own, "acceptedPerSecond", 0);
    of(rounds, Round::sweepMillis).addTo(own, "sweepMs", 1);
    of(rounds, Round::requestP50).addTo(own, "requestP50Ms", 3);
    of(rounds, Round::requestP99).addTo(own, "requestP99Ms", 3);
    own.put("answerToQueryableP50Ms", ReportFile.rounded(lags.millis(0.5), 2));
    own.put("answerToQueryableP99Ms", ReportFile.rounded(lags.millis(0.99), 2));
    own.put("answerToQueryableSamples", lags.count());
    own.put("pings", sum(rounds, Round::pings));
    own.put("refusedPings", sum(rounds, Round::refused));
    own.put("httpErrors", sum(rounds, Round::errors));
    of(rounds, Round::clientCores).addTo(own, "clientCores", 2);
    of(rounds, Round::serviceCores).addTo(own, "serviceCores", 2);
    of(rounds, Round::redisCores).addTo(own, "redisCores", 2);
    own.put("rival", "Redis GEOADD, one key, " + rival.geoaddClient());
    geoadd.addTo(own, "rivalPerSecond", 0);
    rate.over(geoadd).addTo(own, "ofRival", 4);
  }

  private static Repetitions of(Round[] rounds, java.util.function.ToDoubleFunction<Round> figure) {
    return new Repetitions(List.of(rounds).stream().mapToDouble(figure).toArray());
  }

  private static long sum(Round[] rounds, java.util.function.ToLongFunction<Round> figure) {
    return List.of(rounds).stream().mapToLong(figure).sum();
  }
}

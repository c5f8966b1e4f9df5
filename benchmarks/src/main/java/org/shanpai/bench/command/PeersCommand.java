package org.shanpai.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.shanpai.bench.CannotRun;
import org.shanpai.bench.peers.Peer;
import org.shanpai.bench.peers.Peers;
import org.shanpai.bench.peers.PeersBench;
import org.shanpai.bench.report.ReportFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench peers}: other solvers on the same waves. */
@Command(
    name = "peers",
    description = "Frozen waves, one budget, one evaluator: the engine beside other solvers.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class PeersCommand implements Callable<Integer> {

  @Option(
      names = "--millis",
      defaultValue = "1000",
      paramLabel = "MS",
      description = "Wall budget of each search.")
  private long millis;

  @Option(
      names = "--waves",
      defaultValue = "4",
      paramLabel = "N",
      description = "Waves of each city size, 20 to 200 jobs.")
  private int waves;

  @Option(
      names = "--seeds",
      defaultValue = "3",
      paramLabel = "N",
      description = "Searches of each solver on each wave; the median counts.")
  private int seeds;

  @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "First seed.")
  private long seed;

  @Option(
      names = "--instances",
      paramLabel = "DIR",
      description = "Folder of Grubhub instances, to cut waves from their days too.")
  private Path instances;

  @Option(
      names = "--only",
      defaultValue = "*t100s1p100",
      paramLabel = "GLOB",
      description = "Which instances.")
  private String only;

  @Option(
      names = "--days",
      defaultValue = "4",
      paramLabel = "N",
      description = "How many of them at most.")
  private int days;

  @Option(
      names = "--day-waves",
      defaultValue = "3",
      paramLabel = "N",
      description = "Waves of each, the busiest.")
  private int dayWaves;

  @Option(
      names = "--engines",
      split = ",",
      paramLabel = "NAME",
      description = "Only these of the others; ours always runs.")
  private List<String> engines;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the figures as JSON.")
  private Path report;

  @Override
  public Integer call() {
    inRange("--millis", millis, 1, 600_000);
    inRange("--waves", waves, 1, 1_000);
    inRange("--seeds", seeds, 1, 100);
    inRange("--days", days, 1, 1_000);
    inRange("--day-waves", dayWaves, 1, 1_000);
    List<Peer> peers = chosen();
    ReportFile.check(report);
    List<PeersBench.Result> results =
        new PeersBench(
                new PeersBench.Setup(
                    seed, seeds, waves, millis, instances, only, days, dayWaves, peers),
                System::nanoTime)
            .run();
    ObjectNode json = json(peers, results);
    print(json);
    ReportFile.write(report, json);
    String ours = peers.get(0).name();
    return results.stream().allMatch(result -> result.scores().get(ours).broken() == 0) ? 0 : 1;
  }

  private static void inRange(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new CannotRun(
          "%s must be within %d and %d, not %d.".formatted(option, least, most, value));
    }
  }

  private List<Peer> chosen() {
    List<Peer> all = Peers.all();
    if (engines == null) {
      return all;
    }
    List<String> names = all.stream().map(Peer::name).toList();
    for (String asked : engines) {
      if (!names.contains(asked)) {
        throw new CannotRun(
            "There is no engine %s; there are %s.".formatted(asked, String.join(", ", names)));
      }
    }
    return all.stream()
        .filter(peer -> peer == all.get(0) || engines.contains(peer.name()))
        .toList();
  }

  private ObjectNode json(List<Peer> peers, List<PeersBench.Result> results) {
    ObjectNode json = ReportFile.begin("peers");
    json.put("waves", results.size());
    json.put("bestShare", ReportFile.rounded(bestShare(peers.get(0).name(), results), 4));
    ObjectNode byEngine = json.putObject("engines");
    for (Peer peer : peers) {
      addEngine(byEngine.putObject(peer.name()), peer.name(), results);
    }
    json.put("budgetMillis", millis);
    json.put("seeds", seeds);
    json.put("seed", seed);
    ArrayNode each = json.putArray("results");
    for (PeersBench.Result result : results) {
      ObjectNode node = each.addObject();
      node.put("wave", result.name());
      node.put("jobs", result.jobs());
      node.put("couriers", result.couriers());
      node.put("committedCost", result.committedCost());
      ObjectNode scores = node.putObject("scores");
      result
          .scores()
          .forEach(
              (name, score) -> {
                ObjectNode one = scores.putObject(name);
                one.put("cost", score.cost());
                ArrayNode costs = one.putArray("costs");
                Arrays.stream(score.costs()).forEach(costs::add);
                one.put("seconds", ReportFile.rounded(score.seconds(), 3));
                one.put("held", score.held());
                one.put("broken", score.broken());
                if (!score.reasons().isEmpty()) {
                  one.put("brokenFirst", score.reasons().get(0));
                }
              });
    }
    ReportFile.addMachine(json);
    return json;
  }

  private static double bestShare(String name, List<PeersBench.Result> results) {
    return results.stream().filter(result -> result.isBest(name)).count() / (double) results.size();
  }

  private static void addEngine(ObjectNode node, String name, List<PeersBench.Result> results) {
    double[] toBest = new double[results.size()];
    double[] newWork = new double[results.size()];
    double[] seconds = new double[results.size()];
    int held = 0;
    int broken = 0;
    for (int i = 0; i < results.size(); i++) {
      PeersBench.Result result = results.get(i);
      PeersBench.Score score = result.scores().get(name);
      toBest[i] = (double) (score.cost() - result.best()) / result.best();
      newWork[i] =
          (double) (score.cost() - result.best())
              / Math.max(1, result.best() - result.committedCost());
      seconds[i] = score.seconds();
      held += score.held();
      broken += score.broken();
    }
    node.put("bestShare", ReportFile.rounded(bestShare(name, results), 4));
    node.put("aboveBestMedian", ReportFile.rounded(median(toBest), 5));
    node.put("aboveBestMean", ReportFile.rounded(Arrays.stream(toBest).average().orElse(0), 5));
    node.put("newWorkAboveBestMedian", ReportFile.rounded(median(newWork), 5));
    node.put("secondsMedian", ReportFile.rounded(median(seconds), 3));
    node.put("secondsMost", ReportFile.rounded(Arrays.stream(seconds).max().orElse(0), 3));
    node.put("held", held);
    node.put("broken", broken);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  private static void print(ObjectNode json) {
    System.out.printf(
        "%d waves; cheapest on %.1f %% of them%n",
        json.get("waves").asInt(), 100 * json.get("bestShare").asDouble());
    System.out.printf(
        "%-12s %9s %13s %15s %8s %6s %7s%n",
        "engine", "cheapest", "above best", "of new work", "seconds", "held", "broken");
    json.get("engines")
        .properties()
        .forEach(
            entry ->
                System.out.printf(
                    "%-12s %8.1f%% %12.3f%% %14.2f%% %8.2f %6d %7d%n",
                    entry.getKey(),
                    100 * entry.getValue().get("bestShare").asDouble(),
                    100 * entry.getValue().get("aboveBestMedian").asDouble(),
                    100 * entry.getValue().get("newWorkAboveBestMedian").asDouble(),
                    entry.getValue().get("secondsMedian").asDouble(),
                    entry.getValue().get("held").asInt(),
                    entry.getValue().get("broken").asInt()));
  }
}

package org.shanpai.servicebench.rider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.shanpai.bench.report.Progress;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.servicebench.measure.MachineFacts;

/** The rider's side on servers of its own. */
public final class RiderBench {

  /** Scores written and read. */
  public static final String SCORE = "score";

  /** Lines held open to phones; first, on a service that has done nothing else. */
  public static final String STREAMS = "streams";

  /** A crowd that signs up for a campaign's few places at once. */
  public static final String QUOTA = "quota";

  /** Every part, in the order in which they are measured. */
  public static final List<String> PARTS = List.of(STREAMS, QUOTA, SCORE);

  private static final int START_SECONDS = 30;
  private static final double ROWS_LOADED_PER_SECOND = 100_000;
  private static final int RUSH_SECONDS = 3;
  private static final int EVENTS_PER_SECOND = 1_300;

  private RiderBench() {}

  /**
   * Measures.
   *
   * @param home of the project
   * @param folder for the servers' data; emptied first
   * @param jvm options of rider-service
   * @param parts of {@link #PARTS}
   * @param streams lines to hold open
   * @return the report
   */
  public static ObjectNode run(
      Path home, Path folder, List<String> jvm, Set<String> parts, Size size, int streams) {
    double load = MachineFacts.load();
    ObjectNode report = ReportFile.begin("rider");
    report.put("seed", size.seed());
    report.put("riders", size.riders());
    report.put("rowsOfARider", size.rows());
    int work = parts.contains(SCORE) ? seconds(size) : 0;
    int rush = parts.contains(QUOTA) ? RUSH_SECONDS * size.repetitions() : 0;
    int held = parts.contains(STREAMS) ? StreamBench.seconds() : 0;
    try (Progress progress = Progress.show("Rider", START_SECONDS + work + held + rush)) {
      progress.doing("starting Kafka, PostgreSQL and rider-service");
      try (RiderRig rig = new RiderRig(home, folder, jvm, said -> {})) {
        progress.add(START_SECONDS);
        if (parts.contains(STREAMS)) {
          StreamBench.measure(rig, streams, report, progress);
        }
        if (parts.contains(QUOTA)) {
          progress.doing("signing up for a campaign");
          new QuotaRush(rig).measure(size.repetitions(), report);
          progress.add(rush);
        }
        if (parts.contains(SCORE)) {
          score(rig, size, report, progress);
        }
      }
    }
    report.put("serviceJvm", String.join(" ", jvm));
    units(report);
    MachineFacts.addTo(report, load);
    return report;
  }

  private static void score(RiderRig rig, Size size, ObjectNode report, Progress progress) {
    progress.doing("writing riders");
    new ScoredCity(rig, size).write(progress, loading(size));
    new ScoreReads(rig, size).measure(report, progress);
    new ScoreEvents(rig, size).measure(report, progress, judging(size));
  }

  private static int seconds(Size size) {
    int rounds = size.repetitions() + 1;
    return loading(size) + ScoreReads.seconds(size) + judging(size) * rounds;
  }

  private static int loading(Size size) {
    return 5 + (int) ((double) size.riders() * size.rows() / ROWS_LOADED_PER_SECOND);
  }

  /** A round, and PostgreSQL's own. */
  private static int judging(Size size) {
    return 4 + size.events() / EVENTS_PER_SECOND;
  }

  private static void units(ObjectNode report) {
    ObjectNode units = report.putObject("units");
    units.put(
        "scoreEventsPerSecond",
        "deliveries judged a second with ledger, account, outbox and message, median of rounds");
    units.put("scoreReadP99Ms", "milliseconds from when a request was due, median of rounds");
    units.put("rivalPerSecond", "events whose rows PostgreSQL writes by itself in a second");
    units.put("quotaWinners", "of 500 riders at once for 50 places, in every round");
    units.put("openStreams", "lines open at the end that heard every message once");
    units.put("streamRssMiB", "greatest resident memory of rider-service with the lines open");
    units.put("tellP99Ms", "milliseconds from a word to everybody to a phone's hearing it");
    units.put("spread", "greatest less least, in shares of the median");
  }
}

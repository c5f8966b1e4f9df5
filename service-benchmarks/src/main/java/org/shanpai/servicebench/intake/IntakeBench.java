package org.shanpai.servicebench.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.shanpai.bench.report.Progress;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.servicebench.measure.MachineFacts;

/** Orders in, webhooks out, on servers of their own. */
public final class IntakeBench {

  private static final int START_SECONDS = 40;

  private IntakeBench() {}

  /**
   * Measures.
   *
   * @param home of the project
   * @param folder for the servers' data; emptied first
   * @param jvm options of the services
   * @param size how much is measured
   * @return the report
   */
  public static ObjectNode run(Path home, Path folder, List<String> jvm, Size size) {
    double load = MachineFacts.load();
    ObjectNode report = ReportFile.begin("intake");
    report.put("seed", size.seed());
    CreateBench.Setup creates =
        new CreateBench.Setup(
            home,
            size.merchants(),
            size.connections(),
            size.warmUp(),
            size.step(),
            size.round(),
            size.repetitions(),
            size.firstRate(),
            size.mostRate(),
            size.seed());
    WebhookBench.Setup webhooks =
        new WebhookBench.Setup(size.notices(), size.lagRate(), size.lagTime(), size.repetitions());
    Shops shops = new Shops(size.merchants());
    try (Progress progress =
        Progress.show("Intake", START_SECONDS + creates.seconds() + webhooks.seconds())) {
      progress.doing("starting Kafka, PostgreSQL, Redis, geo-service and order-service");
      try (IntakeRig rig = new IntakeRig(home, folder, jvm, said -> {})) {
        rig.open(shops);
        progress.add(START_SECONDS);
        new CreateBench(creates, rig, shops, progress).measure(report);
        new WebhookBench(webhooks, rig, shops, progress).measure(report);
      }
    }
    report.put("serviceJvm", String.join(" ", jvm));
    units(report);
    MachineFacts.addTo(report, load);
    return report;
  }

  private static void units(ObjectNode report) {
    ObjectNode units = report.putObject("units");
    units.put("createsPerSecond", "orders answered with 201 a second, median of rounds");
    units.put("createP99Ms", "milliseconds from when a request was due, median of rounds");
    units.put(
        "postgresRowsPerSecond",
        "orders' row sets a second, all rows of an order in one commit, median of rounds");
    units.put("ratio", "createsPerSecond over postgresRowsPerSecond, median of rounds");
    units.put("errors", "requests of the rounds that were not answered with 201");
    units.put("webhooksPerSecond", "from the first to the last of a round, median of rounds");
    units.put("spread", "greatest less least, in shares of the median");
  }
}

package org.shanpai.servicebench.rider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import org.shanpai.bench.report.Progress;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.servicebench.RuleBroken;
import org.shanpai.servicebench.http.Arrivals;
import org.shanpai.servicebench.http.OpenClient;
import org.shanpai.servicebench.measure.Repetitions;

/** Riders ask for their score, as an open load; each is timed from when it was due. */
final class ScoreReads {

  private static final int CONNECTIONS = 32;
  private static final int WARM_UPS = 4;
  private static final int WARM_UP_SECONDS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RiderRig rig;
  private final Size size;
  private final byte[][] requests;

  ScoreReads(RiderRig rig, Size size) {
    this.rig = rig;
    this.size = size;
    SplittableRandom random = new SplittableRandom(size.seed());
    requests = new byte[Math.min(size.readers(), size.riders())][];
    for (int i = 0; i < requests.length; i++) {
      String rider = ScoredCity.rider(random.nextInt(size.riders()));
      requests[i] =
          "GET /v1/rider/score HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(rig.host(), rig.riderToken(rider))
              .getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** How long it will take, roughly. */
  static int seconds(Size size) {
    return WARM_UPS * WARM_UP_SECONDS
        + (int) (size.round().toMillis() * size.repetitions() / 1_000);
  }

  void measure(ObjectNode report, Progress progress) {
    double[] p99 = new double[size.repetitions()];
    double[] p50 = new double[size.repetitions()];
    long asked = 0;
    progress.doing("reading scores, warming up");
    // From few to many: the first requests of a program that has just started take long.
    for (int i = 1; i <= WARM_UPS; i++) {
      run(size.readRate() * i / WARM_UPS, Duration.ofSeconds(WARM_UP_SECONDS), -i);
      progress.add(WARM_UP_SECONDS);
    }
    for (int i = 0; i < p99.length; i++) {
      progress.doing("reading scores, round %d of %d".formatted(i + 1, p99.length));
      OpenClient.Outcome outcome = run(size.readRate(), size.round(), size.seed() + 1 + i);
      progress.add(size.round().toMillis() / 1_000);
      p99[i] = outcome.millis(0.99);
      p50[i] = outcome.millis(0.5);
      asked += outcome.latencies().length;
    }
    ObjectNode own = report.putObject("scoreReads");
    new Repetitions(p50).addTo(own, "p50Ms", 2);
    Repetitions all = new Repetitions(p99);
    all.addTo(own, "p99Ms", 2);
    own.put(
        "loop",
        "open, Poisson arrivals, timed from when each was due; HTTP/1.1 keep-alive, at most %d under way"
            .formatted(CONNECTIONS));
    own.put("perSecond", size.readRate());
    own.put("readers", requests.length);
    own.put("asked", asked);
    report.put("scoreReadP99Ms", ReportFile.rounded(all.median(), 2));
  }

  private OpenClient.Outcome run(double rate, Duration time, long seed) {
    SplittableRandom random = new SplittableRandom(seed * 7_919);
    long[] wrong = new long[1];
    try (OpenClient client = new OpenClient(rig.address(), CONNECTIONS, PATIENCE)) {
      OpenClient.Outcome outcome =
          client.run(
              Arrivals.poisson(rate, time, seed),
              new OpenClient.Work() {
                @Override
                public void write(int arrival, ByteBuffer request) {
                  request.put(requests[random.nextInt(requests.length)]);
                }

                @Override
                public void answered(int arrival, int status, ByteBuffer body) {
                  wrong[0] += status == 200 ? 0 : 1;
                }
              });
      if (wrong[0] > 0 || outcome.unanswered() > 0) {
        throw new RuleBroken(
            "%d reads failed and %d were not answered; the log is %s."
                .formatted(wrong[0], outcome.unanswered(), rig.log()));
      }
      return outcome;
    }
  }
}

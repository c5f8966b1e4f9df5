package org.shanpai.stack.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.fuzz.FuzzReport;
import org.shanpai.fuzz.FuzzRun;
import org.shanpai.servers.Lifetime;
import org.shanpai.stack.CannotRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Bad input against everything. */
@Command(
    name = "fuzz",
    description =
        "Starts everything and sends good and bad requests to every operation of every OpenAPI document. Ends with a report; exit code 1 when a promise is broken.",
    mixinStandardHelpOptions = true)
final class Fuzz implements Callable<Integer> {

  private static final int MOST = 1_000_000;
  private static final long LINE_EVERY_MILLIS = 15_000;

  /** City seconds in a real one: offers run out and waves come while requests are sent. */
  private static final double SPEED = 5;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Requests to generate (default: ${DEFAULT-VALUE}).",
      defaultValue = "10000")
  private int requests;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Another seed sends other requests (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the report here, as JSON.")
  private Path report;

  @Mixin private StackOptions options;

  private final WallClock wall = WallClock.system();
  private long started;
  private long lastLine;

  @Override
  public Integer call() {
    check();
    long now = wall.millis();
    Opening opening =
        Opening.of(
            options,
            false,
            Lifetime.WITH_JVM,
            new CityClock.Anchor(now, now, SPEED),
            true,
            Map.of(
                "SHANPAI_PROBE_REACHED", "true",
                // An offer outlives a few requests.
                "SHANPAI_DISPATCH_OFFER_SECONDS", "120",
                // Riders may say at any time that they go on: nobody works for hours here.
                "SHANPAI_DISPATCH_FATIGUE_CONFIRM_LEAD_SECONDS", "28800",
                // One machine sends what a city of callers would.
                "SHANPAI_RATE_LIMIT_PER_SECOND", "100000",
                "SHANPAI_RATE_LIMIT_BURST", "100000"));
    opening.stopAtExit(System.out::println);
    System.out.println("Starting Kafka, PostgreSQL, Redis and the services; about half a minute.");
    opening.stack().start(System.out::println);
    FuzzRun run =
        new FuzzRun(opening.stack(), requests, seed, new CityClock(wall, opening.anchor()), wall);
    started = wall.millis();
    FuzzReport result;
    try (ProgressBar bar = bar()) {
      result = run.run(opening.data().keys(), (sent, found) -> show(bar, sent, found));
    }
    write(result);
    return tell(result);
  }

  private void check() {
    if (requests < 1 || requests > MOST) {
      throw new CannotRun("--requests must be within 1 to %d but is %d.".formatted(MOST, requests));
    }
    if (report != null) {
      Path folder = report.toAbsolutePath().normalize().getParent();
      if (!Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(report)) {
        throw new CannotRun(
            "The report cannot be written to %s; name a file in a folder that exists and is writable."
                .formatted(report));
      }
    }
  }

  private ProgressBar bar() {
    return System.console() == null
        ? null
        : new ProgressBarBuilder()
            .setTaskName("Requests")
            .setInitialMax(requests)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(500)
            .build();
  }

  private void show(ProgressBar bar, int sent, int found) {
    if (bar != null) {
      bar.stepTo(sent);
      bar.setExtraMessage(" findings " + found);
      return;
    }
    long now = wall.millis();
    if (now - lastLine >= LINE_EVERY_MILLIS) {
      lastLine = now;
      long left = sent == 0 ? 0 : (now - started) * (requests - sent) / sent / 1_000;
      System.out.printf(
          "%d of %d requests, %d findings, about %d:%02d left%n",
          sent, requests, found, left / 60, left % 60);
    }
  }

  private void write(FuzzReport result) {
    if (report == null) {
      return;
    }
    try {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(report.toFile(), result);
    } catch (IOException e) {
      throw new CannotRun("The report cannot be written to " + report + ".", e);
    }
  }

  private static int tell(FuzzReport r) {
    System.out.printf(
        "%n%d requests to %d operations, %.1f %% reached a handler; %d besides to keep the city going; slowest answer %d ms, %d s%n"
            + "server errors %d, half created %d, without an answer %d, not a problem %d, undocumented %d, not the schema %d%n",
        r.requests(),
        r.operations(),
        100 * r.reachedShare(),
        r.besides(),
        r.slowestMillis(),
        r.wallSeconds(),
        r.serverErrors(),
        r.halfCreated(),
        r.noAnswer(),
        r.notAProblem(),
        r.undocumented(),
        r.notTheSchema());
    List<String> broken = r.broken();
    if (broken.isEmpty()) {
      System.out.println("All promises hold.");
      return 0;
    }
    r.halves().stream().limit(10).forEach(half -> System.err.println("HALF: " + half));
    r.failures().stream()
        .limit(20)
        .forEach(
            f ->
                System.err.printf(
                    "%s %s as %s (%s)%n  %s%n  %s%n",
                    f.kind(),
                    f.operation(),
                    f.role().isEmpty() ? "nobody" : f.role(),
                    f.mutation(),
                    f.detail().lines().findFirst().orElse(""),
                    f.curl().length() > 400 ? f.curl().substring(0, 400) + "…" : f.curl()));
    broken.forEach(each -> System.err.println("FAILED: " + each));
    return Shanpai.FAILED;
  }
}

package org.shanpai.bench.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far a benchmark is and how long it will still take: a progress bar on a terminal, a
 * line every quarter of a minute elsewhere.
 *
 * <p>Safe for several threads.
 */
public final class Progress implements AutoCloseable {

  private static final long LINE_EVERY_NANOS = Duration.ofSeconds(15).toNanos();

  private final String task;
  private final long total;
  private final PrintStream lines;
  private final LongSupplier nanoClock;
  private final long startedAt;
  private final ProgressBar bar;
  private long done;
  private long lastLine;
  private String doing = "";

  private Progress(
      String task, long total, PrintStream lines, LongSupplier nanoClock, ProgressBar bar) {
    this.task = task;
    this.total = Math.max(1, total);
    this.lines = lines;
    this.nanoClock = nanoClock;
    this.bar = bar;
    this.startedAt = nanoClock.getAsLong();
    this.lastLine = startedAt;
  }

  /**
   * Progress for the user of a command.
   *
   * @param task what is done, for example {@code Days}
   * @param total amount of work; its unit matters only beside {@link #add}
   */
  public static Progress show(String task, long total) {
    ProgressBar bar =
        System.console() == null
            ? null
            : new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(100)
                .setUnit(" %", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .hideEta()
                .build();
    return new Progress(task, total, System.err, System::nanoTime, bar);
  }

  /** Progress as lines. */
  static Progress lines(String task, long total, PrintStream lines, LongSupplier nanoClock) {
    return new Progress(task, total, lines, nanoClock, null);
  }

  /** Some work is done. */
  public synchronized void add(long amount) {
    done = Math.min(total, done + amount);
    tell();
  }

  /** What is being done, in a few words; shown beside the share. */
  public synchronized void doing(String what) {
    doing = what;
    tell();
  }

  private void tell() {
    if (bar != null) {
      bar.stepTo(done * 100 / total);
      bar.setExtraMessage(" " + timeLeft() + (doing.isEmpty() ? "" : ", " + doing));
      return;
    }
    long now = nanoClock.getAsLong();
    if (now - lastLine >= LINE_EVERY_NANOS) {
      lastLine = now;
      lines.println(
          "%s %d %%, %s%s"
              .formatted(
                  task, done * 100 / total, timeLeft(), doing.isEmpty() ? "" : ", " + doing));
    }
  }

  private String timeLeft() {
    if (done == 0) {
      return "time left unknown";
    }
    double spent = nanoClock.getAsLong() - startedAt;
    long seconds = Math.round(spent * (total - done) / done / 1e9);
    return "about %d:%02d left".formatted(seconds / 60, seconds % 60);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
  }
}

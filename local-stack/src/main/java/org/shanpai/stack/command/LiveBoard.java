package org.shanpai.stack.command;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.shanpai.city.CityRun;

/**
 * Shows how a run stands: a progress bar with the figures on a terminal, a line now and then
 * elsewhere.
 */
final class LiveBoard implements AutoCloseable {

  private static final long LINE_EVERY_NANOS = Duration.ofSeconds(15).toNanos();

  private final double speed;
  private final ProgressBar bar;
  private long lastLine = System.nanoTime() - LINE_EVERY_NANOS;

  LiveBoard(int orders, double speed) {
    this.speed = speed;
    this.bar =
        System.console() == null
            ? null
            : new ProgressBarBuilder()
                .setTaskName("Orders ended")
                .setInitialMax(orders)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .hideEta()
                .build();
  }

  void show(CityRun.Standing standing) {
    var f = standing.figures();
    int ended = f.refused() + f.delivered() + f.cancelled() + f.returned();
    String text = text(standing);
    if (bar != null) {
      bar.stepTo(ended);
      bar.setExtraMessage(" " + text);
    } else if (System.nanoTime() - lastLine >= LINE_EVERY_NANOS) {
      lastLine = System.nanoTime();
      System.out.println(text);
    }
  }

  private String text(CityRun.Standing standing) {
    var f = standing.figures();
    long seconds = Math.round(standing.cityMillisLeft() / 1000.0 / speed);
    return "placed %d/%d, delivered %d, in work %d, riders %d, on time %.0f %%, offers p99 %.0f ms, lag p99 %.1f s, %s"
        .formatted(
            f.submitted(),
            standing.placements(),
            f.delivered(),
            f.open(),
            standing.ridersOnline(),
            100 * f.onTimeShare(),
            f.offerLatencyP99(),
            standing.lagP99Millis() / 1000.0,
            standing.placing() || seconds > 0
                ? "about %d:%02d left".formatted(seconds / 60, seconds % 60)
                : "waiting for the last");
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}

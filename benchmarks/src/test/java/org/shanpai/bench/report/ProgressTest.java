package org.shanpai.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Where there is no terminal, a line now and then tells how far it is. */
class ProgressTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private long seconds;

  private Progress progress(long total) {
    return Progress.lines(
        "Days",
        total,
        new PrintStream(said, true, StandardCharsets.UTF_8),
        () -> seconds * 1_000_000_000L);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void timeLeftFollowsFromWhatIsDone() {
    Progress progress = progress(200);
    progress.doing("1r50 engine");
    seconds = 30;
    progress.add(50);
    assertThat(said()).isEqualToIgnoringNewLines("Days 25 %, about 1:30 left, 1r50 engine");
  }

  @Test
  void linesAreAQuarterOfAMinuteApart() {
    Progress progress = progress(100);
    for (seconds = 1; seconds <= 45; seconds++) {
      progress.add(1);
    }
    assertThat(said()).hasLineCount(3).contains("Days 15 %", "Days 30 %", "Days 45 %");
  }

  @Test
  void unknownTimeLeftIsSaid() {
    Progress progress = progress(100);
    seconds = 20;
    progress.doing("reading");
    assertThat(said()).contains("Days 0 %, time left unknown, reading");
  }

  @Test
  void moreThanEverythingIsEverything() {
    Progress progress = progress(10);
    seconds = 16;
    progress.add(99);
    assertThat(said()).contains("Days 100 %, about 0:00 left");
  }
}

package org.shanpai.bench.mdrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.shanpai.bench.mdrp.Crossroads.FAR;
import static org.shanpai.bench.mdrp.Crossroads.FIRST;
import static org.shanpai.bench.mdrp.Crossroads.LI;
import static org.shanpai.bench.mdrp.Crossroads.SECOND;
import static org.shanpai.bench.mdrp.Crossroads.to;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.bench.CannotRun;
import org.shanpai.bench.mdrp.Crossroads.Script;

/** The published format, to the letter. */
class SolutionWriterTest {

  @TempDir private Path folder;

  private final Instance instance = Crossroads.read();
  private final Solution day =
      Crossroads.run(new Script().at(2, to(LI, FIRST, SECOND)).at(31, to(LI, FAR))).solution();

  private String written(String file) throws IOException {
    SolutionWriter.write(instance, day, folder.resolve("new/one"));
    return Files.readString(folder.resolve("new/one").resolve(file));
  }

  @Test
  void assignmentsHaveTimesCourierAndBundle() throws IOException {
    assertThat(written("solution_info_assignments.txt"))
        .isEqualTo(
            """
            assignment_time pickup_time courier orders
            2 12 li first second
            31 42 li far
            """);
  }

  @Test
  void undeliveredOrdersAreNan() throws IOException {
    assertThat(written("solution_info_orders.txt"))
        .isEqualTo(
            """
            order placement_time ready_time pickup_time dropoff_time courier
            first 0 10 12 24 li
            second 2 12 12 29 li
            far 5 25 42 56 li
            late 20 30 nan nan nan
            """);
  }

  @Test
  void movesBeginAtOriginZero() throws IOException {
    assertThat(written("solution_info_couriers.txt"))
        .isEqualTo(
            """
            courier departure_time origin destination
            li 2 0 noodles
            li 14 noodles first
            li 26 first second
            li 31 second noodles
            li 44 noodles far
            """);
  }

  @Test
  void partsOfMinutesKeepTheirDecimal() {
    assertThat(Ticks.text(125)).isEqualTo("12.5");
    assertThat(Ticks.text(120)).isEqualTo("12");
    assertThat(Ticks.text(-5)).isEqualTo("-0.5");
  }

  @Test
  void folderThatCannotBeMadeIsOneSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> SolutionWriter.write(instance, day, file.resolve("below")))
        .isInstanceOf(CannotRun.class)
        .hasMessageStartingWith("The solution cannot be written to " + file);
  }
}

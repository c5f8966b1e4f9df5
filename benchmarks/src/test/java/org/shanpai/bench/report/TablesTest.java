package org.shanpai.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.bench.CannotRun;

/** BENCHMARKS.md holds what the raw files hold. */
class TablesTest {

  @TempDir private Path folder;

  /** Shows one number of each result. */
  private record Plain(String bench) implements Section {
    @Override
    public String title() {
      return "About " + bench;
    }

    @Override
    public String markdown(List<RawResult> results, Map<String, String> plots) {
      plots.put(bench + ".svg", "<svg/>");
      MarkdownTable table = new MarkdownTable("file", "value");
      for (RawResult result : results) {
        table.row(result.file(), result.json().path("value").asText());
      }
      return table.text();
    }
  }

  private void result(String file, String json) throws IOException {
    Files.createDirectories(folder.resolve("results"));
    Files.writeString(folder.resolve("results").resolve(file), json);
  }

  private int write() {
    return new Tables(List.of(new Plain("apples"), new Plain("pears"), new Plain("plums")))
        .write(folder.resolve("results"), folder.resolve("plots"), folder.resolve("B.md"));
  }

  @Test
  void everySectionGetsItsOwnResultsInOrder() throws IOException {
    result("2.json", "{\"bench\": \"pears\", \"value\": 7}");
    result("1.json", "{\"bench\": \"pears\", \"value\": 5}");
    result("3.json", "{\"bench\": \"apples\", \"value\": 9}");
    result("4.json", "{\"value\": 9}");
    result("README.md", "not json");
    assertThat(write()).isEqualTo(3);
    String text = Files.readString(folder.resolve("B.md"));
    assertThat(text)
        .startsWith("# Benchmarks\n")
        .contains("## About apples\n\n| file | value |\n| --- | ---: |\n| 3.json | 9 |\n")
        .endsWith(
            "## About pears\n\n| file | value |\n| --- | ---: |\n| 1.json | 5 |\n| 2.json | 7 |\n")
        .doesNotContain("plums");
    assertThat(folder.resolve("plots/apples.svg")).hasContent("<svg/>");
    assertThat(folder.resolve("plots/plums.svg")).doesNotExist();
  }

  @Test
  void folderWithoutResultsIsOneSentence() throws IOException {
    assertThatThrownBy(this::write).isInstanceOf(CannotRun.class).hasMessageContaining("no folder");
    result("4.json", "{}");
    assertThatThrownBy(this::write)
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("holds no result");
    result("5.json", "{");
    assertThatThrownBy(this::write)
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void medianIsTheMiddle() {
    assertThat(Tables.median(3, 1, 2)).isEqualTo(2);
    assertThat(Tables.median(4, 1, 2, 3)).isEqualTo(2.5);
    assertThat(Tables.median()).isNaN();
  }

  @Test
  void tableRowsHaveACellForEveryHeading() {
    assertThatThrownBy(() -> new MarkdownTable("a", "b").row("1"))
        .hasMessage("1 cells under 2 headings");
    assertThat(new MarkdownTable("a").row("x|y").text()).isEqualTo("| a |\n| --- |\n| x\\|y |\n");
  }
}

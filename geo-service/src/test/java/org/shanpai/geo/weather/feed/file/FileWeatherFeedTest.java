package org.shanpai.geo.weather.feed.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.contracts.event.WeatherAlert.Level;
import org.shanpai.geo.weather.WeatherSetting;
import org.shanpai.geo.weather.feed.WeatherFeed.Reading;

class FileWeatherFeedTest {

  private static final String ORANGE =
      "{\"areaId\":\"a-core\",\"level\":\"ORANGE\",\"from\":\"2026-11-22T04:00:00Z\","
          + "\"until\":\"2026-11-22T09:00:00Z\",\"source\":\"met office\"}";
  private static final String YELLOW =
      "{\"areaId\":\"*\",\"level\":\"YELLOW\",\"travelFactor\":1.2,\"source\":\"met office\"}";

  @TempDir Path folder;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  private double up() {
    return metrics.get("shanpai.geo.weather.feed.up").gauge().value();
  }

  @Test
  void linesAndListsAreReadAndWhatIsLeftOutFollowsFromTheLevel() {
    for (String text : new String[] {ORANGE + "\n\n" + YELLOW, "[" + ORANGE + "," + YELLOW + "]"}) {
      Reading reading = FileWeatherFeed.read(text);
      assertThat(reading.refused()).isEmpty();
      assertThat(reading.lines()).hasSize(2);
      WeatherSetting first = reading.lines().get(0);
      assertThat(first.areaId().value()).isEqualTo("a-core");
      assertThat(first.travelFactor()).isEqualTo(1.25);
      assertThat(first.promiseExtraSeconds()).isEqualTo(600);
      assertThat(first.until()).isEqualTo(Instant.parse("2026-11-22T09:00:00Z"));
      assertThat(first.by()).isEqualTo("feed:met office");
      WeatherSetting all = reading.lines().get(1);
      assertThat(all.areaId()).isNull();
      assertThat(all.travelFactor()).isEqualTo(1.2);
    }
  }

  @Test
  void badLinesAreToldAndTheOthersTaken() {
    Reading reading =
        FileWeatherFeed.read(
            String.join(
                "\n",
                "{not json",
                ORANGE,
                "{\"areaId\":\"*\",\"level\":\"HAIL\",\"source\":\"x\"}",
                "{\"areaId\":\"*\",\"level\":\"RED\"}",
                "{\"level\":\"RED\",\"source\":\"x\"}",
                "{\"areaId\":\"*\",\"level\":\"RED\",\"travelFactor\":9,\"source\":\"x\"}",
                ORANGE.replace("T09", "T03"),
                "{\"areaId\":\"no id!\",\"level\":\"RED\",\"source\":\"x\"}"));
    assertThat(reading.lines()).extracting(WeatherSetting::level).containsExactly(Level.ORANGE);
    assertThat(reading.refused()).hasSize(7);
    assertThat(reading.refused().get(0)).startsWith("Line 1 ");
    assertThat(reading.refused().get(2)).contains("Line 4", "source");
    assertThat(reading.refused().get(4)).contains("travelFactor");
    assertThat(reading.refused().get(5)).contains("until");
    assertThat(FileWeatherFeed.read("[{]").refused()).hasSize(1);
    assertThat(FileWeatherFeed.read("").lines()).isEmpty();
  }

  @Test
  void fileIsReadWhenItHasChangedAndItsAbsenceIsNoCrash() throws IOException {
    Path file = folder.resolve("weather.jsonl");
    FileWeatherFeed feed = new FileWeatherFeed(Optional.of(file.toString()), metrics);
    assertThat(feed.poll()).isEmpty();
    assertThat(up()).isZero();
    Files.writeString(file, ORANGE);
    assertThat(feed.poll()).hasValueSatisfying(reading -> assertThat(reading.lines()).hasSize(1));
    assertThat(up()).isEqualTo(1);
    assertThat(feed.poll()).as("unchanged").isEmpty();
    Files.writeString(file, YELLOW);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    assertThat(feed.poll())
        .hasValueSatisfying(
            reading -> assertThat(reading.lines().get(0).level()).isEqualTo(Level.YELLOW));
    Files.delete(file);
    assertThat(feed.poll()).as("what it said before stays").isEmpty();
    assertThat(up()).isZero();
    assertThat(new FileWeatherFeed(Optional.empty(), new SimpleMeterRegistry()).poll()).isEmpty();
  }
}

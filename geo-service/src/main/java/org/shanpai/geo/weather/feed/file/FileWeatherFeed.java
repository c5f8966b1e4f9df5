package org.shanpai.geo.weather.feed.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.shanpai.geo.weather.WeatherSetting;
import org.shanpai.geo.weather.feed.FeedLine;
import org.shanpai.geo.weather.feed.WeatherFeed;
import org.shanpai.messaging.Json;

/**
 * The built-in feed: a file of JSON lines, or one JSON list, read when it has changed. Each line is
 * a {@link FeedLine}. Lines that cannot be read are told and skipped; while the file is missing,
 * what it said before stays.
 */
@Singleton
public class FileWeatherFeed implements WeatherFeed {

  private static final Logger LOG = Logger.getLogger(FileWeatherFeed.class);
  private static final long MOST_BYTES = 4_000_000;
  private static final int MOST_LINES = 10_000;

  private final Path file;
  private final AtomicInteger up = new AtomicInteger(1);
  private FileTime readAt;
  private long readBytes = -1;

  public FileWeatherFeed(
      @ConfigProperty(name = "shanpai.geo.weather.feed-file") Optional<String> file,
      MeterRegistry metrics) {
    this.file = file.map(Path::of).orElse(null);
    metrics.gauge("shanpai.geo.weather.feed.up", up);
  }

  @Override
  public Optional<Reading> poll() {
    if (file == null) {
      return Optional.empty();
    }
    try {
      FileTime at = Files.getLastModifiedTime(file);
      long bytes = Files.size(file);
      if (at.equals(readAt) && bytes == readBytes) {
        return Optional.empty();
      }
      if (bytes > MOST_BYTES) {
        throw new IOException("it has more than " + MOST_BYTES + " bytes");
      }
      Reading reading = read(Files.readString(file));
      readAt = at;
      readBytes = bytes;
      if (up.getAndSet(1) == 0) {
        LOG.infof("The weather file %s can be read again.", file);
      }
      return Optional.of(reading);
    } catch (IOException e) {
      if (up.getAndSet(0) == 1) {
        LOG.warnf("The weather file %s cannot be read, so what it said before stays: %s", file, e);
      }
      return Optional.empty();
    }
  }

  static Reading read(String text) {
    List<WeatherSetting> lines = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    if (text.stripLeading().startsWith("[")) {
      try {
        int index = 0;
        for (JsonNode one : Json.mapper().readTree(text)) {
          take("Entry " + index++, one.toString(), lines, refused);
        }
      } catch (JsonProcessingException e) {
        refused.add("The file is no JSON list: " + e.getOriginalMessage());
      }
    } else {
      int number = 0;
      for (String line : (Iterable<String>) text.lines()::iterator) {
        number++;
        if (!line.isBlank()) {
          take("Line " + number, line, lines, refused);
        }
      }
    }
    return new Reading(List.copyOf(lines), List.copyOf(refused));
  }

  private static void take(
      String where, String json, List<WeatherSetting> lines, List<String> refused) {
    if (lines.size() == MOST_LINES) {
      refused.add(where + " is one too many: at most " + MOST_LINES + " are taken.");
      return;
    }
    try {
      lines.add(Json.mapper().readValue(json, FeedLine.class).setting());
    } catch (JsonProcessingException e) {
      refused.add(where + " cannot be read: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      refused.add(where + " is skipped: " + e.getMessage());
    }
  }
}

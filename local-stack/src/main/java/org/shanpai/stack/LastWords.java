package org.shanpai.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The end of a log, for people: JSON lines are turned into words, with the causes of an error. */
final class LastWords {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LINES = 8;
  private static final int LENGTH = 300;

  private LastWords() {}

  /** The last lines of the log, or a note that there is none. */
  static String of(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> words = new ArrayList<>();
      for (String line : lines.subList(Math.max(0, lines.size() - LINES), lines.size())) {
        words.addAll(words(line));
      }
      return String.join(System.lineSeparator(), words);
    } catch (IOException unreadable) {
      return "(no log)";
    }
  }

  static List<String> words(String line) {
    if (!line.startsWith("{")) {
      return List.of(cut(line));
    }
    try {
      JsonNode entry = JSON.readTree(line);
      List<String> words = new ArrayList<>();
      words.add(
          cut(
              "%s %s %s"
                  .formatted(
                      entry.path("timestamp").asText(),
                      entry.path("level").asText(),
                      entry.path("message").asText())));
      entry
          .path("stackTrace")
          .asText()
          .lines()
          .filter(cause -> cause.startsWith("Caused by:"))
          .forEach(cause -> words.add("  " + cut(cause)));
      return words;
    } catch (JsonProcessingException noJson) {
      return List.of(cut(line));
    }
  }

  private static String cut(String text) {
    return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + " ...";
  }
}

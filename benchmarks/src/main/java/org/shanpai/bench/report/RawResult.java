package org.shanpai.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.shanpai.bench.CannotRun;

/**
 * A report file as a benchmark wrote it.
 *
 * @param file its name in the folder of raw results
 * @param json what it holds
 */
public record RawResult(String file, JsonNode json) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The benchmark that wrote it, or an empty text where the file does not tell. */
  public String bench() {
    return json.path("bench").asText("");
  }

  /**
   * The JSON files of a folder, by name.
   *
   * @throws CannotRun when the folder or a file in it cannot be read
   */
  public static List<RawResult> listIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CannotRun(
          "%s is no folder; --results takes the folder of raw results.".formatted(folder));
    }
    List<RawResult> results = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        results.add(new RawResult(file.getFileName().toString(), JSON.readTree(file.toFile())));
      }
    } catch (IOException e) {
      throw new CannotRun(
          "The raw results in %s cannot be read: %s.".formatted(folder, e.getMessage()), e);
    }
    return results;
  }
}

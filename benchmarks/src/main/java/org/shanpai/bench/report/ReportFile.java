package org.shanpai.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.shanpai.bench.CannotRun;

/** The JSON file that {@code --report} asks for. */
public final class ReportFile {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportFile() {}

  /** A new report of a benchmark, which tells its name and the machine it ran on. */
  public static ObjectNode begin(String bench) {
    ObjectNode report = JSON.createObjectNode();
    report.put("bench", bench);
    return report;
  }

  /** Adds what the figures depend on besides the program. */
  public static void addMachine(ObjectNode report) {
    ObjectNode machine = report.putObject("machine");
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("java", Runtime.version().toString());
    machine.put("maxHeapMiB", Runtime.getRuntime().maxMemory() >> 20);
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  /**
   * To be called before the work.
   *
   * @param file null where no report was asked for
   * @throws CannotRun when it could not be written
   */
  public static void check(Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new CannotRun(
          "The report cannot be written to %s; --report takes a file in an existing folder."
              .formatted(file));
    }
  }

  /**
   * Writes a report.
   *
   * @param file null where none was asked for
   * @throws CannotRun when it cannot be written
   */
  public static void write(Path file, ObjectNode report) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, JSON.writeValueAsString(report) + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CannotRun(
          "The report cannot be written to %s: %s.".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * A number with so many decimals, to keep raw files readable.
   *
   * @return null where it is no number, which JSON has no word for
   */
  public static Double rounded(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return null;
    }
    double scale = Math.pow(10, decimals);
    return Math.round(value * scale) / scale;
  }
}

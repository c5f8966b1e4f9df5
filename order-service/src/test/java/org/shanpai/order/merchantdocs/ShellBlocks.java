package org.shanpai.order.merchantdocs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shell commands of a page, taken out and run. */
final class ShellBlocks {

  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\\n(.*?)```");

  private ShellBlocks() {}

  static List<String> of(String page) {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(page);
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  /**
   * Runs a script in a folder of its own and gives what it printed.
   *
   * @throws AssertionError with all it printed when a command fails
   */
  static String run(String script, Map<String, String> environment, long patience, TimeUnit unit)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("shell-blocks");
    Path file = folder.resolve("page.sh");
    Files.writeString(file, "set -uo pipefail\n" + script, StandardCharsets.UTF_8);
    ProcessBuilder builder = new ProcessBuilder("bash", "-e", file.toString());
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(patience, unit)) {
      process.destroyForcibly();
      throw new AssertionError("The commands did not end: " + script);
    }
    String said = Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new AssertionError("Exit code %d:%n%s".formatted(process.exitValue(), said));
    }
    return said;
  }
}

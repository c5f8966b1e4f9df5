package org.shanpai.servers;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program of ours as a server: an executable jar in a JVM of its own, ready when its health page
 * says so.
 */
public final class JavaProgram extends ServerProcess {
  private final Path jar;
  private final List<String> jvmOptions;
  private final Map<String, String> environment;
  private final String healthPath;
  private final String portOption;

  /**
   * @param name of the program; names its log file
   * @param folder where it runs, keeps its log and its process id
   * @param jvmOptions such as {@code -Xmx256m}
   * @param environment variables that it gets besides this JVM's own; never on the command line,
   *     which every user of the machine can read
   * @param healthPath answers 200 once the program is ready, for example {@code /q/health/ready}
   * @param portOption how the user chooses another port, for example {@code --port-order}
   */
  public JavaProgram(
      String name,
      Path folder,
      int port,
      Lifetime lifetime,
      Path jar,
      List<String> jvmOptions,
      Map<String, String> environment,
      String healthPath,
      String portOption) {
    super(name, folder, port, lifetime);
    this.jar = jar.toAbsolutePath().normalize();
    this.jvmOptions = List.copyOf(jvmOptions);
    this.environment = Map.copyOf(environment);
    this.healthPath = healthPath;
    this.portOption = portOption;
  }

  /** Where its public API is. */
  public URI url() {
    return URI.create("http://" + LOOPBACK + ":" + port());
  }

  @Override
  List<String> prepare() throws IOException {
    if (!Files.isReadable(jar)) {
      throw new ServerFailed("%s is missing; build it with Maven first.".formatted(jar));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  @Override
  Map<String, String> environment() {
    return environment;
  }

  @Override
  boolean answers() {
    try {
      HttpURLConnection asked =
          (HttpURLConnection) url().resolve(healthPath).toURL().openConnection();
      asked.setConnectTimeout(500);
      asked.setReadTimeout(5_000);
      try {
        return asked.getResponseCode() == 200;
      } finally {
        asked.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  String portOption() {
    return portOption;
  }

  @Override
  Duration startPatience() {
    return Duration.ofSeconds(120);
  }
}

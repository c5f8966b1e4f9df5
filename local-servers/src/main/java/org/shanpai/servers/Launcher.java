package org.shanpai.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Starts child processes in a session of their own and ties their lives to this JVM's. */
final class Launcher {

  /**
   * The kernel sends the parent-death signal when the <em>thread</em> that started the child ends.
   * So one thread starts them all and ends only with the JVM.
   */
  private static final ExecutorService KEEPER =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "local-servers-keeper");
            thread.setDaemon(true);
            return thread;
          });

  private Launcher() {}

  /** Absolute path of a program on the search path or in the usual folders. */
  static Optional<Path> findProgram(String name) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/bin:/bin:/usr/sbin:/sbin";
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts {@code command}. Its own session keeps a Ctrl-C in the terminal away from it: who
   * started it decides in which order things stop.
   *
   * @param before commands that must come first, for example {@code unshare -U}
   * @param environment variables that the child gets besides this JVM's own
   * @param signalOnDeath name of the signal the child gets when this JVM dies, without SIG
   */
  static Process start(
      List<String> before,
      List<String> command,
      Map<String, String> environment,
      Lifetime lifetime,
      String signalOnDeath,
      Path log)
      throws IOException {
    List<String> line = new ArrayList<>();
    findProgram("setsid").ifPresent(setsid -> line.add(setsid.toString()));
    line.addAll(before);
    Optional<Path> setpriv = findProgram("setpriv");
    if (lifetime == Lifetime.WITH_JVM && setpriv.isPresent()) {
      line.addAll(List.of(setpriv.get().toString(), "--pdeathsig", signalOnDeath));
    }
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return KEEPER.submit(builder::start).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailed("Interrupted while starting " + command.get(0), e);
    } catch (ExecutionException e) {
      throw new ServerFailed("Could not run " + line.get(0) + ": " + e.getCause(), e.getCause());
    }
  }

  /**
   * Runs a short program to its end.
   *
   * @throws ServerFailed with the program's last words if it fails or takes longer than a minute
   */
  static String run(List<String> command) {
    Path out = null;
    try {
      out = Files.createTempFile("shanpai-run-", ".out");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(out.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new ServerFailed(
            "Still not finished after 60 s: %s%n%s".formatted(command, Files.readString(out)));
      }
      String said = Files.readString(out);
      if (process.exitValue() != 0) {
        throw new ServerFailed(
            "Exit code %d from %s%n%s".formatted(process.exitValue(), command, said.strip()));
      }
      return said;
    } catch (IOException e) {
      throw new ServerFailed("Could not run " + command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailed("Interrupted while running " + command.get(0), e);
    } finally {
      if (out != null) {
        out.toFile().delete();
      }
    }
  }
}

package org.shanpai.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints how long a step took and how much memory a server holds. */
final class Timing {

  private Timing() {}

  static void of(String step, Runnable work) {
    long begin = System.nanoTime();
    work.run();
    System.out.printf("%s: %d ms%n", step, (System.nanoTime() - begin) / 1_000_000);
  }

  static void memory(String step, LocalServer server) {
    long kib = 0;
    for (long pid : server.pids()) {
      kib += proportionalKib(pid);
    }
    System.out.printf("%s: %d MiB in %d processes%n", step, kib / 1024, server.pids().size());
  }

  /** Memory shared between processes is counted once. */
  private static long proportionalKib(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")).stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException gone) {
      return 0;
    }
  }
}

package org.shanpai.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code /proc} says of processes. A zombie counts as dead: not every first process of a
 * container reaps.
 */
final class ProcessTable {

  private ProcessTable() {}

  /**
   * Start time in clock ticks since boot, which together with the id names a process for ever;
   * empty if dead.
   */
  static Optional<String> startedAt(long pid) {
    String stat;
    try {
      stat = read(Path.of("/proc", Long.toString(pid), "stat"));
    } catch (IOException gone) {
      return Optional.empty();
    }
    // The second field is the program's name in brackets and may itself hold blanks and brackets.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ");
    // A killed process looks like a zombie while its last threads still hold its ports and files.
    boolean lastThread = Integer.parseInt(fields[17]) <= 1;
    boolean dead = fields[0].equals("X") || fields[0].equals("Z") && lastThread;
    return dead ? Optional.empty() : Optional.of(fields[19]);
  }

  /**
   * A small file of {@code /proc}. Some of them give their text to the first read only, and whoever
   * reads it a byte at a time gets one byte.
   */
  static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] text = new byte[4096];
      int length = in.read(text);
      return length <= 0 ? "" : new String(text, 0, length, StandardCharsets.UTF_8);
    }
  }

  static boolean alive(long pid) {
    return startedAt(pid).isPresent();
  }

  /** The process and all its children, parents first; without those that are dead. */
  static Set<Long> tree(long root) {
    Set<Long> pids = new LinkedHashSet<>();
    pids.add(root);
    ProcessHandle.of(root)
        .ifPresent(handle -> handle.descendants().map(ProcessHandle::pid).forEach(pids::add));
    pids.removeIf(pid -> !alive(pid));
    return pids;
  }
}

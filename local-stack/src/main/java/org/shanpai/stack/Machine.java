package org.shanpai.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What this machine can spare. */
public final class Machine {

  /** What the demo needs before it starts, MiB. */
  public static final long NEEDED_MIB = 3 * 1024;

  private final Path proc;
  private final Path cgroup;

  /**
   * @param proc where the kernel's figures are, {@code /proc}
   * @param cgroup where a container's limits are, {@code /sys/fs/cgroup}
   */
  public Machine(Path proc, Path cgroup) {
    this.proc = proc;
    this.cgroup = cgroup;
  }

  public static Machine here() {
    return new Machine(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
  }

  /**
   * @throws CannotRun when less than 3 GiB of memory are free
   */
  public void requireMemory() {
    OptionalLong free = freeMiB();
    if (free.isPresent() && free.getAsLong() < NEEDED_MIB) {
      throw new CannotRun(
          "Only %d MiB of memory are free and %d are needed; stop other programs or use a larger machine."
              .formatted(free.getAsLong(), NEEDED_MIB));
    }
  }

  /** Free memory in MiB, the smaller of the machine's and the container's; empty when unknown. */
  public OptionalLong freeMiB() {
    long free = Long.MAX_VALUE;
    try {
      for (String line : Files.readAllLines(proc.resolve("meminfo"))) {
        if (line.startsWith("MemAvailable:")) {
          free = Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException | NumberFormatException unknown) {
      return OptionalLong.empty();
    }
    try {
      String limit = Files.readString(cgroup.resolve("memory.max")).trim();
      if (!limit.equals("max")) {
        long used = Long.parseLong(Files.readString(cgroup.resolve("memory.current")).trim());
        // Cached files are given back when memory is short.
        long cached = field(Files.readAllLines(cgroup.resolve("memory.stat")), "file");
        free = Math.min(free, (Long.parseLong(limit) - used + cached) / (1024 * 1024));
      }
    } catch (IOException | NumberFormatException noLimit) {
      return free == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(free);
    }
    return free == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(free);
  }

  private static long field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1).trim()))
        .findFirst()
        .orElse(0);
  }
}

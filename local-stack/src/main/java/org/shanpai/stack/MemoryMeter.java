package org.shanpai.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The most memory that this JVM and the stack's processes had in use together, sampled each second.
 *
 * <p>Summed is the proportional set size: a page that several processes share, such as PostgreSQL's
 * buffers, counts once, divided among them. Where the kernel does not tell it, the resident set
 * size stands in.
 */
public final class MemoryMeter implements AutoCloseable {

  private final Supplier<Set<Long>> processes;
  private final Thread thread;
  private volatile long peakKiB;
  private volatile boolean closed;

  /**
   * @param processes ids of all processes to count besides this JVM
   */
  public MemoryMeter(Supplier<Set<Long>> processes) {
    this.processes = processes;
    this.thread = new Thread(this::sample, "memory-meter");
    thread.setDaemon(true);
    thread.start();
  }

  /** The peak so far, MiB. */
  public long peakMiB() {
    return peakKiB / 1024;
  }

  private void sample() {
    while (!closed) {
      long sum = kib(ProcessHandle.current().pid());
      for (long pid : processes.get()) {
        sum += kib(pid);
      }
      peakKiB = Math.max(peakKiB, sum);
      try {
        Thread.sleep(1000);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Memory of one process in KiB, 0 when it is gone. */
  static long kib(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    long pss = field(process.resolve("smaps_rollup"), "Pss:");
    return pss > 0 ? pss : field(process.resolve("status"), "VmRSS:");
  }

  private static long field(Path file, String name) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(name)) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      return 0;
    } catch (IOException gone) {
      return 0;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}

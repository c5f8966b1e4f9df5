package org.shanpai.servicebench.measure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import org.shanpai.bench.report.ReportFile;

/** What figures depend on besides the programs. */
public final class MachineFacts {

  private MachineFacts() {}

  /** Completes the report's {@code machine} with processor, memory and load. */
  public static void addTo(ObjectNode report, double loadBefore) {
    ReportFile.addMachine(report);
    ObjectNode machine = (ObjectNode) report.get("machine");
    machine.put("processor", field("/proc/cpuinfo", "model name"));
    machine.put("memory", field("/proc/meminfo", "MemTotal"));
    machine.put("loadAverageBefore", ReportFile.rounded(loadBefore, 2));
    machine.put("loadAverageAfter", ReportFile.rounded(load(), 2));
  }

  /** Mean number of runnable processes in the last minute, negative when unknown. */
  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** CPU time that those processes have used since they began; those that have ended count 0. */
  public static Duration cpuOf(Collection<Long> pids) {
    Duration sum = Duration.ZERO;
    for (long pid : pids) {
      sum =
          sum.plus(
              ProcessHandle.of(pid)
                  .flatMap(process -> process.info().totalCpuDuration())
                  .orElse(Duration.ZERO));
    }
    return sum;
  }

  private static String field(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException notLinux) {
      return "unknown";
    }
  }
}

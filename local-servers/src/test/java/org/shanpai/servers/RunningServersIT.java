package org.shanpai.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningServersIT {
  @TempDir Path folder;

  @Test
  void takenPortOfOneLeavesNoneRunning() throws Exception {
    RunningServers.Ports ports = RunningServers.Ports.free();
    try (ServerSocket other =
        new ServerSocket(ports.redis(), 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> RunningServers.start(folder, ports))
          .isInstanceOf(PortTaken.class)
          .hasMessageContaining(
              "Port %d is in use by another program; choose another with --port-redis"
                  .formatted(other.getLocalPort()));
    }
    assertThat(RunningServers.at(folder, ports, Lifetime.WITH_JVM).all())
        .noneMatch(LocalServer::alive);
  }

  @Test
  void serversDieWithTheJvmThatIsKilled() throws Exception {
    Process child = startInOtherJvm(Lifetime.WITH_JVM);
    Set<Long> pids = pids(child);
    assertThat(pids).hasSizeGreaterThanOrEqualTo(3).allMatch(ProcessTable::alive);
    child.destroyForcibly().waitFor();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (pids.stream().anyMatch(ProcessTable::alive) && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    assertThat(pids).noneMatch(ProcessTable::alive);
  }

  @Test
  void serversThatOutliveTheirJvmAreStoppedFromAnother() throws Exception {
    Process child = startInOtherJvm(Lifetime.OUTLIVES_JVM);
    Set<Long> pids = pids(child);
    child.destroyForcibly().waitFor();
    Thread.sleep(500);
    assertThat(pids).allMatch(ProcessTable::alive);

    List<String> ports = Files.readAllLines(folder.resolve("ports"));
    RunningServers servers =
        RunningServers.at(
            folder,
            new RunningServers.Ports(
                Integer.parseInt(ports.get(0)),
                Integer.parseInt(ports.get(1)),
                Integer.parseInt(ports.get(2))),
            Lifetime.OUTLIVES_JVM);
    assertThat(servers.all()).allMatch(LocalServer::alive);
    Timing.of("All three, orderly stop", servers::close);
    assertThat(pids).noneMatch(ProcessTable::alive);
  }

  private Process startInOtherJvm(Lifetime lifetime) throws Exception {
    File log = folder.resolve("other-jvm.log").toFile();
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            OtherJvm.class.getName(),
            folder.toString(),
            lifetime.name())
        .redirectErrorStream(true)
        .redirectOutput(log)
        .start();
  }

  private Set<Long> pids(Process child) throws Exception {
    Path ready = folder.resolve("pids");
    while (!Files.exists(ready)) {
      assertThat(child.isAlive()).as(() -> readQuietly(folder.resolve("other-jvm.log"))).isTrue();
      Thread.sleep(50);
    }
    Set<Long> pids = new HashSet<>();
    Files.readAllLines(ready).forEach(line -> pids.add(Long.parseLong(line)));
    return pids;
  }

  private static String readQuietly(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}

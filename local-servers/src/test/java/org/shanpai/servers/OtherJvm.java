package org.shanpai.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program that starts the three servers in a folder, writes down their ports and processes, and
 * then waits.
 */
final class OtherJvm {

  private OtherJvm() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    RunningServers.Ports ports = RunningServers.Ports.free();
    long begin = System.nanoTime();
    RunningServers servers = RunningServers.start(folder, ports, Lifetime.valueOf(arguments[1]));
    System.out.printf("All three, first start: %d ms%n", (System.nanoTime() - begin) / 1_000_000);
    Files.writeString(
        folder.resolve("ports"),
        Stream.of(ports.kafka(), ports.postgres(), ports.redis())
            .map(String::valueOf)
            .collect(Collectors.joining("\n")));
    Path fresh = folder.resolve("pids.new");
    Files.writeString(
        fresh,
        servers.all().stream()
            .flatMap(server -> server.pids().stream())
            .map(String::valueOf)
            .collect(Collectors.joining("\n")));
    Files.move(fresh, folder.resolve("pids"));
    Thread.currentThread().join();
  }
}

package org.shanpai.stack.command;

import java.util.Map;
import java.util.concurrent.Callable;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.servers.Lifetime;
import org.shanpai.stack.Program;
import org.shanpai.stack.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The stack without the city. */
@Command(
    name = "up",
    description = "Starts everything and returns; ./shanpai down stops it.",
    mixinStandardHelpOptions = true)
final class Up implements Callable<Integer> {

  @Option(names = "--keep", description = "Goes on with the data of the last run.")
  private boolean keep;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "City seconds in one real second (default: 1).")
  private Double speed;

  @Mixin private StackOptions options;

  @Override
  public Integer call() {
    long now = WallClock.system().millis();
    Opening opening =
        Opening.of(
            options,
            keep,
            Lifetime.OUTLIVES_JVM,
            new CityClock.Anchor(now, now, speed == null ? 1 : speed),
            speed != null,
            Map.of());
    Stack stack = opening.stack();
    System.out.println("Starting Kafka, PostgreSQL, Redis and the services; about half a minute.");
    stack.start(System.out::println);
    System.out.printf(
        "%nControl room: %s%nCode for the first operator: %s%nLogs: %s%n",
        stack.ports().url(Program.CONTROL_ROOM), stack.firstOperatorCode(), opening.data().logs());
    return 0;
  }
}

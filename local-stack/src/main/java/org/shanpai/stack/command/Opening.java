package org.shanpai.stack.command;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.function.Consumer;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.servers.Lifetime;
import org.shanpai.stack.CannotRun;
import org.shanpai.stack.DataFolder;
import org.shanpai.stack.Machine;
import org.shanpai.stack.Stack;
import org.shanpai.stack.StackPorts;

/**
 * What has to be in order before a stack is started: memory, ports, folder, clock.
 *
 * @param data the folder, emptied unless it was to be kept
 * @param anchor of the city clock, stored in the folder
 * @param stack not yet started
 */
record Opening(DataFolder data, CityClock.Anchor anchor, Stack stack) {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /**
   * @param speed city seconds for a wall second; null for what is kept, or {@code otherwise}
   * @param first the anchor of a new city
   * @throws CannotRun or {@link org.shanpai.servers.PortTaken} in one sentence
   */
  static Opening of(
      StackOptions options,
      boolean keep,
      Lifetime lifetime,
      CityClock.Anchor first,
      boolean speedAsked,
      Map<String, String> environment) {
    StackPorts ports = options.ports();
    Machine.here().requireMemory();
    requireStopped(options.data());
    ports.requireFree();
    DataFolder data = DataFolder.open(options.data(), keep);
    CityClock.Anchor wanted =
        speedAsked
            ? first
            : new CityClock.Anchor(
                first.wallMillis(), first.cityMillis(), data.keptSpeed().orElse(first.speed()));
    CityClock.Anchor anchor = data.anchor(wanted);
    return new Opening(
        data, anchor, Stack.of(StackOptions.home(), data, ports, lifetime, anchor, environment));
  }

  /** Nothing may run over a folder that is about to be used. */
  private static void requireStopped(Path folder) {
    Stack.find(StackOptions.home(), folder)
        .filter(Stack::alive)
        .ifPresent(
            stack -> {
              throw new CannotRun(
                  "A stack already runs over %s; stop it with ./shanpai down, or choose another folder with --data."
                      .formatted(folder));
            });
  }

  /** A city that starts now, on the next such day at such a time. */
  static CityClock.Anchor anchor(WallClock wall, DayOfWeek day, LocalTime opens, double speed) {
    LocalDate date = LocalDate.ofInstant(wall.now(), ZONE).with(TemporalAdjusters.nextOrSame(day));
    return new CityClock.Anchor(
        wall.millis(), date.atTime(opens).atZone(ZONE).toInstant().toEpochMilli(), speed);
  }

  /** Stops every child when this JVM ends, however it ends; Ctrl-C included. */
  void stopAtExit(Consumer<String> said) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (stack.alive()) {
                    said.accept("Stopping everything ...");
                    stack.close();
                  }
                }));
  }
}

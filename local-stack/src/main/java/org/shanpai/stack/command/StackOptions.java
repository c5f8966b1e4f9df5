package org.shanpai.stack.command;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.shanpai.stack.Program;
import org.shanpai.stack.StackPorts;
import picocli.CommandLine.Option;

/** Where the stack is and listens. */
final class StackOptions {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder for everything that is stored (default: data in the project).")
  Path data;

  @Option(
      names = "--port-control-room",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port of the control room (default: ${DEFAULT-VALUE}).")
  int controlRoom;

  @Option(
      names = "--port-order",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Port of order-service (default: ${DEFAULT-VALUE}).")
  int order;

  @Option(
      names = "--port-dispatch",
      paramLabel = "PORT",
      defaultValue = "8082",
      description = "Port of dispatch-service (default: ${DEFAULT-VALUE}).")
  int dispatch;

  @Option(
      names = "--port-rider",
      paramLabel = "PORT",
      defaultValue = "8083",
      description = "Port of rider-service (default: ${DEFAULT-VALUE}).")
  int rider;

  @Option(
      names = "--port-geo",
      paramLabel = "PORT",
      defaultValue = "8084",
      description = "Port of geo-service (default: ${DEFAULT-VALUE}).")
  int geo;

  @Option(
      names = "--port-kafka",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Port of Kafka (default: ${DEFAULT-VALUE}).")
  int kafka;

  @Option(
      names = "--port-postgres",
      paramLabel = "PORT",
      defaultValue = "5432",
      description = "Port of PostgreSQL (default: ${DEFAULT-VALUE}).")
  int postgres;

  @Option(
      names = "--port-redis",
      paramLabel = "PORT",
      defaultValue = "6379",
      description = "Port of Redis (default: ${DEFAULT-VALUE}).")
  int redis;

  /** The project's folder, told by the script. */
  static Path home() {
    return Path.of(System.getProperty("shanpai.home", ".")).toAbsolutePath().normalize();
  }

  Path data() {
    return data == null ? home().resolve("data") : data;
  }

  StackPorts ports() {
    Map<Program, Integer> programs = new EnumMap<>(Program.class);
    programs.put(Program.CONTROL_ROOM, controlRoom);
    programs.put(Program.ORDER, order);
    programs.put(Program.DISPATCH, dispatch);
    programs.put(Program.RIDER, rider);
    programs.put(Program.GEO, geo);
    return new StackPorts(programs, kafka, postgres, redis);
  }
}

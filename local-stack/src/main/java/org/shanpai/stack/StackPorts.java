package org.shanpai.stack;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.shanpai.servers.FreePorts;

/**
 * Where everything listens, all on the loopback address.
 *
 * @param programs a port 1–65535 for each program
 */
public record StackPorts(Map<Program, Integer> programs, int kafka, int postgres, int redis) {

  public static final int KAFKA = 9092;
  public static final int POSTGRES = 5432;
  public static final int REDIS = 6379;

  /**
   * @throws CannotRun when two of them are the same or one is no port
   */
  public StackPorts {
    programs = Map.copyOf(new EnumMap<>(programs));
    Map<Integer, String> taken = new HashMap<>();
    for (Program program : Program.values()) {
      once(taken, programs.get(program), program.portOption());
    }
    once(taken, kafka, "--port-kafka");
    once(taken, postgres, "--port-postgres");
    once(taken, redis, "--port-redis");
  }

  private static void once(Map<Integer, String> taken, int port, String option) {
    if (port < 1 || port > 65_535) {
      throw new CannotRun("%s must be within 1 to 65535 but is %d.".formatted(option, port));
    }
    String other = taken.putIfAbsent(port, option);
    if (other != null) {
      throw new CannotRun(
          "%s and %s are both %d; give each its own port.".formatted(other, option, port));
    }
  }

  public static StackPorts defaults() {
    Map<Program, Integer> programs = new EnumMap<>(Program.class);
    for (Program program : Program.values()) {
      programs.put(program, program.defaultPort());
    }
    return new StackPorts(programs, KAFKA, POSTGRES, REDIS);
  }

  public int of(Program program) {
    return programs.get(program);
  }

  public String url(Program program) {
    return "http://127.0.0.1:" + of(program);
  }

  /**
   * Refuses when somebody else listens on one of them.
   *
   * @throws org.shanpai.servers.PortTaken naming the port and the option that chooses another
   */
  public void requireFree() {
    for (Program program : Program.values()) {
      FreePorts.requireFree(of(program), program.portOption());
    }
    FreePorts.requireFree(kafka, "--port-kafka");
    FreePorts.requireFree(postgres, "--port-postgres");
    FreePorts.requireFree(redis, "--port-redis");
  }
}

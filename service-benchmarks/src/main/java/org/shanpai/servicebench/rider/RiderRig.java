package org.shanpai.servicebench.rider;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.servers.FreePorts;
import org.shanpai.servers.Lifetime;
import org.shanpai.servers.PostgresServer;
import org.shanpai.stack.CannotRun;
import org.shanpai.stack.DataFolder;
import org.shanpai.stack.Program;
import org.shanpai.stack.Stack;
import org.shanpai.stack.StackPorts;

/**
 * Kafka, PostgreSQL (fsync and synchronous_commit on) and rider-service as processes of their own,
 * on free ports, in real time. Parts of the benchmark share it.
 */
public final class RiderRig implements AutoCloseable {

  /** The service among the processes. */
  static final String SERVICE = Program.RIDER.text();

  /** Its database among the processes. */
  static final String POSTGRES = "postgres";

  private static final Duration TOKEN_LIFE = Duration.ofHours(3);

  private final Stack stack;
  private final StackPorts ports;
  private final PostgresServer postgres;
  private final TokenIssuer issuer;
  private final String manager;

  /**
   * Starts everything.
   *
   * @param home of the project
   * @param folder for everything stored; emptied first
   * @param jvm options of rider-service
   */
  RiderRig(Path home, Path folder, List<String> jvm, Consumer<String> said) {
    DataFolder data = DataFolder.open(folder, false);
    List<Integer> free = FreePorts.list(Program.values().length + 3);
    Map<Program, Integer> programs = new EnumMap<>(Program.class);
    for (Program program : Program.values()) {
      programs.put(program, free.get(3 + program.ordinal()));
    }
    this.ports = new StackPorts(programs, free.get(0), free.get(1), free.get(2));
    this.issuer = new TokenIssuer(Program.RIDER.text(), data.keys(), WallClock.system());
    this.manager =
        new TokenIssuer(Program.CONTROL_ROOM.text(), data.keys(), WallClock.system())
            .issue("bench-manager", Set.of(Roles.MANAGER), TOKEN_LIFE, Map.of());
    this.stack =
        Stack.of(
            home,
            data,
            ports,
            Lifetime.WITH_JVM,
            CityClock.Anchor.REAL_TIME,
            Map.of(),
            Map.of(Program.RIDER, jvm));
    stack.start(Set.of(Program.RIDER), said);
    this.postgres = (PostgresServer) stack.all().get(POSTGRES);
  }

  InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", ports.of(Program.RIDER));
  }

  String host() {
    return "127.0.0.1:" + ports.of(Program.RIDER);
  }

  /** The service's own database, with all rights. */
  Connection database() {
    try {
      return postgres.connectAsSuperuser(Program.RIDER.database());
    } catch (SQLException e) {
      throw new CannotRun("The database of rider-service cannot be looked into.", e);
    }
  }

  /** Process ids of the service. */
  Set<Long> pids() {
    return pids(SERVICE);
  }

  /** Process ids of {@link #SERVICE} or {@link #POSTGRES}. */
  Set<Long> pids(String server) {
    return stack.all().get(server).pids();
  }

  Path log() {
    return stack.log(Program.RIDER.text());
  }

  String riderToken(String riderId) {
    return issuer.issue(riderId, Set.of(Roles.RIDER), TOKEN_LIFE, Map.of());
  }

  /** Somebody who may tell every rider something. */
  String managerToken() {
    return manager;
  }

  @Override
  public void close() {
    stack.close();
  }
}

package org.shanpai.stack;

import java.nio.file.Path;
import java.util.List;

/** The programs of ours that make up the stack. */
public enum Program {
  CONTROL_ROOM("control-room", "control_room", "--port-control-room", 8080),
  ORDER("order-service", "order_service", "--port-order", 8081),
  DISPATCH("dispatch-service", "dispatch_service", "--port-dispatch", 8082),
  RIDER("rider-service", "rider_service", "--port-rider", 8083),
  GEO("geo-service", "geo_service", "--port-geo", 8084);

  private final String text;
  private final String database;
  private final String portOption;
  private final int defaultPort;

  Program(String text, String database, String portOption, int defaultPort) {
    this.text = text;
    this.database = database;
    this.portOption = portOption;
    this.defaultPort = defaultPort;
  }

  /** The module's name, which is also its name in logs. */
  public String text() {
    return text;
  }

  /** Its database, and the role that owns it. */
  public String database() {
    return database;
  }

  public String portOption() {
    return portOption;
  }

  public int defaultPort() {
    return defaultPort;
  }

  /** The jar that Maven builds. */
  public Path jar(Path home) {
    return home.resolve(text).resolve("target/quarkus-app/quarkus-run.jar");
  }

  /**
   * Options of its JVM. The first compiler alone warms up sooner and needs less memory; only the
   * engine, which computes for a living, gets both.
   */
  List<String> jvmOptions() {
    List<String> shared =
        List.of(
            "-Xms32m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    return this == DISPATCH
        ? shared
        : java.util.stream.Stream.concat(
                shared.stream(), java.util.stream.Stream.of("-XX:TieredStopAtLevel=1"))
            .toList();
  }
}

package org.shanpai.servicebench.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
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
 * Kafka, PostgreSQL (fsync and synchronous_commit on), order-service and geo-service as processes
 * of their own, on free ports, in real time; with an area, merchants and their stores.
 */
final class IntakeRig implements AutoCloseable {

  static final String AREA = "bench";
  private static final Duration TOKEN_LIFE = Duration.ofHours(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Stack stack;
  private final StackPorts ports;
  private final PostgresServer postgres;
  private final TokenIssuer merchants;
  private final String manager;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Starts everything.
   *
   * @param home of the project
   * @param folder for everything stored; emptied first
   * @param jvm options of order-service and geo-service
   */
  IntakeRig(Path home, Path folder, List<String> jvm, Consumer<String> said) {
    DataFolder data = DataFolder.open(folder, false);
    List<Integer> free = FreePorts.list(Program.values().length + 3);
    Map<Program, Integer> programs = new EnumMap<>(Program.class);
    for (Program program : Program.values()) {
      programs.put(program, free.get(3 + program.ordinal()));
    }
    this.ports = new StackPorts(programs, free.get(0), free.get(1), free.get(2));
    WallClock wall = WallClock.system();
    this.merchants = new TokenIssuer(Program.ORDER.text(), data.keys(), wall);
    this.manager =
        new TokenIssuer(Program.CONTROL_ROOM.text(), data.keys(), wall)
            .issue("bench-manager", Set.of(Roles.MANAGER), TOKEN_LIFE, Map.of());
    this.stack =
        Stack.of(
            home,
            data,
            ports,
            Lifetime.WITH_JVM,
            CityClock.Anchor.REAL_TIME,
            Map.of(),
            Map.of(Program.ORDER, jvm, Program.GEO, jvm));
    stack.start(Set.of(Program.ORDER, Program.GEO), said);
    this.postgres = (PostgresServer) stack.all().get("postgres");
  }

  InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", ports.of(Program.ORDER));
  }

  int kafkaPort() {
    return ports.kafka();
  }

  PostgresServer postgres() {
    return postgres;
  }

  /** The service's own database, with all rights. */
  Connection database() {
    try {
      return postgres.connectAsSuperuser(Program.ORDER.database());
    } catch (SQLException e) {
      throw new CannotRun("The database of order-service cannot be looked into.", e);
    }
  }

  Set<Long> pids(String server) {
    return stack.all().get(server).pids();
  }

  Path log(String server) {
    return stack.log(server);
  }

  String merchantToken(String merchantId) {
    return merchants.issue(merchantId, Set.of(Roles.MERCHANT), TOKEN_LIFE, Map.of());
  }

  /** Makes the area, the merchants and their stores. */
  void open(Shops shops) {
    call(Program.GEO, "POST", "/v1/areas/import", manager, area());
    for (int shop = 0; shop < shops.count(); shop++) {
      String id = shops.merchantId(shop);
      call(
          Program.ORDER,
          "PUT",
          "/v1/merchants/" + id,
          manager,
          JSON.createObjectNode().put("name", "Bench " + shop));
      ObjectNode store = JSON.createObjectNode();
      store.put("name", "Bench " + shop);
      store.put("coordinateSystem", CoordinateSystem.WGS_84.text());
      put(store.putObject("place"), shops.place(shop));
      store.put("rangeMetres", 3_000);
      store.put("preparationSeconds", 600);
      store.put("open", true);
      call(Program.ORDER, "PUT", "/v1/stores/" + shops.storeId(shop), merchantToken(id), store);
    }
  }

  private static ObjectNode area() {
    ObjectNode file = JSON.createObjectNode();
    file.put("coordinateSystem", CoordinateSystem.WGS_84.text());
    ObjectNode area = file.putArray("areas").addObject();
    area.put("areaId", AREA);
    area.put("name", "Bench");
    area.put("coordinateSystem", CoordinateSystem.WGS_84.text());
    double side = Shops.CITY.sideMetres();
    for (int[] corner : new int[][] {{0, 0}, {1, 0}, {1, 1}, {0, 1}}) {
      put(area.withArray("outline").addObject(), Shops.CITY.at(corner[0] * side, corner[1] * side));
    }
    return file;
  }

  private static void put(ObjectNode place, GeoPoint point) {
    place.put("lat", point.lat()).put("lon", point.lon());
  }

  /**
   * Asks a service.
   *
   * @throws CannotRun when it answers anything but 2xx
   */
  JsonNode call(Program program, String method, String path, String token, JsonNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ports.url(program) + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new CannotRun(
            "%s %s answered %d %s; its log is %s."
                .formatted(method, path, answer.statusCode(), answer.body(), log(program.text())));
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(program.text() + " did not answer.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("Interrupted while asking " + program.text() + ".", e);
    }
  }

  @Override
  public void close() {
    stack.close();
  }
}

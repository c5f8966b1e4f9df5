package org.shanpai.servicebench.geo.ping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.servers.FreePorts;
import org.shanpai.servers.Lifetime;
import org.shanpai.stack.CannotRun;
import org.shanpai.stack.DataFolder;
import org.shanpai.stack.Program;
import org.shanpai.stack.Stack;
import org.shanpai.stack.StackPorts;

/**
 * Kafka, PostgreSQL, Redis and geo-service as processes of their own, on free ports, in real time;
 * with areas that cover the city of {@link Crowd} and tokens for whoever asks.
 */
final class GeoRig implements AutoCloseable {

  private static final int AREAS_A_SIDE = 4;
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Stack stack;
  private final TokenIssuer riders;
  private final String service;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;

  /**
   * Starts everything and sets up the areas.
   *
   * @param home of the project
   * @param folder for everything stored; emptied first
   * @param jvm options of geo-service
   */
  GeoRig(Path home, Path folder, List<String> jvm, Consumer<String> said) {
    DataFolder data = DataFolder.open(folder, false);
    List<Integer> free = FreePorts.list(Program.values().length + 3);
    Map<Program, Integer> programs = new EnumMap<>(Program.class);
    for (Program program : Program.values()) {
      programs.put(program, free.get(3 + program.ordinal()));
    }
    StackPorts ports = new StackPorts(programs, free.get(0), free.get(1), free.get(2));
    WallClock wall = WallClock.system();
    this.riders = new TokenIssuer("rider-service", data.keys(), wall);
    this.service =
        new TokenIssuer("dispatch-service", data.keys(), wall)
            .issueForService(Program.GEO.text(), "bench", TOKEN_LIFE);
    String manager =
        new TokenIssuer("control-room", data.keys(), wall)
            .issue("bench-manager", Set.of(Roles.MANAGER), TOKEN_LIFE, Map.of());
    this.stack =
        Stack.of(
            home,
            data,
            ports,
            Lifetime.WITH_JVM,
            CityClock.Anchor.REAL_TIME,
            Map.of(),
            Map.of(Program.GEO, jvm));
    this.url = URI.create(ports.url(Program.GEO));
    stack.start(Set.of(Program.GEO), said);
    try {
      setUpAreas(manager);
    } catch (RuntimeException e) {
      stack.kill();
      throw e;
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(url.getHost(), url.getPort());
  }

  String riderToken(String riderId) {
    return riders.issue(riderId, Set.of(Roles.RIDER), TOKEN_LIFE, Map.of());
  }

  /** Processes of a server by its name in {@link Stack#all()}. */
  Set<Long> pids(String server) {
    return stack.all().get(server).pids();
  }

  /** Where a server writes its log. */
  Path log(String server) {
    return stack.log(server);
  }

  private void setUpAreas(String manager) {
    ObjectNode file = JSON.createObjectNode();
    file.put("coordinateSystem", CoordinateSystem.WGS_84.text());
    ArrayNode areas = file.putArray("areas");
    double side = Crowd.CITY.sideMetres() / AREAS_A_SIDE;
    for (int row = 0; row < AREAS_A_SIDE; row++) {
      for (int column = 0; column < AREAS_A_SIDE; column++) {
        ObjectNode area = areas.addObject();
        area.put("areaId", areaId(row * AREAS_A_SIDE + column));
        area.put("name", "Square %d-%d".formatted(row, column));
        area.put("coordinateSystem", CoordinateSystem.WGS_84.text());
        ArrayNode outline = area.putArray("outline");
        for (int[] corner : new int[][] {{0, 0}, {1, 0}, {1, 1}, {0, 1}}) {
          GeoPoint place = Crowd.CITY.at((column + corner[0]) * side, (row + corner[1]) * side);
          outline.addObject().put("lat", place.lat()).put("lon", place.lon());
        }
      }
    }
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(url.resolve("/v1/areas/import"))
                .header("Authorization", "Bearer " + manager)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(file.toString())),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200
        || !answer.body().contains("\"created\":" + AREAS_A_SIDE * AREAS_A_SIDE)) {
      throw new CannotRun(
          "geo-service did not take the benchmark's areas: %d %s"
              .formatted(answer.statusCode(), answer.body()));
    }
  }

  private static String areaId(int number) {
    return "bench-%02d".formatted(number);
  }

  /**
   * Asks every area for its riders, as dispatch does before a wave.
   *
   * @param rider gets the id of each and the time of the newest reading, epoch milliseconds; some
   *     twice
   */
  void readAreas(ObjLongConsumer<String> rider) {
    for (int area = 0; area < AREAS_A_SIDE * AREAS_A_SIDE; area++) {
      HttpResponse<InputStream> answer =
          get(
              "/internal/v1/areas/%s/riders?withinMetres=200".formatted(areaId(area)),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body();
          JsonParser json = JSON.createParser(body)) {
        if (answer.statusCode() != 200) {
          throw new CannotRun(
              "geo-service answered %d when asked for the riders of an area; its log is %s."
                  .formatted(answer.statusCode(), log(Program.GEO.text())));
        }
        readRiders(json, rider);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** An array of objects whose fields riderId and at count. */
  static void readRiders(JsonParser json, ObjLongConsumer<String> rider) throws IOException {
    int depth = 0;
    String riderId = null;
    String at = null;
    for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        depth++;
      } else if (token == JsonToken.END_OBJECT) {
        depth--;
        if (depth == 0) {
          rider.accept(riderId, Instant.parse(at).toEpochMilli());
        }
      } else if (token == JsonToken.VALUE_STRING && depth == 1) {
        if (json.currentName().equals("riderId")) {
          riderId = json.getText();
        } else if (json.currentName().equals("at")) {
          at = json.getText();
        }
      }
    }
  }

  /**
   * Where the service has a rider.
   *
   * @return time of the newest reading, epoch milliseconds; 0 when it knows of none
   */
  long positionAt(String riderId) {
    HttpResponse<byte[]> answer =
        get("/v1/riders/%s/position".formatted(riderId), HttpResponse.BodyHandlers.ofByteArray());
    try {
      return answer.statusCode() == 200
          ? Instant.parse(JSON.readTree(answer.body()).path("at").asText()).toEpochMilli()
          : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> body) {
    return send(
        HttpRequest.newBuilder(url.resolve(path))
            .header("Authorization", "Bearer " + service)
            .GET(),
        body);
  }

  private <T> HttpResponse<T> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> bodyHandler) {
    try {
      return http.send(request.timeout(Duration.ofSeconds(60)).build(), bodyHandler);
    } catch (IOException e) {
      throw new UncheckedIOException("geo-service did not answer.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("Interrupted while asking geo-service.", e);
    }
  }

  @Override
  public void close() {
    stack.close();
  }
}

package org.shanpai.rider.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * dispatch-service as riders named {@code r-web-…} see it: jobs {@code j-web-…} go from step to
 * step, and only in turn. The pickup code is 4711, the customer's 081542.
 */
public final class PlayedDispatch {

  /** What is answered. */
  public record Reply(int status, String body) {}

  private static final Map<String, String> FROM =
      Map.of(
          "ARRIVED_STORE", "ASSIGNED",
          "PICKED_UP", "AT_STORE",
          "ARRIVED_CUSTOMER", "PICKED_UP",
          "DELIVERED", "AT_CUSTOMER");
  private static final Map<String, String> TO =
      Map.of(
          "ARRIVED_STORE", "AT_STORE",
          "PICKED_UP", "PICKED_UP",
          "ARRIVED_CUSTOMER", "AT_CUSTOMER",
          "DELIVERED", "DELIVERED");

  private final ObjectMapper json = new ObjectMapper();
  private final AtomicLong versions = new AtomicLong(10);
  private final Map<String, Duty> duties = new ConcurrentHashMap<>();
  private final Map<String, Reply> given = new ConcurrentHashMap<>();

  /** What one rider has in hand. */
  private static final class Duty {
    private final Map<String, String> jobs = new LinkedHashMap<>();
    private boolean online;
  }

  /** Whether it is this one who answers. */
  public boolean plays(String path, JsonNode body) {
    return path.contains("-web-") || body.path("riderId").asText().startsWith("r-web-");
  }

  /**
   * @param key the same again gets the same answer
   */
  public synchronized Reply answer(String path, String key, JsonNode body) {
    if (key == null) {
      return made(path, body);
    }
    String same = path + " " + key;
    Reply before = given.get(same);
    Reply reply = before == null ? made(path, body) : before;
    given.put(same, reply);
    return reply;
  }

  private Reply made(String path, JsonNode body) {
    if (path.endsWith("/codes/check")) {
      return check(body);
    }
    if (path.endsWith("/contact")) {
      String note =
          path.contains("-hall-")
              ? "按门铃，谢谢"
              : "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>";
      return new Reply(
          200,
          "{\"contactName\":\"李女士\",\"contactPhone\":\"000012345678\",\"virtualNumber\":true,"
              + "\"address\":\"文三路 90 号 2 幢 301\",\"dropPoint\":true,"
              + "\"dropPointInstruction\":\"放门口的柜子里\",\"checks\":[],\"note\":\""
              + note
              + "\"}");
    }
    String[] parts = path.split("/");
    String rider = path.contains("/riders/") ? parts[4] : body.path("riderId").asText();
    Duty duty = duties.computeIfAbsent(rider, any -> new Duty());
    if (path.endsWith("/online")) {
      duty.online = body.path("online").asBoolean();
    } else if (path.endsWith("/accept")) {
      duty.jobs.put(parts[4].replaceFirst("^of-", "j-"), "ASSIGNED");
    } else if (path.endsWith("/grab")) {
      duty.jobs.put(parts[4], "ASSIGNED");
    } else if (path.endsWith("/hall")) {
      return new Reply(200, "{\"jobs\":[" + hallJob(rider) + "]}");
    } else if (path.endsWith("/hand-overs")) {
      return new Reply(200, "{\"handOvers\":[]}");
    } else if (path.endsWith("/why")) {
      return new Reply(
          200,
          "{\"why\":[{\"zh\":\"您离店最近，现在出发正好准时。\",\"en\":\"You are nearest and just in"
              + " time.\"}]}");
    } else if (path.endsWith("/fatigue")) {
      return new Reply(
          200,
          "{\"state\":\"FIT\",\"at\":\""
              + Instant.now()
              + "\",\"workedSeconds\":9360,\"streakSeconds\":5400,\"confirmed\":false,\"limitAt\":\""
              + Instant.now().plusSeconds(9_000)
              + "\",\"limits\":{}}");
    } else if (path.endsWith("/steps")) {
      String step = body.path("step").asText();
      if (!FROM.getOrDefault(step, "").equals(duty.jobs.get(parts[4]))) {
        return new Reply(
            409,
            "{\"type\":\"urn:shanpai:problem:out-of-turn\",\"status\":409,\"detail\":\"Not"
                + " yet.\"}");
      }
      duty.jobs.put(parts[4], TO.get(step));
      if (step.equals("DELIVERED")) {
        duty.jobs.remove(parts[4]);
      }
    }
    return new Reply(200, "{\"work\":" + work(rider, duty) + "}");
  }

  private static Reply check(JsonNode body) {
    String right = body.path("kind").asText().equals("PICKUP") ? "4711" : "081542";
    boolean left = body.path("dropPoint").asBoolean() && body.hasNonNull("proofId");
    return left || right.equals(body.path("code").asText())
        ? new Reply(204, "")
        : new Reply(
            409,
            "{\"type\":\"urn:shanpai:problem:wrong-code\",\"status\":409,\"field\":\"code\","
                + "\"detail\":\"That is not the code.\"}");
  }

  private static String hallJob(String rider) {
    Instant now = Instant.now();
    return "{\"jobId\":\"j-web-hall-"
        + rider
        + "\",\"epoch\":2,\"areaId\":\"a-1\",\"storeId\":\"s-7\",\"pickup\":{\"lat\":30.281,\"lon\":120.132},"
        + "\"dropoff\":{\"lat\":30.289,\"lon\":120.139},\"promise\":{\"start\":\""
        + now
        + "\",\"end\":\""
        + now.plusSeconds(1800)
        + "\"},\"expectedReadyAt\":\""
        + now.plusSeconds(300)
        + "\",\"loadUnits\":2,\"weightGrams\":1500,\"needs\":[],\"direct\":false,\"pay\":720,\"tip\":200,"
        + "\"metresToStore\":420}";
  }

  private String work(String rider, Duty duty) {
    ObjectNode work = json.createObjectNode();
    work.put("riderId", rider).put("cityId", "city-1").put("version", versions.incrementAndGet());
    work.put("online", duty.online).put("capacityUnits", 8).put("loadUnits", 2 * duty.jobs.size());
    ArrayNode jobs = work.putArray("jobs");
    ArrayNode route = work.putArray("route");
    Instant now = Instant.now();
    duty.jobs.forEach(
        (job, status) -> {
          jobs.addObject().put("jobId", job).put("epoch", 3).put("status", status);
          if (status.equals("ASSIGNED") || status.equals("AT_STORE")) {
            stop(route, job, "PICKUP", 30.28, 120.13, now.plusSeconds(240));
          }
          stop(route, job, "DROPOFF", 30.29, 120.14, now.plusSeconds(1_200));
        });
    return work.toString();
  }

  private static void stop(
      ArrayNode route, String job, String kind, double lat, double lon, Instant at) {
    ObjectNode stop = route.addObject().put("jobId", job).put("kind", kind);
    stop.putObject("place").put("lat", lat).put("lon", lon);
    stop.put("plannedArrivalAt", at.toString()).put("dueAt", at.plusSeconds(300).toString());
  }

  /** geo-service's part: a way around one corner, and some streets. */
  public static Reply geo(String path, String query) {
    if (path.endsWith("/positions")) {
      return new Reply(202, "{\"accepted\":1,\"rejected\":[]}");
    }
    if (path.endsWith("/route")) {
      double[] from = place(query, "from");
      double[] to = place(query, "to");
      long metres =
          Math.round(111_320 * (Math.abs(to[0] - from[0]) + 0.86 * Math.abs(to[1] - from[1])));
      return new Reply(
          200,
          ("{\"points\":[{\"lat\":%1$s,\"lon\":%2$s},{\"lat\":%1$s,\"lon\":%4$s},"
                  + "{\"lat\":%3$s,\"lon\":%4$s}],\"metres\":%5$d,\"seconds\":%6$d,"
                  + "\"onStreets\":true,\"offStreetMetres\":4}")
              .formatted(from[0], from[1], to[0], to[1], metres, metres / 4 + 1));
    }
    StringBuilder streets = new StringBuilder("{\"version\":\"v\",\"complete\":true,\"streets\":[");
    for (int i = 0; i < 12; i++) {
      double off = 30.27 + i * 0.002;
      double across = 120.12 + i * 0.002;
      streets
          .append(i == 0 ? "" : ",")
          .append(
              "{\"kind\":\"%s\",\"line\":[%s,120.11,%s,120.15]},{\"kind\":\"residential\",\"line\":[30.26,%s,30.3,%s]}"
                  .formatted(i % 4 == 1 ? "secondary" : "residential", off, off, across, across));
    }
    return new Reply(200, streets.append("]}").toString());
  }

  private static double[] place(String query, String name) {
    String value = query.replaceAll("(^|.*&)" + name + "=([^&]*).*", "$2");
    String[] parts = value.split(",");
    return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
  }
}

package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.shanpai.openapi.ApiOperation;
import org.shanpai.stack.Program;

/** What was answered with 201 and must be there, whole, ever after. Thread-safe. */
final class Created {

  private static final int MOST = 20_000;
  private static final Pattern ID = Pattern.compile("\"([a-z]{1,2}-[A-Za-z0-9._:-]+)\"");

  /**
   * @param target where it can be read
   * @param answer what was told of it when it was made
   */
  record Thing(
      Program program, Persona who, String kind, String id, String target, JsonNode answer) {}

  private final Map<String, Thing> things = new LinkedHashMap<>();

  synchronized void answered(
      Program program, ApiOperation operation, Persona who, String path, Answer answer) {
    if (answer.status() != 201 || things.size() >= MOST) {
      return;
    }
    JsonNode body = answer.json();
    Thing thing =
        switch (program.text() + " " + operation.name()) {
          case "order-service POST /v1/orders" ->
              thing(program, who, "order", body.path("orderId").asText(), "/v1/orders/");
          case "order-service PUT /v1/stores/{storeId}" ->
              thing(program, who, "store", body.path("storeId").asText(), "/v1/stores/");
          case "order-service PUT /v1/merchants/{merchantId}" ->
              thing(program, who, "merchant", body.path("merchantId").asText(), null);
          case "rider-service PUT /v1/riders/{riderId}" ->
              thing(program, who, "rider", body.path("riderId").asText(), "/v1/riders/");
          case "geo-service PUT /v1/areas/{areaId}" ->
              thing(program, who, "area", last(path), "/v1/areas/");
          default -> null;
        };
    if (thing != null && !thing.id().isEmpty()) {
      things.put(
          thing.kind() + " " + thing.id(),
          new Thing(program, who, thing.kind(), thing.id(), thing.target(), body));
    }
  }

  private static Thing thing(Program program, Persona who, String kind, String id, String at) {
    return new Thing(
        program, who, kind, id, at == null ? null : at + RequestMaker.encoded(id), null);
  }

  private static String last(String path) {
    return java.net.URLDecoder.decode(
        path.substring(path.lastIndexOf('/') + 1), java.nio.charset.StandardCharsets.UTF_8);
  }

  synchronized List<Thing> all() {
    return new ArrayList<>(things.values());
  }

  /** Every id of that kind that stood in an answer of 201. */
  synchronized Set<String> mentioned(String kind) {
    Set<String> ids = new HashSet<>();
    for (Thing thing : things.values()) {
      if (thing.kind().equals(kind)) {
        ids.add(thing.id());
        ID.matcher(thing.answer().toString()).results().forEach(found -> ids.add(found.group(1)));
      }
    }
    return ids;
  }
}

package org.shanpai.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.shanpai.openapi.ApiDocument;
import org.shanpai.openapi.ApiOperation;
import org.shanpai.stack.Program;

/** Requests as a sensible caller would make them from the document. One for each worker. */
final class RequestMaker {

  /** Lone surrogates have no UTF-8; escaped they are JSON all the same. */
  static final ObjectMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * A request before it is written.
   *
   * @param body JSON, or null for none or where the text is something else
   * @param other the body where it is not JSON, or null
   */
  record Draft(
      ApiOperation operation,
      Persona who,
      String path,
      String query,
      List<String> headers,
      JsonNode body,
      byte[] other) {

    Shot shot() {
      byte[] bytes = null;
      if (body != null) {
        bytes = json(body);
      } else if (other != null) {
        bytes = other;
      }
      return new Shot(operation.method(), path + query, headers, bytes);
    }
  }

  private final Lore lore;
  private final KnownIds known;
  private final Random random;
  private final ValueMaker values;
  private final Program program;
  private String deed = "";

  RequestMaker(Program program, ApiDocument document, Lore lore, KnownIds known, Random random) {
    this.program = program;
    this.lore = lore;
    this.known = known;
    this.random = random;
    this.values = new ValueMaker(document, lore, random);
  }

  static byte[] json(JsonNode body) {
    try {
      return ASCII.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("No JSON: " + e.getOriginalMessage(), e);
    }
  }

  Draft draft(ApiOperation operation, Persona who) {
    List<String> headers = new ArrayList<>();
    headers.add("Accept: " + (operation.streams() ? "text/event-stream" : "*/*"));
    if (who.token() != null) {
      headers.add("Authorization: Bearer " + who.token());
    }
    for (JsonNode header : operation.parameters("header")) {
      String name = header.path("name").asText();
      if (name.equalsIgnoreCase("Idempotency-Key")) {
        headers.add(name + ": " + lore.fresh("key"));
      } else if (header.path("schema").path("format").asText().equals("date-time")
          && random.nextInt(3) == 0) {
        headers.add(name + ": " + lore.now());
      }
    }
    deed = deed(operation);
    JsonNode body = null;
    byte[] bytes = null;
    if (operation.takesBody() && takesPicture(operation)) {
      boolean named = operation.bodyType().startsWith("image/");
      headers.add("Content-Type: " + (named ? "image/png" : operation.bodyType()));
      bytes = Picture.png(random);
    } else if (operation.takesBody()) {
      headers.add("Content-Type: " + operation.bodyType());
      JsonNode made = body(operation, who.name());
      if (made.isTextual() && !operation.bodyType().contains("json")) {
        bytes = made.asText().getBytes(StandardCharsets.UTF_8);
      } else {
        body = made;
      }
    }
    return new Draft(
        operation,
        who,
        path(operation, who.name()),
        query(operation, who.name()),
        headers,
        body,
        bytes);
  }

  private static boolean takesPicture(ApiOperation operation) {
    return operation.bodyType().startsWith("image/")
        || operation.bodyType().equals("application/octet-stream");
  }

  /** What is done to the thing in the path: the last word of the address, or the method. */
  static String deed(ApiOperation operation) {
    String[] words = operation.path().split("/");
    String last = words[words.length - 1];
    return last.startsWith("{") ? operation.method() + " " + words[words.length - 2] : last;
  }

  /**
   * A value of that name with which the deed can be done just now, as far as life beside the fuzz
   * has found out; null when it has not, and now and then all the same.
   */
  private JsonNode fitting(String owner, String name) {
    return random.nextInt(10) == 0
        ? null
        : known.fitting(owner, deed + " " + name, program, random);
  }

  private JsonNode body(ApiOperation operation, String owner) {
    List<JsonNode> examples = ApiDocument.examples(operation.body());
    if (!examples.isEmpty() && random.nextInt(10) < 8) {
      JsonNode example = examples.get(random.nextInt(examples.size()));
      return operation.bodyType().contains("json") && !example.isTextual()
          ? adapted(example, owner, "")
          : example;
    }
    return values.make(owner, "", operation.body().path("schema"));
  }

  /** The example as this caller would send it: own ids, now, here. */
  JsonNode adapted(JsonNode sample, String owner, String name) {
    if (sample.isObject()) {
      ObjectNode made = NODES.objectNode();
      sample
          .properties()
          .forEach(f -> made.set(f.getKey(), adapted(f.getValue(), owner, f.getKey())));
      return made;
    }
    if (sample.isArray()) {
      ArrayNode made = NODES.arrayNode();
      sample.forEach(one -> made.add(adapted(one, owner, name)));
      return made;
    }
    // Outlines keep their shape: only single places move.
    JsonNode fit = fitting(owner, name);
    if (fit != null) {
      return fit;
    }
    JsonNode told =
        name.equals("coordinateSystem") ? null : lore.value(owner, name, sample, random);
    return told == null || name.equals("lat") || name.equals("lon") ? sample : told;
  }

  private String path(ApiOperation operation, String owner) {
    String path = operation.path();
    boolean changes = !operation.method().equals("GET");
    for (String variable : operation.pathVariables()) {
      JsonNode fit = fitting(owner, variable);
      JsonNode told = fit == null ? lore.value(owner, variable, null, random) : fit;
      String value = told == null ? made(operation, variable) : told.asText();
      boolean makes = operation.method().equals("PUT") && variable.endsWith("Id");
      String prefix = variable.substring(0, 1) + "-";
      if (makes && random.nextInt(3) == 0) {
        value = lore.fresh(prefix.substring(0, 1));
      } else if (changes
          && !variable.equals("stationId")
          && Lore.SPARES.contains(prefix + "spare")
          && spared(operation)) {
        value = prefix + "spare";
      }
      path =
          path.replaceAll(
              "\\{" + variable + "[^}]*}",
              java.util.regex.Matcher.quoteReplacement(encoded(value)));
    }
    return path;
  }

  /** One of those the schema names, or something new. */
  private String made(ApiOperation operation, String variable) {
    for (JsonNode parameter : operation.parameters("path")) {
      if (parameter.path("name").asText().equals(variable)) {
        JsonNode schema = parameter.path("schema");
        String pattern = schema.path("pattern").asText();
        if (pattern.matches("\\w+(\\|\\w+)+")) {
          String[] choices = pattern.split("\\|");
          return choices[random.nextInt(choices.length)];
        }
        if (schema.path("enum").size() > 0) {
          return schema.path("enum").get(random.nextInt(schema.path("enum").size())).asText();
        }
      }
    }
    return lore.fresh("x");
  }

  /** What everybody else stands on is mostly left alone. */
  private boolean spared(ApiOperation operation) {
    boolean shared =
        operation.path().startsWith("/v1/areas/{areaId}")
            || operation.path().equals("/v1/stores/{storeId}")
            || operation.path().equals("/v1/merchants/{merchantId}")
            || operation.path().startsWith("/v1/stations/{stationId}/riders/")
            || operation.path().startsWith("/v1/riders/{riderId}");
    // Whose phone is let go of has no session any more, and takes no further part.
    return shared && (operation.path().endsWith("/device/release") || random.nextInt(8) > 0);
  }

  private String query(ApiOperation operation, String owner) {
    StringBuilder query = new StringBuilder();
    for (JsonNode parameter : operation.parameters("query")) {
      String name = parameter.path("name").asText();
      boolean needed = parameter.path("required").asBoolean() || always(name);
      if (needed || random.nextInt(10) < 3) {
        List<JsonNode> examples = ApiDocument.examples(parameter);
        JsonNode value =
            !examples.isEmpty() && random.nextInt(10) < 8
                ? adapted(examples.get(0), owner, name)
                : values.make(owner, name, parameter.path("schema"));
        if (!value.isContainerNode()) {
          query
              .append(query.length() == 0 ? '?' : '&')
              .append(encoded(name))
              .append('=')
              .append(encoded(value.asText()));
        }
      }
    }
    return query.toString();
  }

  private static boolean always(String name) {
    return switch (name) {
      case "coordinateSystem", "lat", "lon", "south", "north", "west", "east", "from", "to" -> true;
      default -> false;
    };
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

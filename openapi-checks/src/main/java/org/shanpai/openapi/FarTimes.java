package org.shanpai.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Good requests with one time in them put where neither milliseconds nor databases follow: the end
 * of Java's calendar. Every such request is to be refused, never stored and never a server error.
 */
final class FarTimes {

  static final String TIME = "+1000000000-12-31T23:59:59.999999999Z";
  static final String DATE = "+999999999-12-31";

  private static final Pattern TIME_SHOWN = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*");
  private static final Pattern DATE_SHOWN = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

  private final ApiDocument document;

  FarTimes(ApiDocument document) {
    this.document = document;
  }

  /**
   * A body for each time or date that the schema names and the good body has.
   *
   * @param good JSON
   * @return by the field's name
   */
  Map<String, String> bodies(ApiOperation operation, String good) {
    Map<String, String> bodies = new LinkedHashMap<>();
    if (good == null || !DocumentRules.isJson(operation.bodyType())) {
      return bodies;
    }
    try {
      JsonNode body = ApiDocument.JSON.readTree(good);
      put(bodies, body, body, operation.body().path("schema"), "");
    } catch (JsonProcessingException noJson) {
      // A fixture's body may be broken on purpose.
      return Map.of();
    }
    return bodies;
  }

  /** Changes each time in turn, writes the whole body down, and changes it back. */
  private void put(
      Map<String, String> bodies, JsonNode whole, JsonNode at, JsonNode schema, String name) {
    JsonNode meant = document.resolve(schema);
    if (at instanceof ObjectNode object) {
      for (String field : names(object)) {
        JsonNode value = object.get(field);
        JsonNode of = property(meant, field);
        String far = far(value, document.resolve(of));
        if (far == null) {
          put(bodies, whole, value, of, name + field + ".");
        } else {
          object.set(field, TextNode.valueOf(far));
          bodies.put(name + field, whole.toString());
          object.set(field, value);
        }
      }
    } else if (at instanceof ArrayNode array && array.size() > 0) {
      put(bodies, whole, array.get(0), meant.path("items"), name);
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** What the schema says of that field, itself or in one of its parts; missing for nothing. */
  private JsonNode property(JsonNode schema, String field) {
    JsonNode own = schema.path("properties").path(field);
    for (JsonNode part : parts(schema)) {
      own = own.isMissingNode() ? property(part, field) : own;
    }
    return own;
  }

  private List<JsonNode> parts(JsonNode schema) {
    List<JsonNode> parts = new ArrayList<>();
    for (String kind : new String[] {"allOf", "oneOf", "anyOf"}) {
      schema.path(kind).forEach(one -> parts.add(document.resolve(one)));
    }
    return parts;
  }

  private String far(JsonNode value, JsonNode schema) {
    String format = schema.path("format").asText();
    for (JsonNode part : parts(schema)) {
      format = format.isEmpty() ? part.path("format").asText() : format;
    }
    if (!value.isTextual()) {
      return null;
    }
    return switch (format) {
      case "date-time" -> TIME;
      case "date" -> DATE;
      default -> null;
    };
  }

  /**
   * A query for each parameter that is a time or a date.
   *
   * @param needed what must stand in the query besides, without the question mark; or null
   * @return by the parameter's name
   */
  Map<String, String> queries(ApiOperation operation, String needed) {
    Map<String, String> queries = new LinkedHashMap<>();
    for (JsonNode parameter : operation.parameters("query")) {
      String name = parameter.path("name").asText();
      String far = far(parameter);
      if (far != null) {
        String rest =
            needed == null ? "" : needed.replaceAll("(^|&)" + Pattern.quote(name) + "=[^&]*", "");
        queries.put(name, name + "=" + URLEncoder.encode(far, StandardCharsets.UTF_8) + "&" + rest);
      }
    }
    return queries;
  }

  private String far(JsonNode parameter) {
    String told = far(TextNode.valueOf(""), document.resolve(parameter.path("schema")));
    if (told != null) {
      return told;
    }
    List<JsonNode> shown = ApiDocument.examples(parameter);
    String text = shown.isEmpty() ? "" : shown.get(0).asText();
    return TIME_SHOWN.matcher(text).matches()
        ? TIME
        : DATE_SHOWN.matcher(text).matches() ? DATE : null;
  }
}

package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.shanpai.openapi.ApiDocument;

/** Values that a schema allows, at random. One for each worker. */
final class ValueMaker {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEPEST = 7;

  private static final String[] WORDS = {
    "milk", "牛奶 1 L", "李女士", "南京西路 1 弄 2 号 301 室", "王小明", "changed mind", "晨光便利"
  };

  private final ApiDocument document;
  private final Lore lore;
  private final Random random;

  ValueMaker(ApiDocument document, Lore lore, Random random) {
    this.document = document;
    this.lore = lore;
    this.random = random;
  }

  /**
   * @param name of the field or parameter
   */
  JsonNode make(String owner, String name, JsonNode schema) {
    return make(owner, name, schema, 0);
  }

  private JsonNode make(String owner, String name, JsonNode given, int depth) {
    JsonNode schema = document.resolve(given);
    for (String choice : new String[] {"oneOf", "anyOf"}) {
      if (schema.path(choice).size() > 0) {
        JsonNode of = schema.path(choice);
        return make(owner, name, of.get(random.nextInt(of.size())), depth + 1);
      }
    }
    if (schema.path("allOf").size() > 0) {
      ObjectNode all = NODES.objectNode();
      for (JsonNode part : schema.path("allOf")) {
        JsonNode made = make(owner, name, part, depth + 1);
        if (!made.isObject()) {
          return made;
        }
        all.setAll((ObjectNode) made);
      }
      return all;
    }
    if (schema.path("enum").size() > 0) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
    }
    return switch (type(schema)) {
      case "object" -> object(owner, schema, depth);
      case "array" -> array(owner, name, schema, depth);
      case "integer", "number" -> number(owner, name, schema);
      case "boolean" -> NODES.booleanNode(random.nextInt(4) > 0);
      case "null" -> NODES.nullNode();
      default -> text(owner, name, schema);
    };
  }

  private String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      // [string, null]: the null comes now and then.
      int at = random.nextInt(type.size());
      return type.get(random.nextInt(5) == 0 ? at : 0).asText();
    }
    return type.asText(schema.has("properties") ? "object" : "string");
  }

  private JsonNode object(String owner, JsonNode schema, int depth) {
    ObjectNode made = NODES.objectNode();
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              boolean wanted =
                  required.contains(property.getKey()) || depth < DEEPEST && random.nextInt(10) < 6;
              if (wanted) {
                made.set(
                    property.getKey(),
                    make(owner, property.getKey(), property.getValue(), depth + 1));
              }
            });
    return made;
  }

  private JsonNode array(String owner, String name, JsonNode schema, int depth) {
    ArrayNode made = NODES.arrayNode();
    int least = schema.path("minItems").asInt(0);
    int most = Math.min(schema.path("maxItems").asInt(4), least + 3);
    int size = depth >= DEEPEST ? least : least + random.nextInt(Math.max(1, most - least + 1));
    for (int i = 0; i < size; i++) {
      made.add(make(owner, name, schema.path("items"), depth + 1));
    }
    return made;
  }

  private JsonNode number(String owner, String name, JsonNode schema) {
    JsonNode told = lore.value(owner, name, null, random);
    if (told != null && told.isNumber()) {
      return told;
    }
    double least = schema.path("minimum").asDouble(schema.path("exclusiveMinimum").asDouble(0));
    double most = schema.path("maximum").asDouble(least + 1_000);
    double at = least + random.nextDouble() * Math.min(most - least, 5_000);
    return type(schema).equals("integer")
        ? NODES.numberNode((long) Math.ceil(at))
        : NODES.numberNode(Math.round(at * 1e4) / 1e4);
  }

  private JsonNode text(String owner, String name, JsonNode schema) {
    boolean time = Set.of("from", "to", "before", "until", "since").contains(name);
    if (time || schema.path("format").asText().equals("date-time")) {
      return NODES.textNode(lore.about(name, random).toString());
    }
    JsonNode told = lore.value(owner, name, null, random);
    if (told != null && told.isTextual()) {
      return told;
    }
    if (schema.path("format").asText().equals("uuid")) {
      return NODES.textNode(new java.util.UUID(random.nextLong(), random.nextLong()).toString());
    }
    String pattern = schema.path("pattern").asText("");
    String made = WORDS[random.nextInt(WORDS.length)];
    if (pattern.contains("0-9") && !pattern.contains("A-Z")) {
      made = Integer.toString(1000 + random.nextInt(9000));
    } else if (!pattern.isEmpty()) {
      made = lore.fresh("x");
    }
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(500);
    StringBuilder text = new StringBuilder(made);
    while (text.length() < least) {
      text.append('x');
    }
    return NODES.textNode(text.length() > most ? text.substring(0, most) : text.toString());
  }
}

package org.shanpai.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Derives the JSON schema of an event's data from its record, and a sample that fits it. Primitive
 * components are required; all others may be null or absent, so that events can grow by addition.
 */
final class JsonSchemas {

  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private JsonSchemas() {}

  static ObjectNode of(EventType<?> type) {
    ObjectNode schema = MAPPER.createObjectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", "urn:shanpai:event:" + type.text());
    schema.put("title", type.body().getSimpleName());
    schema.put("description", "Data of " + type.text() + " on topic " + type.topic().text());
    fill(schema, type.body(), false);
    return schema;
  }

  private static void fill(ObjectNode schema, Class<?> type, boolean nullable) {
    schema.putPOJO("type", nullable ? List.of("object", "null") : "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (RecordComponent component : type.getRecordComponents()) {
      boolean primitive = component.getType().isPrimitive();
      if (primitive) {
        required.add(component.getName());
      }
      properties.set(component.getName(), property(component.getGenericType(), !primitive));
    }
  }

  private static ObjectNode property(Type type, boolean nullable) {
    ObjectNode node = MAPPER.createObjectNode();
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      Type[] arguments = generic.getActualTypeArguments();
      if (Map.class.isAssignableFrom(raw)) {
        scalar(node, "object", nullable);
        node.set("additionalProperties", property(arguments[1], true));
      } else {
        scalar(node, "array", nullable);
        node.set("items", property(arguments[0], false));
        if (Set.class.isAssignableFrom(raw)) {
          node.put("uniqueItems", true);
        }
      }
      return node;
    }
    Class<?> raw = (Class<?>) type;
    if (raw == boolean.class || raw == Boolean.class) {
      scalar(node, "boolean", nullable);
    } else if (raw == double.class || raw == Double.class) {
      scalar(node, "number", nullable);
    } else if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
      scalar(node, "integer", nullable);
    } else if (raw == String.class) {
      scalar(node, "string", nullable);
    } else if (raw == Instant.class) {
      scalar(node, "string", nullable);
      node.put("format", "date-time");
    } else if (raw == LocalDate.class) {
      scalar(node, "string", nullable);
      node.put("format", "date");
    } else if (raw.isEnum()) {
      ArrayNode values = node.putArray("enum");
      Arrays.stream(raw.getEnumConstants()).forEach(value -> values.add(value.toString()));
      if (nullable) {
        values.addNull();
      }
    } else if (valueOf(raw) != null) {
      scalar(node, valueOf(raw).getType() == long.class ? "integer" : "string", nullable);
    } else if (raw.isRecord()) {
      fill(node, raw, nullable);
    } else {
      throw new IllegalArgumentException("no schema for " + raw);
    }
    return node;
  }

  private static void scalar(ObjectNode node, String type, boolean nullable) {
    if (nullable) {
      node.putArray("type").add(type).add("null");
    } else {
      node.put("type", type);
    }
  }

  /** The one component that stands for the record in JSON, or null. */
  private static RecordComponent valueOf(Class<?> type) {
    if (!type.isRecord()) {
      return null;
    }
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> component.getAccessor().isAnnotationPresent(JsonValue.class))
        .findFirst()
        .orElse(null);
  }

  /** An instance with every component set. */
  static Object sample(Type type) throws ReflectiveOperationException {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      Type[] arguments = generic.getActualTypeArguments();
      if (Map.class.isAssignableFrom(raw)) {
        return Map.of("a", sample(arguments[1]));
      }
      Object item = sample(arguments[0]);
      return Set.class.isAssignableFrom(raw) ? Set.of(item) : List.of(item);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == int.class || raw == Integer.class) {
      return 7;
    }
    if (raw == long.class || raw == Long.class) {
      return 7L;
    }
    if (raw == double.class || raw == Double.class) {
      return 1.5;
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return true;
    }
    if (raw == String.class) {
      return "text";
    }
    if (raw == Instant.class) {
      return Instant.parse("2026-01-01T10:00:00Z");
    }
    if (raw == LocalDate.class) {
      return LocalDate.of(2026, 1, 1);
    }
    if (raw.isEnum()) {
      return raw.getEnumConstants()[0];
    }
    RecordComponent[] components = raw.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = sample(components[i].getGenericType());
    }
    Constructor<?> constructor = raw.getDeclaredConstructor(types);
    return constructor.newInstance(values);
  }
}

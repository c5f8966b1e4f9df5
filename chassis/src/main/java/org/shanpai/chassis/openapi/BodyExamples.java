package org.shanpai.chassis.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Puts the example of a body together from the examples of its fields, where the resource shows no
 * whole one. A required field without an example leaves the body without one: a test says so.
 */
final class BodyExamples {

  private static final int DEEPEST = 6;

  private final Map<String, Schema> schemas;

  BodyExamples(OpenAPI document) {
    this.schemas =
        document.getComponents() == null || document.getComponents().getSchemas() == null
            ? Map.of()
            : document.getComponents().getSchemas();
  }

  void complete(Operation operation) {
    if (operation.getRequestBody() == null || operation.getRequestBody().getContent() == null) {
      return;
    }
    MediaType json =
        operation.getRequestBody().getContent().getMediaTypes().get("application/json");
    if (json == null || json.getExample() != null || json.getExamples() != null) {
      return;
    }
    Object example = of(json.getSchema(), 0);
    if (example != null) {
      json.setExample(example);
    }
  }

  /** Null when there is none. */
  private Object of(Schema given, int depth) {
    Schema schema = resolve(given);
    if (schema == null || depth > DEEPEST) {
      return null;
    }
    if (schema.getExamples() != null && !schema.getExamples().isEmpty()) {
      return schema.getExamples().get(0);
    }
    if (schema.getEnumeration() != null && !schema.getEnumeration().isEmpty()) {
      return schema.getEnumeration().get(0);
    }
    if (schema.getItems() != null) {
      Object one = of(schema.getItems(), depth + 1);
      return one == null ? null : List.of(one);
    }
    if (schema.getProperties() == null) {
      return null;
    }
    List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
    Map<String, Object> example = new LinkedHashMap<>();
    for (Map.Entry<String, Schema> property : schema.getProperties().entrySet()) {
      Object value = of(property.getValue(), depth + 1);
      if (value != null) {
        example.put(property.getKey(), value);
      } else if (required.contains(property.getKey())) {
        return null;
      }
    }
    return example.isEmpty() ? null : example;
  }

  private Schema resolve(Schema given) {
    Schema at = given;
    for (int i = 0; i < 20 && at != null && at.getRef() != null; i++) {
      at = schemas.get(at.getRef().substring(at.getRef().lastIndexOf('/') + 1));
    }
    return at;
  }
}

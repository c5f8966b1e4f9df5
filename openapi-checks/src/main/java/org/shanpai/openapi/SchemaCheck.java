package org.shanpai.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds JSON values to the schemas of one document. A null field counts as an absent one, as the
 * interfaces promise; a field that the schema does not know is a violation. Thread-safe.
 */
public final class SchemaCheck {

  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private final ApiDocument document;
  private final Map<JsonNode, JsonSchema> compiled = new ConcurrentHashMap<>();

  public SchemaCheck(ApiDocument document) {
    this.document = document;
  }

  /** What is wrong with the value, each with its place in it; empty when nothing is. */
  public List<String> violations(JsonNode schema, JsonNode value) {
    JsonNode told = withoutNulls(value);
    List<String> wrong = new ArrayList<>();
    for (ValidationMessage message : compiled(schema).validate(told)) {
      wrong.add(message.getMessage());
    }
    unknownFields(schema, told, "$", wrong);
    return wrong;
  }

  private JsonSchema compiled(JsonNode schema) {
    return compiled.computeIfAbsent(
        schema,
        any -> {
          ObjectNode whole = ApiDocument.JSON.createObjectNode();
          whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
          whole.set("components", document.root().path("components"));
          whole.putArray("allOf").add(schema);
          return FACTORY.getSchema(whole);
        });
  }

  private void unknownFields(JsonNode schema, JsonNode value, String at, List<String> wrong) {
    JsonNode known = document.resolve(schema);
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        unknownFields(known.path("items"), value.get(i), at + "[" + i + "]", wrong);
      }
      return;
    }
    // Free-form and composed schemas are the validator's business alone.
    if (!value.isObject()
        || !known.has("properties")
        || known.has("additionalProperties")
        || known.has("allOf")
        || known.has("oneOf")
        || known.has("anyOf")) {
      return;
    }
    value
        .properties()
        .forEach(
            field -> {
              JsonNode of = known.path("properties").path(field.getKey());
              if (of.isMissingNode()) {
                wrong.add(at + "." + field.getKey() + " is not documented");
              } else {
                unknownFields(of, field.getValue(), at + "." + field.getKey(), wrong);
              }
            });
  }

  private static JsonNode withoutNulls(JsonNode value) {
    if (value.isObject()) {
      ObjectNode copy = ApiDocument.JSON.createObjectNode();
      value
          .properties()
          .forEach(
              field -> {
                if (!field.getValue().isNull()) {
                  copy.set(field.getKey(), withoutNulls(field.getValue()));
                }
              });
      return copy;
    }
    if (value.isArray()) {
      ArrayNode copy = ApiDocument.JSON.createArrayNode();
      value.forEach(one -> copy.add(withoutNulls(one)));
      return copy;
    }
    return value;
  }
}

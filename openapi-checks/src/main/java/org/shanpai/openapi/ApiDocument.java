package org.shanpai.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An OpenAPI 3.1 document as its service gives it at {@code /q/openapi?format=json}. Immutable. */
public final class ApiDocument {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head", "options");

  private final JsonNode root;
  private final List<ApiOperation> operations = new ArrayList<>();

  private ApiDocument(JsonNode root) {
    this.root = root;
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        one -> {
                          if (METHODS.contains(one.getKey())) {
                            operations.add(
                                new ApiOperation(
                                    one.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey(),
                                    one.getValue()));
                          }
                        }));
  }

  /**
   * @throws IllegalArgumentException when it is no OpenAPI document
   */
  public static ApiDocument parse(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (!root.has("openapi")) {
        throw new IllegalArgumentException("This is no OpenAPI document: it has no 'openapi'.");
      }
      return new ApiDocument(root);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  public JsonNode root() {
    return root;
  }

  public List<ApiOperation> operations() {
    return List.copyOf(operations);
  }

  /**
   * @throws IllegalArgumentException when there is none of that name
   */
  public ApiOperation operation(String name) {
    return operations.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no operation " + name + "."));
  }

  /** The operation a real request meets; the one with the fewest variables when several match. */
  public Optional<ApiOperation> find(String method, String path) {
    return operations.stream()
        .filter(one -> one.method().equals(method) && one.matches(path))
        .min(Comparator.comparingInt(one -> one.pathVariables().size()));
  }

  /** What a {@code $ref} stands for; everything else is itself. */
  public JsonNode resolve(JsonNode node) {
    JsonNode at = node;
    for (int i = 0; i < 20 && at.has("$ref"); i++) {
      at = root.at(at.path("$ref").asText().substring(1));
    }
    return at;
  }

  /** The examples of a media type or parameter object, in the document's order. */
  public static List<JsonNode> examples(JsonNode holder) {
    List<JsonNode> found = new ArrayList<>();
    if (holder.has("example")) {
      found.add(holder.get("example"));
    }
    holder
        .path("examples")
        .forEach(example -> found.add(example.isObject() ? example.path("value") : example));
    return found;
  }
}

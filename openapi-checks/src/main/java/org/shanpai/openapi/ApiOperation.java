package org.shanpai.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One operation of a document.
 *
 * @param method upper case
 * @param path template such as {@code /v1/orders/{orderId}}
 * @param node the operation object
 */
public record ApiOperation(String method, String path, JsonNode node) {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)[^}]*}");

  /** Such as {@code POST /v1/orders}. */
  public String name() {
    return method + " " + path;
  }

  /** Roles of which one is needed; empty when nobody has to sign in. */
  public Set<String> roles() {
    Set<String> roles = new LinkedHashSet<>();
    node.path("security")
        .forEach(
            requirement ->
                requirement.forEach(scopes -> scopes.forEach(role -> roles.add(role.asText()))));
    return roles;
  }

  /** Names of the path's variables, in order. */
  public List<String> pathVariables() {
    return VARIABLE.matcher(path).results().map(found -> found.group(1)).toList();
  }

  /** Parameter objects in {@code path}, {@code query} or {@code header}. */
  public List<JsonNode> parameters(String in) {
    List<JsonNode> found = new ArrayList<>();
    node.path("parameters")
        .forEach(
            parameter -> {
              if (parameter.path("in").asText().equals(in)) {
                found.add(parameter);
              }
            });
    return found;
  }

  public boolean takesBody() {
    return node.has("requestBody");
  }

  /** The media type of the body, JSON where there are several; null without a body. */
  public String bodyType() {
    JsonNode content = node.path("requestBody").path("content");
    if (content.isMissingNode() || content.isEmpty()) {
      return null;
    }
    return content.has("application/json") ? "application/json" : content.fieldNames().next();
  }

  /** The media type object of the body; missing without one. */
  public JsonNode body() {
    return node.path("requestBody").path("content").path(String.valueOf(bodyType()));
  }

  /** The documented answers of 2xx and 3xx. */
  public Set<Integer> goodStatuses() {
    Set<Integer> good = new LinkedHashSet<>();
    node.path("responses")
        .fieldNames()
        .forEachRemaining(
            status -> {
              if (status.matches("[23]\\d\\d")) {
                good.add(Integer.parseInt(status));
              }
            });
    return good;
  }

  public Optional<JsonNode> response(int status) {
    JsonNode response = node.path("responses").path(Integer.toString(status));
    return response.isMissingNode() ? Optional.empty() : Optional.of(response);
  }

  /** Whether the answer is a stream of server-sent events. */
  public boolean streams() {
    for (JsonNode response : node.path("responses")) {
      if (response.path("content").has("text/event-stream")) {
        return true;
      }
    }
    return false;
  }

  /** Whether a real path, without query, is one of this template. */
  public boolean matches(String realPath) {
    String[] mine = path.split("/", -1);
    String[] other = realPath.split("/", -1);
    if (mine.length != other.length) {
      return false;
    }
    for (int i = 0; i < mine.length; i++) {
      if (!mine[i].contains("{") && !mine[i].equals(other[i])) {
        return false;
      }
    }
    return true;
  }
}

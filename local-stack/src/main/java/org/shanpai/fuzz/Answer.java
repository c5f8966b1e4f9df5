package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.shanpai.city.api.Wire;

/**
 * What a service said.
 *
 * @param status 0 when nothing came
 * @param headers names in lower case
 * @param failure why nothing came, or null
 * @param millis until the whole of it was there
 */
record Answer(int status, Map<String, String> headers, byte[] body, String failure, long millis) {

  private static final String REACHED = "x-shanpai-reached";

  static Answer none(String failure, long millis) {
    return new Answer(0, Map.of(), new byte[0], failure, millis);
  }

  Answer took(long millis, boolean cutOff) {
    String why = failure != null && cutOff ? failure + " (before all was sent)" : failure;
    return new Answer(status, headers, body, why, millis);
  }

  boolean ok() {
    return status >= 200 && status < 300;
  }

  /** Whether an endpoint's own code, or the validation of what it takes, was reached. */
  boolean reached() {
    return headers.containsKey(REACHED);
  }

  String type() {
    return headers.getOrDefault("content-type", "");
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** JSON, or a missing node. */
  JsonNode json() {
    if (body.length == 0 || !type().contains("json")) {
      return MissingNode.getInstance();
    }
    try {
      return Wire.JSON.readTree(body);
    } catch (IOException noJson) {
      return MissingNode.getInstance();
    }
  }
}

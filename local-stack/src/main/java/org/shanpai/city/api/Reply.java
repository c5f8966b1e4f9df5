package org.shanpai.city.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/**
 * An answer of a public API.
 *
 * @param status of HTTP; 0 when nobody answered
 * @param body JSON, or a missing node
 * @param retryAfterSeconds 0 when not told
 */
public record Reply(int status, JsonNode body, int retryAfterSeconds) {

  static final Reply NONE = new Reply(0, MissingNode.getInstance(), 0);

  static Reply of(int status, byte[] body, int retryAfterSeconds) {
    if (body == null || body.length == 0) {
      return new Reply(status, MissingNode.getInstance(), retryAfterSeconds);
    }
    try {
      return new Reply(status, Wire.JSON.readTree(body), retryAfterSeconds);
    } catch (IOException noJson) {
      return new Reply(status, MissingNode.getInstance(), retryAfterSeconds);
    }
  }

  /** 2xx. */
  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /** Whether it is the refusal of that kind, the last part of the problem's type. */
  public boolean problem(String slug) {
    return body.path("type").asText("").endsWith(slug);
  }

  /** Whether the same call may yet succeed, with nothing changed. */
  public boolean passing() {
    return status == 0
        || status == 408
        || status == 429 && !problem("too-many-tries")
        || status >= 500
        || status == 409 && (problem("in-progress") || problem("assignment-under-way"));
  }

  /** In words, for logs. */
  public String text() {
    String detail = body.path("detail").asText("");
    return status + (detail.isEmpty() ? "" : " " + detail);
  }
}

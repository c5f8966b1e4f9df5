package org.shanpai.city.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;

/**
 * A call of a public API.
 *
 * @param method of HTTP
 * @param url whole
 * @param body JSON text, or null for none
 * @param idempotencyKey null where the method repeats safely by itself
 */
public record Request(String method, String url, byte[] body, String idempotencyKey) {

  public static Request get(String url) {
    return new Request("GET", url, null, null);
  }

  public static Request put(String url, Object body) {
    return new Request("PUT", url, json(body), null);
  }

  public static Request post(String url, Object body, String idempotencyKey) {
    return new Request("POST", url, json(body), idempotencyKey);
  }

  /** A body that need not be JSON. */
  public static Request raw(String method, String url, String body, String idempotencyKey) {
    return new Request(method, url, body.getBytes(StandardCharsets.UTF_8), idempotencyKey);
  }

  private static byte[] json(Object body) {
    try {
      return Wire.JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No JSON: " + body, e);
    }
  }
}

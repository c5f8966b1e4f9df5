package org.shanpai.city.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;

/**
 * A call of a public API.
 *
 * @param method of HTTP
 * @param url whole
 * @param body of the content type, or null for none
 * @param idempotencyKey null where the method repeats safely by itself
 * @param contentType of the body
 */
public record Request(
    String method, String url, byte[] body, String idempotencyKey, String contentType) {

  private static final String JSON = "application/json";

  public static Request get(String url) {
    return new Request("GET", url, null, null, JSON);
  }

  public static Request put(String url, Object body) {
    return new Request("PUT", url, json(body), null, JSON);
  }

  public static Request post(String url, Object body, String idempotencyKey) {
    return new Request("POST", url, json(body), idempotencyKey, JSON);
  }

  /** A body that need not be JSON. */
  public static Request raw(String method, String url, String body, String idempotencyKey) {
    return new Request(method, url, body.getBytes(StandardCharsets.UTF_8), idempotencyKey, JSON);
  }

  /** A picture. */
  public static Request picture(String url, byte[] png, String idempotencyKey) {
    return new Request("POST", url, png, idempotencyKey, "image/png");
  }

  private static byte[] json(Object body) {
    try {
      return Wire.JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No JSON: " + body, e);
    }
  }
}

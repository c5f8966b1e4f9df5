package org.shanpai.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.EventType;

/** Events to and from their JSON on the wire. */
public final class Envelopes {

  private Envelopes() {}

  public static String write(Event<?> event) {
    ObjectNode envelope = Json.mapper().createObjectNode();
    envelope.put("id", event.id().toString());
    envelope.put("type", event.type().text());
    envelope.put("cityId", event.cityId().value());
    envelope.put("key", event.key());
    envelope.put("version", event.version());
    envelope.put("occurredAt", event.occurredAt().toString());
    envelope.put("recordedAt", event.recordedAt().toString());
    envelope.put("actor", event.actor());
    envelope.put("traceparent", event.traceparent());
    envelope.set("data", Json.mapper().valueToTree(event.data()));
    return Json.write(envelope);
  }

  /**
   * @throws PoisonException when the text is no event of a registered type, saying what is wrong
   */
  public static Event<?> read(String text) {
    JsonNode envelope;
    try {
      envelope = text == null ? null : Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new PoisonException("not JSON: " + e.getOriginalMessage(), e);
    }
    if (envelope == null || !envelope.isObject()) {
      throw new PoisonException("not an event envelope");
    }
    String typeText = envelope.path("type").asText(null);
    EventType<?> type =
        EventType.find(typeText)
            .orElseThrow(() -> new PoisonException("unregistered event type '" + typeText + "'"));
    return typed(envelope, type);
  }

  private static <T> Event<T> typed(JsonNode envelope, EventType<T> type) {
    try {
      JsonNode data = envelope.get("data");
      if (data == null || !data.isObject()) {
        throw new PoisonException("event of type " + type.text() + " has no data");
      }
      return new Event<>(
          UUID.fromString(envelope.path("id").asText()),
          type,
          new CityId(envelope.path("cityId").asText(null)),
          envelope.path("key").asText(),
          envelope.path("version").asLong(),
          Instant.parse(envelope.path("occurredAt").asText()),
          Instant.parse(envelope.path("recordedAt").asText()),
          envelope.path("actor").asText(null),
          envelope.path("traceparent").asText(null),
          Json.mapper().treeToValue(data, type.body()));
    } catch (PoisonException e) {
      throw e;
    } catch (JsonProcessingException | RuntimeException e) {
      throw new PoisonException(
          "event of type " + type.text() + " does not fit its schema: " + e.getMessage(), e);
    }
  }
}

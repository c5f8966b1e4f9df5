package org.shanpai.geo.position.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.chassis.problem.WireInstants;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.geo.position.Phone;
import org.shanpai.geo.position.Ping;
import org.shanpai.geo.position.PingBatch;

/**
 * Reads a phone's batch token by token: the heaviest stream of the platform pays for no object it
 * does not need. What cannot be read is a 400 that names the field; numbers that are none (NaN,
 * Infinity, as words or as strings) are left for the judgement of their ping.
 */
final class PingBody {

  static final int MOST_PINGS = 100;

  /** Far more than that many pings need. */
  static final int MOST_BYTES = 64 * 1024;

  private static final int LONGEST_SESSION = 64;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  private final JsonParser parser;
  private String sessionId;
  private CoordinateSystem coordinateSystem;
  private Integer batteryPercent;
  private List<Ping> pings;

  private PingBody(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * @throws Problem 400 naming the field, or 413
   */
  static PingBatch read(byte[] body) {
    if (body == null || body.length == 0) {
      throw Problem.badRequest(null, "The body is missing.");
    }
    if (body.length > MOST_BYTES) {
      throw new Problem(413, "too-large", null, "A batch has at most " + MOST_BYTES + " bytes.", 0);
    }
    try (JsonParser parser = JSON.createParser(body)) {
      return new PingBody(parser).batch();
    } catch (JsonParseException malformed) {
      throw Problem.badRequest(
          null,
          "The body is not well-formed JSON: line " + malformed.getLocation().getLineNr() + ".");
    } catch (IOException unreadable) {
      throw Problem.badRequest(null, "The body is not well-formed JSON.");
    }
  }

  private PingBatch batch() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw Problem.badRequest(null, "The body must be a JSON object.");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "sessionId" -> sessionId = session();
        case "coordinateSystem" -> coordinateSystem = system();
        case "batteryPercent" -> batteryPercent = battery();
        case "pings" -> pings = pings();
        default -> parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw Problem.badRequest(null, "The body goes on behind its object.");
    }
    if (coordinateSystem == null) {
      throw badSystem("is missing");
    }
    if (sessionId == null) {
      throw Problem.badRequest("sessionId", "sessionId is missing.");
    }
    if (pings == null || pings.isEmpty()) {
      throw Problem.badRequest("pings", "pings must hold 1 to " + MOST_PINGS + " readings.");
    }
    return new PingBatch(new Phone(sessionId, batteryPercent), coordinateSystem, pings);
  }

  private String session() throws IOException {
    String text = text("sessionId");
    if (text != null && (text.isBlank() || text.length() > LONGEST_SESSION)) {
      throw Problem.badRequest(
          "sessionId", "sessionId must have 1 to " + LONGEST_SESSION + " characters.");
    }
    return text;
  }

  private CoordinateSystem system() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw badSystem("is no text");
    }
    try {
      return CoordinateSystem.parse(parser.getText());
    } catch (IllegalArgumentException unknown) {
      throw Problem.badRequest("coordinateSystem", unknown.getMessage() + ".");
    }
  }

  private static Problem badSystem(String what) {
    return Problem.badRequest(
        "coordinateSystem", "coordinateSystem " + what + "; it must be WGS-84, GCJ-02 or BD-09.");
  }

  private Integer battery() throws IOException {
    Double percent = number("batteryPercent");
    if (percent == null) {
      return null;
    }
    if (!(percent >= 0 && percent <= 100)) {
      throw Problem.badRequest("batteryPercent", "batteryPercent must be within 0..100.");
    }
    return (int) Math.round(percent);
  }

  private List<Ping> pings() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw Problem.badRequest("pings", "pings must be a list.");
    }
    List<Ping> read = new ArrayList<>(10);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (read.size() == MOST_PINGS) {
        throw Problem.badRequest("pings", "pings must hold 1 to " + MOST_PINGS + " readings.");
      }
      read.add(ping(read.size()));
    }
    return read;
  }

  private Ping ping(int index) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw Problem.badRequest("pings[" + index + "]", "A ping must be a JSON object.");
    }
    Long seq = null;
    Instant at = null;
    Double lat = null;
    Double lon = null;
    Double accuracy = null;
    Double speed = null;
    Boolean mock = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      try {
        switch (field) {
          case "seq" -> seq = seq();
          case "at" -> at = instant();
          case "lat" -> lat = number(field);
          case "lon" -> lon = number(field);
          case "accuracyMetres" -> accuracy = number(field);
          case "speedMps" -> speed = number(field);
          case "mock" -> mock = flag();
          default -> parser.skipChildren();
        }
      } catch (Problem wrong) {
        throw Problem.badRequest("pings[" + index + "]." + field, wrong.getMessage());
      }
    }
    return new Ping(seq, at, lat, lon, accuracy, speed, mock);
  }

  private Long seq() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      try {
        long seq = parser.getLongValue();
        if (seq >= 0) {
          return seq;
        }
      } catch (InputCoercionException beyondLong) {
        // Falls through to the refusal.
      }
    }
    throw Problem.badRequest("seq", "seq must be a whole number from 0 to 2^63 − 1.");
  }

  private Instant instant() throws IOException {
    String text = text("at");
    if (text == null) {
      return null;
    }
    try {
      Instant quick = InstantText.parse(text);
      return quick == null ? WireInstants.parse(text) : quick;
    } catch (DateTimeException unreadable) {
      throw Problem.badRequest("at", "at must be a time such as 2026-11-22T04:00:05Z.");
    }
  }

  private Double number(String field) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_STRING ->
          switch (parser.getText()) {
            case "NaN", "Infinity", "-Infinity" -> Double.parseDouble(parser.getText());
            default -> throw Problem.badRequest(field, field + " must be a number.");
          };
      default -> throw Problem.badRequest(field, field + " must be a number.");
    };
  }

  private Boolean flag() {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw Problem.badRequest("mock", "mock must be true or false.");
    };
  }

  private String text(String field) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw Problem.badRequest(field, field + " must be a text.");
    }
    return parser.getText();
  }
}

package org.shanpai.chassis.problem;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;

/**
 * Times of the years 0 to 9999, the only ones RFC 3339 can write; others are refused where they are
 * read, with the field's name. Java's go on for a thousand million years either way, where neither
 * milliseconds nor PostgreSQL follow.
 */
@Singleton
public class WireInstants implements ObjectMapperCustomizer {

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.registerModule(
        new SimpleModule("wire-instants").addDeserializer(Instant.class, new Checked()));
  }

  private static final class Checked extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1;

    Checked() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      Instant time = InstantDeserializer.INSTANT.deserialize(parser, context);
      if (time != null && (time.isBefore(FIRST) || !time.isBefore(END))) {
        throw InvalidFormatException.from(
            parser, "must lie within the years 0000 to 9999", time, Instant.class);
      }
      return time;
    }
  }
}

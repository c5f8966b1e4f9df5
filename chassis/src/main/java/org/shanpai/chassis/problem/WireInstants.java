package org.shanpai.chassis.problem;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.LocalDateDeserializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.function.Predicate;

/**
 * Times and dates of the years 1 to 9999, which both RFC 3339 and PostgreSQL can write; others are
 * refused where they are read, with the field's name. Java's go on for a thousand million years
 * either way, where neither milliseconds nor PostgreSQL follow.
 *
 * <p>JSON bodies are held to it by themselves; what reads a time from a parameter, a header or a
 * cell calls {@link #parse}.
 */
@Singleton
public class WireInstants implements ObjectMapperCustomizer {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
  private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
  private static final String REFUSAL = "must lie within the years 0001 to 9999";

  /** Of two deserializers of a type the one registered last counts: after Jackson's own times. */
  @Override
  public int priority() {
    return MINIMUM_PRIORITY;
  }

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.registerModule(
        new SimpleModule("wire-instants")
            .addDeserializer(
                Instant.class,
                new Checked<>(Instant.class, InstantDeserializer.INSTANT, WireInstants::fits))
            .addDeserializer(
                LocalDate.class,
                new Checked<>(
                    LocalDate.class, LocalDateDeserializer.INSTANCE, WireInstants::fits)));
  }

  /**
   * A time from text.
   *
   * @param text ISO 8601, such as {@code 2026-11-22T04:05:06Z}
   * @throws DateTimeParseException when it is none, or of a year that cannot be stored
   */
  public static Instant parse(String text) {
    Instant time = Instant.parse(text);
    if (!fits(time)) {
      throw new DateTimeParseException(REFUSAL, text, 0);
    }
    return time;
  }

  /**
   * A date from text.
   *
   * @param text ISO 8601, such as {@code 2026-11-22}
   * @throws DateTimeParseException when it is none, or of a year that cannot be stored
   */
  public static LocalDate parseDate(String text) {
    LocalDate date = LocalDate.parse(text);
    if (!fits(date)) {
      throw new DateTimeParseException(REFUSAL, text, 0);
    }
    return date;
  }

  private static boolean fits(Instant time) {
    return !time.isBefore(FIRST) && time.isBefore(END);
  }

  private static boolean fits(LocalDate date) {
    return !date.isBefore(FIRST_DAY) && !date.isAfter(LAST_DAY);
  }

  private static final class Checked<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1;

    private final transient JsonDeserializer<T> reader;
    private final transient Predicate<T> fits;

    Checked(Class<T> type, JsonDeserializer<T> reader, Predicate<T> fits) {
      super(type);
      this.reader = reader;
      this.fits = fits;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      T time = reader.deserialize(parser, context);
      if (time != null && !fits.test(time)) {
        throw InvalidFormatException.from(parser, REFUSAL, time, handledType());
      }
      return time;
    }
  }
}

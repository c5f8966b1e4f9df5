package org.shanpai.chassis.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;

class WireInstantsTest {

  private record Body(Instant at) {}

  private static Instant read(String json) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper().registerModule(new JavaTimeModule());
    new WireInstants().customize(mapper);
    return mapper.readValue(json, Body.class).at();
  }

  @Test
  void everyTimeOfFourDigitYearsPasses() throws JsonProcessingException {
    for (String time :
        new String[] {"0001-01-01T00:00:00Z", "2026-11-22T05:00:00Z", "9999-12-31T23:59:59Z"}) {
      assertThat(read("{\"at\": \"" + time + "\"}")).isEqualTo(Instant.parse(time));
    }
    assertThat(read("{\"at\": \"2026-11-22T13:00:00+08:00\"}"))
        .isEqualTo(Instant.parse("2026-11-22T05:00:00Z"));
    assertThat(read("{\"at\": null}")).isNull();
  }

  @Test
  void timesThatHaveNoMillisecondsAreRefusedWithTheFieldsName() {
    for (String bad :
        new String[] {
          "\"-999999999-01-01T00:00:00Z\"",
          "\"-0001-12-31T23:59:59Z\"",
          "\"0000-12-31T23:59:59Z\"",
          "\"+1000000000-12-31T23:59:59.999999999Z\"",
          "\"+10000-01-01T00:00:00Z\"",
          "9223372036854775"
        }) {
      assertThatThrownBy(() -> read("{\"at\": " + bad + "}"))
          .isInstanceOf(JsonMappingException.class)
          .satisfies(
              failure ->
                  assertThat(((JsonMappingException) failure).getPath().get(0).getFieldName())
                      .isEqualTo("at"));
    }
  }

  @Test
  void textOfParametersIsHeldToTheSameYears() {
    assertThat(WireInstants.parse("2026-11-22T13:00:00+08:00"))
        .isEqualTo(Instant.parse("2026-11-22T05:00:00Z"));
    assertThat(WireInstants.parseDate("9999-12-31")).isEqualTo("9999-12-31");
    for (String bad :
        new String[] {"+1000000000-12-31T23:59:59.999999999Z", "0000-01-01T00:00:00Z", "soon"}) {
      assertThatThrownBy(() -> WireInstants.parse(bad)).isInstanceOf(DateTimeParseException.class);
    }
    for (String bad : new String[] {"+999999999-12-31", "0000-12-31", "2026-02-30"}) {
      assertThatThrownBy(() -> WireInstants.parseDate(bad))
          .isInstanceOf(DateTimeParseException.class);
    }
  }

  /** Quarkus asks those of the highest priority first, and its own, with Jackson's times, late. */
  @Test
  void isRegisteredAfterJacksonsOwnTimes() {
    assertThat(new WireInstants().priority())
        .isLessThan(ObjectMapperCustomizer.QUARKUS_CUSTOMIZER_PRIORITY);
  }
}

package org.shanpai.chassis.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
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
        new String[] {"0000-01-01T00:00:00Z", "2026-11-22T05:00:00Z", "9999-12-31T23:59:59Z"}) {
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
}

package org.shanpai.chassis.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class StorableTextTest {

  private record Body(String name) {}

  private static String read(String json) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    new StorableText().customize(mapper);
    return mapper.readValue(json, Body.class).name();
  }

  @Test
  void everyCharacterThatIsOnePasses() throws JsonProcessingException {
    assertThat(read("{\"name\": \"牛奶 \\uD83D\\uDEF5 \\u202E\"}"))
        .isEqualTo("牛奶 \uD83D\uDEF5 \u202E");
    assertThat(read("{\"name\": null}")).isNull();
  }

  @Test
  void whatCannotBeStoredIsRefusedWithTheFieldsName() {
    for (String bad : new String[] {"a\\u0000b", "\\uD800", "\\uDEF5 x", "x\\uD83D"}) {
      assertThatThrownBy(() -> read("{\"name\": \"" + bad + "\"}"))
          .isInstanceOf(JsonMappingException.class)
          .satisfies(
              failure ->
                  assertThat(((JsonMappingException) failure).getPath().get(0).getFieldName())
                      .isEqualTo("name"));
    }
  }
}

package org.shanpai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.openapi.ApiDocument;
import org.shanpai.openapi.ApiOperation;

class MutationTest {

  private static final ApiOperation OPERATION =
      ApiDocument.parse(
              """
              {"openapi": "3.1.0", "paths": {"/v1/things/{thingId}": {"put": {
                "responses": {"200": {"description": "ok"}}}}}}""")
          .operations()
          .get(0);

  private static RequestMaker.Draft draft() throws Exception {
    JsonNode body =
        new ObjectMapper()
            .readTree(
                "{\"name\": \"牛奶\", \"size\": 2, \"tags\": [\"a\", \"b\"], \"at\": {\"lat\": 1.5}}");
    return new RequestMaker.Draft(
        OPERATION,
        new Persona("m-1", "merchant", "aaaa.bbbb.cccc", null),
        "/v1/things/t-1",
        "?limit=5",
        List.of("Authorization: Bearer aaaa.bbbb.cccc", "Content-Type: application/json"),
        body,
        null);
  }

  private static Shot apply(Mutation mutation, long seed) throws Exception {
    return mutation.apply(
        draft(), new Persona("r-1", "rider", "dddd", null), new Random(seed * 0x9E3779B97F4A7C15L));
  }

  @Test
  void everyMutationMakesARequestOfEverySeed() throws Exception {
    for (Mutation mutation : Mutation.values()) {
      for (int seed = 0; seed < 200; seed++) {
        Shot shot = apply(mutation, seed);
        assertThat(shot.bytes()).as("%s, seed %d", mutation, seed).isNotEmpty();
        assertThat(shot.bytes())
            .as("%s repeats, seed %d", mutation, seed)
            .isEqualTo(apply(mutation, seed).bytes());
      }
    }
  }

  @Test
  void mutationsOfTheValueChangeIt() throws Exception {
    String good = new String(draft().shot().bytes(), StandardCharsets.UTF_8);
    for (Mutation mutation : Mutation.values()) {
      if (mutation == Mutation.NONE || mutation == Mutation.KEY_AGAIN) {
        assertThat(new String(apply(mutation, 1).bytes(), StandardCharsets.UTF_8)).isEqualTo(good);
        continue;
      }
      int changed = 0;
      for (int seed = 0; seed < 50; seed++) {
        changed +=
            new String(apply(mutation, seed).bytes(), StandardCharsets.UTF_8).equals(good) ? 0 : 1;
      }
      assertThat(changed).as(mutation.name()).isGreaterThan(35);
    }
  }

  @Test
  void deepJsonIsDeepAndHugeBodiesAreHuge() throws Exception {
    String deep = new String(apply(Mutation.DEEP_JSON, 3).body(), StandardCharsets.UTF_8);
    assertThat(deep.chars().filter(c -> c == '[' || c == '{').count()).isEqualTo(10_000);
    assertThat(apply(Mutation.HUGE_BODY, 3).body().length).isGreaterThan(1 << 20);
  }

  @Test
  void loneSurrogatesAndNumbersNoLibraryWritesReachTheWire() throws Exception {
    boolean surrogate = false;
    boolean beyond = false;
    for (int seed = 0; seed < 400; seed++) {
      surrogate |= text(Mutation.STRANGE_TEXT, seed).toUpperCase().contains("\"\\UD800\"");
      beyond |= text(Mutation.EDGE_NUMBER, seed).contains(":1e400");
    }
    assertThat(surrogate).isTrue();
    assertThat(beyond).isTrue();
  }

  private static String text(Mutation mutation, long seed) throws Exception {
    return new String(apply(mutation, seed).body(), StandardCharsets.UTF_8);
  }

  @Test
  void aboutHalfOfTheRequestsAreGood() {
    Random random = new Random(7);
    Map<Mutation, Integer> drawn = new EnumMap<>(Mutation.class);
    for (int i = 0; i < 10_000; i++) {
      drawn.merge(Mutation.any(random), 1, Integer::sum);
    }
    assertThat(drawn.get(Mutation.NONE)).isBetween(5_000, 5_400);
    assertThat(drawn.keySet()).containsExactlyInAnyOrder(Mutation.values());
  }

  @Test
  void tokenNeverStandsInTheCurlLine() throws Exception {
    assertThat(draft().shot().curl("http://127.0.0.1:1"))
        .contains("$TOKEN", "/v1/things/t-1?limit=5")
        .doesNotContain("aaaa.bbbb");
  }
}

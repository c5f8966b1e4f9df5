package org.shanpai.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The committed schemas say what the records say, and change only by addition against the last
 * release. After a change: {@code mvn -pl contracts test -Dschemas.write=true}.
 */
class EventSchemaTest {

  private static final Path COMMITTED = Path.of("src/main/resources/schemas");
  private static final String RELEASED = "/released/0.1.0/";

  private static Path file(EventType<?> type) {
    return COMMITTED.resolve(type.text() + ".json");
  }

  private static JsonSchema schema(EventType<?> type) throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(file(type)));
  }

  @Test
  void committedSchemasSayWhatTheRecordsSay() throws IOException {
    for (EventType<?> type : EventType.all()) {
      String expected =
          JsonSchemas.MAPPER.writeValueAsString(JsonSchemas.of(type)).replace("\r\n", "\n") + "\n";
      if (Boolean.getBoolean("schemas.write")) {
        Files.createDirectories(COMMITTED);
        Files.writeString(file(type), expected);
      }
      assertThat(Files.readString(file(type)))
          .as("%s; after a deliberate change run with -Dschemas.write=true", file(type))
          .isEqualTo(expected);
    }
  }

  @Test
  void everyCommittedSchemaIsARegisteredType() throws IOException {
    TreeSet<String> registered = new TreeSet<>();
    EventType.all().forEach(type -> registered.add(type.text() + ".json"));
    try (var files = Files.list(COMMITTED)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(registered);
    }
  }

  @Test
  void realEventsFitTheirSchemaAndBrokenOnesDoNot() throws Exception {
    for (EventType<?> type : EventType.all()) {
      JsonNode sample = JsonSchemas.MAPPER.valueToTree(JsonSchemas.sample(type.body()));
      assertThat(schema(type).validate(sample)).as(type.text()).isEmpty();
      Object back = JsonSchemas.MAPPER.treeToValue(sample, type.body());
      assertThat(back).isEqualTo(JsonSchemas.sample(type.body()));

      ObjectNode broken = sample.deepCopy();
      broken.put("cityId", 5);
      assertThat(schema(type).validate(broken)).as(type.text() + " broken").isNotEmpty();
    }
  }

  @Test
  void schemasOnlyGrowAgainstTheLastRelease() throws IOException {
    int compared = 0;
    for (EventType<?> type : EventType.all()) {
      try (InputStream released =
          EventSchemaTest.class.getResourceAsStream(RELEASED + type.text() + ".json")) {
        if (released != null) {
          JsonNode before = JsonSchemas.MAPPER.readTree(released);
          JsonNode now = JsonSchemas.MAPPER.readTree(Files.readString(file(type)));
          assertThat(breaks(type.text(), before, now)).isEmpty();
          compared++;
        }
      }
    }
    assertThat(compared).as("types of the last release").isGreaterThanOrEqualTo(11);
  }

  /** The planted violations: each must be found. */
  @Test
  void removedRetypedAndNewlyRequiredPropertiesAreFound() {
    JsonNode before = JsonSchemas.of(EventType.JOB_STATE);
    ObjectNode removed = before.deepCopy();
    ((ObjectNode) removed.get("properties")).remove("epoch");
    assertThat(breaks("t", before, removed)).containsExactly("t.epoch was removed");

    ObjectNode retyped = before.deepCopy();
    ((ObjectNode) retyped.at("/properties/epoch")).put("type", "string");
    assertThat(breaks("t", before, retyped)).containsExactly("t.epoch changed its type");

    ObjectNode required = before.deepCopy();
    required.withArray("required").add("areaId");
    assertThat(breaks("t", before, required)).containsExactly("t.areaId became required");

    ObjectNode fewerValues = before.deepCopy();
    ((com.fasterxml.jackson.databind.node.ArrayNode) fewerValues.at("/properties/fault/enum"))
        .remove(0);
    assertThat(breaks("t", before, fewerValues)).containsExactly("t.fault lost a value");

    ObjectNode grown = before.deepCopy();
    ((ObjectNode) grown.get("properties")).putObject("more").put("type", "string");
    assertThat(breaks("t", before, grown)).isEmpty();
  }

  private static List<String> breaks(String path, JsonNode before, JsonNode now) {
    List<String> found = new ArrayList<>();
    JsonNode after = now.path("properties");
    Iterator<Map.Entry<String, JsonNode>> fields = before.path("properties").fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      String name = path + "." + field.getKey();
      JsonNode new_ = after.get(field.getKey());
      if (new_ == null) {
        found.add(name + " was removed");
        continue;
      }
      if (!field.getValue().path("type").equals(new_.path("type"))) {
        found.add(name + " changed its type");
      }
      for (JsonNode value : field.getValue().path("enum")) {
        boolean kept = false;
        for (JsonNode candidate : new_.path("enum")) {
          kept |= candidate.equals(value);
        }
        if (!kept) {
          found.add(name + " lost a value");
        }
      }
      found.addAll(breaks(name, field.getValue(), new_));
      if (field.getValue().has("items")) {
        found.addAll(breaks(name, field.getValue().get("items"), new_.path("items")));
      }
    }
    for (JsonNode required : now.path("required")) {
      boolean was = false;
      for (JsonNode earlier : before.path("required")) {
        was |= earlier.equals(required);
      }
      if (!was) {
        found.add(path + "." + required.asText() + " became required");
      }
    }
    return found;
  }
}

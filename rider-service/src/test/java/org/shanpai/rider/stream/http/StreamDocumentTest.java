package org.shanpai.rider.stream.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.ScoreEntry;
import org.shanpai.messaging.Json;
import org.shanpai.rider.handover.http.HandOverResource;
import org.shanpai.rider.message.Telling;
import org.shanpai.rider.sos.Alarm;
import org.shanpai.rider.stream.MessageType;

/** What the document says of the riders' line is what goes down it. */
class StreamDocumentTest {

  private static final Pattern SENT =
      Pattern.compile(
          "(?:messages\\s*\\.append\\(\\s*[^,]+,|Addressed\\([^,]+,|MESSAGE =|parameters,|Map\\.of\\("
              + "\"whom\", whom\\),)\\s*\"([a-z][a-z-]*)\"");

  private static Method stream() {
    return Arrays.stream(StreamResource.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Operation.class))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> examples() {
    return Arrays.stream(stream().getAnnotation(APIResponse.class).content()[0].examples())
        .collect(Collectors.toMap(ExampleObject::name, ExampleObject::value));
  }

  private static List<String> types() {
    return Arrays.stream(MessageType.values()).map(MessageType::text).toList();
  }

  @Test
  void everyTypeIsDescribedAndHasAnExample() {
    assertThat(examples().keySet()).containsExactlyInAnyOrderElementsOf(types());
    String description = stream().getAnnotation(Operation.class).description();
    assertThat(types()).allSatisfy(type -> assertThat(description).contains("`" + type + "`"));
  }

  @Test
  void everyExampleIsAnEventOfItsTypeWithJson() {
    examples()
        .forEach(
            (type, example) -> {
              assertThat(example).matches("(?s)id: \\d+\nevent: " + type + "\ndata: .*\n\n");
              assertThatCode(() -> Json.read(data(example), JsonNode.class))
                  .as(type)
                  .doesNotThrowAnyException();
            });
  }

  private static String data(String example) {
    return example.substring(example.indexOf("data: ") + "data: ".length()).strip();
  }

  /** Fields that are not there, or no longer, are found. */
  @Test
  void theExamplesHaveTheShapeOfWhatIsSent() {
    ObjectMapper strict =
        Json.mapper()
            .copy()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    Map<String, Class<?>> shapes =
        Map.of(
            "offer", OfferState.class,
            "work", RiderWorkState.class,
            "fatigue", RiderWorkState.Fatigue.class,
            "hand-over", HandOverResource.View.class,
            "message", Telling.Message.class,
            "sos", Alarm.class,
            "score", ScoreEntry.class);
    shapes.forEach(
        (type, shape) ->
            assertThatCode(() -> strict.readValue(data(examples().get(type)), shape))
                .as(type)
                .doesNotThrowAnyException());
  }

  /** A type that is sent somewhere and is not one of these fails when it is sent, and here. */
  @Test
  void everyTypeThatIsSentIsOneOfThem() throws IOException {
    TreeSet<String> sent = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        if (source.contains("RiderMessages")) {
          Matcher found = SENT.matcher(source);
          while (found.find()) {
            sent.add(found.group(1));
          }
        }
      }
    }
    assertThat(sent).isEqualTo(new TreeSet<>(types()));
  }
}

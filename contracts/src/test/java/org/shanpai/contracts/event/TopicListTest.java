package org.shanpai.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list operators create topics from names exactly the topics of the code. */
class TopicListTest {

  private static final int FACT_HOURS = 14 * 24;

  @Test
  void listNamesEveryTopicWithItsPartitionsAndRetention() throws Exception {
    Properties listed = new Properties();
    try (InputStream file =
        TopicListTest.class.getResourceAsStream("/META-INF/shanpai-topics.properties")) {
      listed.load(file);
    }
    Map<String, String> expected =
        Arrays.stream(Topic.values())
            .collect(
                Collectors.toMap(
                    Topic::text,
                    topic ->
                        Topic.PARTITIONS
                            + ","
                            + (topic.kind() == Topic.Kind.STATE ? "compact" : FACT_HOURS)));
    assertThat(listed).containsExactlyInAnyOrderEntriesOf(expected);
  }
}

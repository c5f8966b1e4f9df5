package org.shanpai.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicSpecTest {

  @Test
  void lineOfTheTopicFileIsRead() {
    assertThat(TopicSpec.parse("riders", "6,compact")).isEqualTo(TopicSpec.compacted("riders", 6));
    assertThat(TopicSpec.parse("orders", " 4 , 168 "))
        .isEqualTo(TopicSpec.retained("orders", 4, Duration.ofHours(168)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "6", "six,compact", "6,forever", "6,1,2"})
  void wrongLineIsRefusedWithTheTopicsName(String line) {
    assertThatThrownBy(() -> TopicSpec.parse("orders", line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("orders")
        .hasMessageContaining("<partitions>,compact");
  }

  @Test
  void zeroPartitionsOrHoursAreRefused() {
    assertThatThrownBy(() -> TopicSpec.parse("orders", "0,compact"))
        .hasMessageContaining("at least 1 partition");
    assertThatThrownBy(() -> TopicSpec.parse("orders", "1,0"))
        .hasMessageContaining("positive retention");
  }
}

package org.shanpai.servicebench.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whole replies are counted, however the stream is cut. */
class RepliesTest {

  private static final String STREAM =
      ":1\r\n"
          + "*2\r\n$8\r\nr-000001\r\n$8\r\n:*$-r-02\r\n"
          + "*0\r\n"
          + "$-1\r\n"
          + "*2\r\n*2\r\n$1\r\na\r\n:7\r\n$0\r\n\r\n"
          + "+OK\r\n"
          + "*-1\r\n";
  private static final int WHOLE = 7;

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void repliesOfEveryKindCountOnce() {
    assertThat(new Replies().take(bytes(STREAM))).isEqualTo(WHOLE);
  }

  @Test
  void streamMayBeCutAnywhere() {
    for (int cut = 0; cut <= STREAM.length(); cut++) {
      Replies replies = new Replies();
      int whole = replies.take(bytes(STREAM.substring(0, cut)));
      whole += replies.take(bytes(STREAM.substring(cut)));
      assertThat(whole).as("cut at %d", cut).isEqualTo(WHOLE);
      assertThat(replies.error()).isNull();
    }
  }

  @Test
  void errorsAreRemembered() {
    Replies replies = new Replies();
    assertThat(replies.take(bytes(":1\r\n-OOM command not allowed\r\n:1\r\n"))).isEqualTo(3);
    assertThat(replies.error()).isEqualTo("-OOM command not allowed");
  }

  @Test
  void commandsHaveTheFormOfTheProtocol() {
    assertThat(new String(Command.of("GET", "区"), StandardCharsets.UTF_8))
        .isEqualTo("*2\r\n$3\r\nGET\r\n$3\r\n区\r\n");
  }
}

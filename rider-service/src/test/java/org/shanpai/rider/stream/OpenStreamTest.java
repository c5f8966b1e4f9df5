package org.shanpai.rider.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OpenStreamTest {

  private final List<Long> received = new ArrayList<>();
  private final OpenStream line =
      new OpenStream("r-1", event -> received.add(event.id()), () -> {});

  private static RiderMessage message(long seq) {
    return new RiderMessage("r-1", seq, "work", "{}", 0);
  }

  @Test
  void nothingGoesOutBeforeTheLineIsOpen() {
    line.offer(message(1));
    line.offerStored(message(1));
    assertThat(received).isEmpty();
    line.start(List.of(), 0);
    assertThat(line.behind()).isTrue();
  }

  @Test
  void aMessageAheadOfAHoleWaitsForStorage() {
    line.start(List.of(), 4);
    line.offer(message(6));
    assertThat(received).isEmpty();
    assertThat(line.behind()).isTrue();
    line.offerStored(message(5));
    line.offerStored(message(6));
    assertThat(received).containsExactly(5L, 6L);
    assertThat(line.behind()).isFalse();
  }

  @Test
  void whateverBringsMessagesEachGoesOutOnceAndInOrder() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      received.clear();
      OpenStream stream = new OpenStream("r-1", event -> received.add(event.id()), () -> {});
      int last = 30;
      long committed = 0;
      stream.start(List.of(), 0);
      while (stream.cursor() < last) {
        committed = Math.min(last, committed + random.nextInt(3));
        if (random.nextBoolean() && committed > 0) {
          // A nudge may be lost, late, or come twice.
          stream.offer(message(1 + random.nextInt((int) committed)));
        } else {
          // Storage is read from the stream's own cursor.
          LongStream.rangeClosed(stream.cursor() + 1, committed)
              .forEach(seq -> stream.offerStored(message(seq)));
        }
      }
      assertThat(received)
          .as("seed %d", seed)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
    }
  }
}

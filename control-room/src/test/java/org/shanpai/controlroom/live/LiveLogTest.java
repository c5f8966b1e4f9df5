package org.shanpai.controlroom.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LiveLogTest {

  private final LiveLog log = new LiveLog("life1", 3);

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      long next = log.newest() + 1;
      log.append(new LiveMessage(next, log.place(next), "delta", "{}"));
    }
  }

  @Test
  void pageThatComesBackGetsExactlyWhatItMissed() {
    append(5);
    assertThat(log.after("life1-3")).extracting(LiveMessage::sequence).containsExactly(4L, 5L);
    assertThat(log.after("life1-5")).isEmpty();
  }

  @Test
  void oldestPlaceThatCanStillBeServedIsTheOneBeforeTheOldestMessage() {
    append(5);
    assertThat(log.after("life1-2")).hasSize(3);
    assertThat(log.after("life1-1")).isNull();
  }

  @Test
  void placeOfAnotherLifeOrNoPlaceCannotBeServed() {
    append(2);
    assertThat(log.after("life2-1")).isNull();
    assertThat(log.after("life1-")).isNull();
    assertThat(log.after("life1-x")).isNull();
    assertThat(log.after("")).isNull();
    assertThat(log.after(null)).isNull();
    assertThat(log.after("life1-9")).isNull();
  }

  @Test
  void snapshotJustAheadOfTheLogIsAPlace() {
    append(2);
    assertThat(log.after("life1-3")).isEmpty();
  }

  @Test
  void freshLogServesItsOwnBeginning() {
    assertThat(log.after("life1-0")).isEmpty();
    append(1);
    assertThat(log.after("life1-0")).hasSize(1);
  }

  @Test
  void gapInTheSequenceIsABug() {
    assertThatThrownBy(() -> log.append(new LiveMessage(2, "life1-2", "delta", "{}")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 cannot follow message 0");
  }
}

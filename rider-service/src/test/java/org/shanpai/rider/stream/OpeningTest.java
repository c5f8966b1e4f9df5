package org.shanpai.rider.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A crowd that comes back at once is let in a few at a time, and nobody is forgotten. */
class OpeningTest {

  private final Opening opening = new Opening(3);
  private final List<UniEmitter<? super Integer>> begun = new ArrayList<>();
  private final List<Integer> done = new ArrayList<>();

  private void come(int number) {
    opening
        .inTurn(() -> Uni.createFrom().<Integer>emitter(begun::add).replaceWith(number))
        .subscribe()
        .with(done::add, failure -> done.add(-number));
  }

  @Test
  void soManyAtOnceAndTheOthersInTheirTurn() {
    for (int i = 1; i <= 10; i++) {
      come(i);
    }
    assertThat(begun).hasSize(3);
    assertThat(opening.waiting()).isEqualTo(7);
    for (int i = 0; i < 10; i++) {
      begun.get(i).complete(0);
      assertThat(begun.size() - i - 1).isLessThanOrEqualTo(3);
    }
    assertThat(done).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void whoFailsMakesRoomToo() {
    for (int i = 1; i <= 5; i++) {
      come(i);
    }
    for (int i = 0; i < 5; i++) {
      begun.get(i).fail(new IllegalStateException("away"));
    }
    assertThat(done).containsExactly(-1, -2, -3, -4, -5);
    come(6);
    begun.get(5).complete(0);
    assertThat(done).endsWith(6);
  }
}

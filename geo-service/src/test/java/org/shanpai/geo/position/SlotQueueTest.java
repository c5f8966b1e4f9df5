package org.shanpai.geo.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotQueueTest {

  @Test
  void behavesLikeAnOrderedSetAndItsRingLikeItsMembers() {
    Random random = new Random(13);
    SlotQueue queue = new SlotQueue();
    LinkedHashSet<Integer> model = new LinkedHashSet<>();
    for (int i = 0; i < 50_000; i++) {
      int slot = random.nextInt(500);
      if (random.nextInt(5) < 3) {
        queue.add(slot);
        model.add(slot);
      } else {
        int expected = model.isEmpty() ? -1 : model.iterator().next();
        assertThat(queue.poll()).as("seed 13, step %d", i).isEqualTo(expected);
        model.remove(expected);
      }
      assertThat(queue.size()).isEqualTo(model.size());
      assertThat(queue.wants(slot)).isEqualTo(model.contains(slot));
    }
  }

  @Test
  void aForgottenSlotIsPassedOverAndItsNextRiderWaitsOnce() {
    SlotQueue queue = new SlotQueue();
    queue.add(1);
    queue.add(2);
    queue.forget(1);
    assertThat(queue.size()).isEqualTo(1);
    queue.add(1);
    queue.add(1);
    assertThat(queue.size()).isEqualTo(2);
    assertThat(queue.poll()).isEqualTo(1);
    assertThat(queue.poll()).isEqualTo(2);
    assertThat(queue.poll()).isEqualTo(-1);
    for (int i = 0; i < 10_000; i++) {
      queue.add(i % 3);
      queue.forget(i % 3);
    }
    assertThat(queue.held()).as("slots in the ring, wanted or not").isEqualTo(3);
  }
}

package org.shanpai.geo.eta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowModelTest {

  private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");
  private static final int EVERY = 200;
  private static final int MOST = 5_000;

  private final Deque<Outcome> newestFirst = new ArrayDeque<>();
  private WindowModel model = new WindowModel(0.8, List.of());

  /** Skewed, heavy-tailed delays that grow with the time ahead, as deliveries have them. */
  private static double delay(Random random, double ahead, double slower) {
    double tail = Math.exp(random.nextGaussian() * 0.6) - 1;
    return (40 + 0.3 * ahead) * tail + (slower - 1) * ahead;
  }

  /** The share of windows that held. */
  private double deliver(Random random, int count, double slower) {
    int inside = 0;
    for (int i = 0; i < count; i++) {
      double ahead = 300 + random.nextInt(1_800);
      String area = "a-" + random.nextInt(4);
      int slot = 22 + random.nextInt(6);
      Instant planned = NOON.plusMillis((long) (ahead * 1_000));
      ArrivalWindow window = model.window(Stage.ACCEPTED, area, slot, NOON, planned);
      double delay = Math.max(-ahead, delay(random, ahead, slower));
      Instant came = planned.plusMillis((long) (delay * 1_000));
      boolean held = !came.isBefore(window.earliestAt()) && !came.isAfter(window.latestAt());
      inside += held ? 1 : 0;
      newestFirst.addFirst(
          new Outcome(
              Stage.ACCEPTED, area, slot, delay / WindowModel.scaleSeconds(NOON, planned), held));
      if (newestFirst.size() > MOST) {
        newestFirst.removeLast();
      }
      if (i % EVERY == EVERY - 1) {
        model = new WindowModel(0.8, new ArrayList<>(newestFirst));
      }
    }
    return (double) inside / count;
  }

  @Test
  void windowsReachTheStatedCoverageWhateverTheDelaysLookLike() {
    for (int seed = 1; seed <= 3; seed++) {
      newestFirst.clear();
      model = new WindowModel(0.8, List.of());
      Random random = new Random(seed);
      deliver(random, 1_000, 1);
      assertThat(deliver(random, 8_000, 1)).as("seed %d", seed).isCloseTo(0.8, within(0.025));
    }
  }

  @Test
  void aShiftIsNoticedAndThenMet() {
    Random random = new Random(4);
    deliver(random, 4_000, 1);
    // Every ride takes half as long again from now on.
    List<Outcome> before = List.copyOf(newestFirst);
    WindowModel old = model;
    double atOnce = deliver(random, EVERY, 1.5);
    assertThat(atOnce).isLessThan(0.7);
    assertThat(WindowModel.shifted(Math.round(atOnce * EVERY), EVERY, 0.8, 3)).isTrue();
    long held = before.stream().limit(300).filter(Outcome::inside).count();
    assertThat(WindowModel.shifted(held, 300, 0.8, 3)).isFalse();
    // The next windows are asked for more at once, before the newest outcomes are the most.
    Instant planned = NOON.plusSeconds(1_200);
    ArrivalWindow narrow = old.window(Stage.ACCEPTED, "a-1", 24, NOON, planned);
    ArrivalWindow wide = model.window(Stage.ACCEPTED, "a-1", 24, NOON, planned);
    assertThat(wide.latestAt()).isAfter(narrow.latestAt());
    deliver(random, 5_000, 1.5);
    assertThat(deliver(random, 5_000, 1.5)).isCloseTo(0.8, within(0.03));
  }

  @Test
  void withNothingKnownWindowsAreAssumedAndSaySo() {
    Instant planned = NOON.plusSeconds(1_200);
    ArrivalWindow window = model.window(Stage.PICKED_UP, null, 24, NOON, planned);
    assertThat(window.samples()).isZero();
    assertThat(window.coverage()).isEqualTo(0.8);
    assertThat(window.earliestAt()).isBefore(planned).isAfter(NOON);
    assertThat(window.latestAt()).isAfter(planned);
    // Never before it was asked.
    assertThat(model.window(Stage.PICKED_UP, null, 24, NOON, NOON.plusSeconds(5)).earliestAt())
        .isEqualTo(NOON);
  }

  @Test
  void furtherAheadIsWiderAndTheSameOutcomesGiveTheSameWindow() {
    deliver(new Random(5), 2_000, 1);
    Instant near = NOON.plusSeconds(400);
    Instant far = NOON.plusSeconds(2_400);
    assertThat(width(model.window(Stage.ACCEPTED, "a-1", 24, NOON, far)))
        .isGreaterThan(width(model.window(Stage.ACCEPTED, "a-1", 24, NOON, near)));
    WindowModel again = new WindowModel(0.8, new ArrayList<>(newestFirst));
    assertThat(again.window(Stage.ACCEPTED, "a-1", 24, NOON, far))
        .isEqualTo(model.window(Stage.ACCEPTED, "a-1", 24, NOON, far));
  }

  private static long width(ArrivalWindow window) {
    return java.time.Duration.between(window.earliestAt(), window.latestAt()).toSeconds();
  }

  @Test
  void aCoverageThatMakesNoSenseIsRefusedByName() {
    assertThatThrownBy(() -> new WindowModel(0.2, List.of()))
        .hasMessageContaining("shanpai.geo.eta.coverage");
  }
}

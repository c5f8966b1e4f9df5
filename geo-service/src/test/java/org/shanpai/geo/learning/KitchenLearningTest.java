package org.shanpai.geo.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.GeofenceEvent.Kind;

class KitchenLearningTest {

  private static final Instant CREATED = Instant.parse("2026-11-22T04:00:00Z");
  private static final KitchenLearning KITCHEN =
      new KitchenLearning(Duration.ofSeconds(180), Duration.ofSeconds(60), Duration.ofHours(3));

  /** All in seconds after the order; null for what did not happen. */
  private static Stop pickup(Integer ready, Integer tapped, Integer seen, int left) {
    return new Stop(
        "j-1",
        1,
        Kind.AT_STORE,
        "r-1",
        "a-1",
        "s-1",
        new GeoPoint(31.23, 121.47),
        CREATED.plusSeconds(30),
        CREATED,
        at(ready),
        at(tapped),
        at(seen),
        0,
        at(left),
        1);
  }

  private static Instant at(Integer seconds) {
    return seconds == null ? null : CREATED.plusSeconds(seconds);
  }

  @Test
  void aTapCountsWhenThePickupFollowsSoonAfterTapAndArrival() {
    // Ready at 500, rider there at 620, away at 680.
    assertThat(KITCHEN.kitchenSeconds(pickup(500, null, 620, 680))).hasValue(500);
    assertThat(KITCHEN.handoverSeconds(pickup(500, null, 620, 680))).hasValue(60);
    // Rider there at 300, ready at 500, away at 560.
    assertThat(KITCHEN.kitchenSeconds(pickup(500, null, 300, 560))).hasValue(500);
    assertThat(KITCHEN.handoverSeconds(pickup(500, null, 300, 560))).hasValue(60);
  }

  @Test
  void aFalseReadyIsTheHandOverBeforeThePickup() {
    // "Ready" at 200, rider there at 300, waits until 900: ready in effect at 840.
    assertThat(KITCHEN.kitchenSeconds(pickup(200, null, 300, 900))).hasValue(840);
    assertThat(KITCHEN.handoverSeconds(pickup(200, null, 300, 900))).hasValue(60);
    // Just inside the three minutes it is believed.
    assertThat(KITCHEN.kitchenSeconds(pickup(200, null, 300, 480))).hasValue(200);
    assertThat(KITCHEN.kitchenSeconds(pickup(200, null, 300, 481))).hasValue(421);
    // A tap after the goods had left says nothing.
    assertThat(KITCHEN.kitchenSeconds(pickup(950, null, 300, 900))).hasValue(840);
  }

  @Test
  void whoDidNotWaitAndWasToldNothingTeachesNothingOfTheKitchen() {
    assertThat(KITCHEN.kitchenSeconds(pickup(null, null, 500, 560))).isEmpty();
    assertThat(KITCHEN.handoverSeconds(pickup(null, null, 500, 560))).hasValue(60);
    assertThat(KITCHEN.kitchenSeconds(pickup(null, null, null, 560))).isEmpty();
    assertThat(KITCHEN.handoverSeconds(pickup(null, null, null, 560))).isEmpty();
    // Forgotten for a night.
    assertThat(KITCHEN.kitchenSeconds(pickup(null, null, 500, 40_000))).isEmpty();
  }

  @Test
  void whatPositionsProveCountsBeforeWhatWasTapped() {
    // Tapped from afar at 100, seen at 700.
    assertThat(KITCHEN.handoverSeconds(pickup(600, 100, 700, 760))).hasValue(60);
    assertThat(KITCHEN.kitchenSeconds(pickup(600, 100, 700, 760))).hasValue(600);
    assertThat(pickup(null, 100, null, 760).arrivedAt()).isEqualTo(at(100));
    // The last metres of the fence are still to be ridden: 50 m at 15 km/h are 12 s.
    Stop edge =
        new Stop(
            "j",
            1,
            Kind.AT_STORE,
            "r",
            "a",
            "s",
            new GeoPoint(31, 121),
            CREATED,
            CREATED,
            null,
            null,
            at(100),
            50,
            at(300),
            1);
    assertThat(edge.arrivedAt()).isEqualTo(at(112));
  }
}

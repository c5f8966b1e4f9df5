package org.shanpai.order.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.OrderStatus;

class RiderSightTest {

  private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");
  private static final Duration OLDEST = Duration.ofMinutes(3);
  private static final RiderFix FIX = new RiderFix(new GeoPoint(31.23047, 121.47371), NOW);

  @ParameterizedTest
  @EnumSource(
      value = OrderStatus.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PICKED_UP", "RIDER_AT_CUSTOMER"})
  void nobodySeesTheRiderWhoDoesNotCarryTheirOrder(OrderStatus status) {
    assertThat(RiderSight.of(status, FIX, 0, NOW, OLDEST)).isNull();
  }

  @Test
  void riderWhoComesToThisDoorNextIsSeenAsTheyAre() {
    RiderSight sight = RiderSight.of(OrderStatus.PICKED_UP, FIX, 0, NOW, OLDEST);
    assertThat(sight.place()).isEqualTo(FIX.place());
    assertThat(sight.coarse()).isFalse();
  }

  @Test
  void withOthersDoorsFirstAllPlacesOfACellLookTheSame() {
    Set<GeoPoint> shown = new HashSet<>();
    for (int i = 0; i < 49; i++) {
      GeoPoint place = new GeoPoint(31.2301 + i * 1e-4, 121.4701 + i * 1e-4);
      RiderSight sight =
          RiderSight.of(OrderStatus.PICKED_UP, new RiderFix(place, NOW), 1, NOW, OLDEST);
      assertThat(sight.coarse()).isTrue();
      assertThat(sight.place().metresTo(place)).isLessThan(400);
      shown.add(sight.place());
    }
    assertThat(shown).containsExactly(new GeoPoint(31.2325, 121.4725));
  }

  @Test
  void oldPlaceIsNotShown() {
    RiderFix old = new RiderFix(FIX.place(), NOW.minus(OLDEST).minusSeconds(1));
    assertThat(RiderSight.of(OrderStatus.PICKED_UP, old, 0, NOW, OLDEST)).isNull();
    assertThat(RiderSight.of(OrderStatus.PICKED_UP, null, 0, NOW, OLDEST)).isNull();
  }
}

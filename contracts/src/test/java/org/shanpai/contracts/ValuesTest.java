package org.shanpai.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ValuesTest {

  @Test
  void idsTakeTheirAlphabetOnly() {
    assertThat(new OrderId("o-01j.A_b:c").value()).isEqualTo("o-01j.A_b:c");
    for (String bad : new String[] {null, "", "a b", "ü", "x".repeat(65), "a/b", "a\nb"}) {
      assertThatThrownBy(() -> new OrderId(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("OrderId");
    }
  }

  @Test
  void placesOffTheGlobeAreRefused() {
    for (double bad : new double[] {90.1, -91, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new GeoPoint(bad, 0)).hasMessageContaining("lat");
    }
    assertThatThrownBy(() -> new GeoPoint(0, 180.5)).hasMessageContaining("lon");
  }

  @Test
  void distancesAreMetres() {
    // One degree of latitude on the mean sphere: 2 pi 6371008.8 / 360.
    assertThat(new GeoPoint(31, 121).metresTo(new GeoPoint(32, 121)))
        .isCloseTo(111_195.08, within(0.1));
    GeoPoint corner = new GeoPoint(31.2, 121.4).offsetMetres(300, 400);
    assertThat(new GeoPoint(31.2, 121.4).metresTo(corner)).isCloseTo(500, within(0.5));
  }

  @Test
  void moneyAddsExactlyAndReadsAsYuan() {
    assertThat(Money.ofFen(150).plus(Money.ofFen(7))).hasToString("¥1.57");
    assertThat(Money.ofFen(-5)).hasToString("¥-0.05");
    assertThatThrownBy(() -> Money.ofFen(Long.MAX_VALUE).plus(Money.ofFen(1)))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void windowsRunForward() {
    Instant noon = Instant.parse("2026-01-01T12:00:00Z");
    TimeWindow window = new TimeWindow(noon, noon.plusSeconds(60));
    assertThat(window.contains(noon.plusSeconds(60))).isTrue();
    assertThat(window.contains(noon.plusSeconds(61))).isFalse();
    assertThatThrownBy(() -> new TimeWindow(noon, noon.minusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

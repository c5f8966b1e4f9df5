package org.shanpai.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ToldPlaceTest {

  private static final GeoPoint SQUARE = new GeoPoint(31.2304, 121.4737);

  @Test
  void numbersExchangedAreSuspectedWhereNoOtherReasonIsLikely() {
    assertThatThrownBy(() -> new ToldPlace(121.47, 31.23)).hasMessageContaining("exchanged");
    assertThatThrownBy(() -> new ToldPlace(121.47, 131.23))
        .hasMessageStartingWith("lat must be")
        .message()
        .doesNotContain("exchanged");
    assertThatThrownBy(() -> new ToldPlace(Double.NaN, 31.23)).hasMessageStartingWith("lat");
    assertThatThrownBy(() -> new ToldPlace(31.23, 181)).hasMessageStartingWith("lon");
  }

  @Test
  void jsonWithoutANumberIsNoPlaceOnTheEquator() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    assertThat(mapper.readValue("{\"lat\":31.2,\"lon\":121.4}", ToldPlace.class))
        .isEqualTo(new ToldPlace(31.2, 121.4));
    assertThatThrownBy(() -> mapper.readValue("{\"lat\":31.2}", ToldPlace.class))
        .hasMessageContaining("lon is missing");
  }

  @Test
  void hintNamesTheReadingThatFits() {
    GeoPoint shifted = CoordinateSystem.GCJ_02.fromWgs84(SQUARE);
    ToldPlace told = new ToldPlace(shifted.lat(), shifted.lon());
    assertThat(told.hint(CoordinateSystem.WGS_84, place -> place.metresTo(SQUARE) < 1))
        .contains("It would fit when it is read as GCJ-02.");
    assertThat(told.hint(CoordinateSystem.WGS_84, place -> false)).isEmpty();
    assertThat(
            new ToldPlace(80.1, 31.2)
                .hint(
                    CoordinateSystem.WGS_84, place -> place.metresTo(new GeoPoint(31.2, 80.1)) < 1))
        .contains("It would fit when lat and lon are exchanged.");
  }
}

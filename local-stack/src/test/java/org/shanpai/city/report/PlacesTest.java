package org.shanpai.city.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.shanpai.city.api.Wire;

class PlacesTest {

  private final Places places = new Places();

  private void stands(String rider, String state, int position) {
    places.stands(
        rider, Wire.JSON.createObjectNode().put("state", state).put("waitingPosition", position));
  }

  @Test
  void asManyAsThereArePlacesAndTheOthersWaitInLine() {
    places.campaign(2, 2);
    stands("r-1", "VERIFIED", 0);
    stands("r-2", "RESERVED", 0);
    stands("r-3", "APPLIED", 2);
    stands("r-4", "APPLIED", 1);
    stands("r-5", "REJECTED", 0);
    assertThat(places.amiss()).isEmpty();
    assertThat(places.reserved()).isEqualTo(2);
    assertThat(places.waiting()).isEqualTo(2);
  }

  @Test
  void onePlaceTooManyIsAmiss() {
    places.campaign(1, 2);
    stands("r-1", "RESERVED", 0);
    stands("r-2", "RESERVED", 0);
    assertThat(places.amiss()).singleElement().asString().contains("1 places; 2 riders have one");
  }

  @Test
  void nobodyWaitsBesideAFreePlace() {
    places.campaign(2, 1);
    stands("r-1", "RESERVED", 0);
    stands("r-2", "APPLIED", 1);
    assertThat(places.amiss()).singleElement().asString().contains("1 of 2 are free");
  }

  @Test
  void twoAtTheSamePlaceInLineAreAmiss() {
    places.campaign(1, 1);
    stands("r-1", "RESERVED", 0);
    stands("r-2", "APPLIED", 1);
    stands("r-3", "APPLIED", 1);
    assertThat(places.amiss()).singleElement().asString().contains("[1, 1]");
  }

  @Test
  void slotsAreNotOverfullEither() {
    places.slot(4, 5);
    assertThat(places.amiss()).singleElement().asString().contains("4 places; 5 are taken");
  }
}

package org.shanpai.order.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.order.address.PlaceMatcher.Outcome;
import org.shanpai.order.address.PlaceMatcher.Precision;

class PlaceMatcherTest {

  private static final GeoPoint STORE = new GeoPoint(31.23, 121.47);

  private static KnownBuilding known(
      String id, String estate, String road, String building, double north, double east) {
    return new KnownBuilding(
        id,
        "静安区",
        estate,
        road,
        road == null ? null : "10号",
        building,
        BuildingKey.of(estate, road, road == null ? null : "10号", building),
        STORE.offsetMetres(north, east),
        5,
        false);
  }

  private static Outcome match(BuildingKey key, KnownBuilding... known) {
    return PlaceMatcher.match(key, "静安区", STORE, 3000, List.of(known));
  }

  @Test
  void buildingItselfIsFoundWithItsDistanceFromTheStore() {
    Outcome found =
        match(
            BuildingKey.of("翠湖花园", null, null, "3栋"),
            known("1", "翠湖花园", null, "3号楼", 900, 0),
            known("2", "翠湖花园", null, "4号楼", 960, 0));
    assertThat(found.place().precision()).isEqualTo(Precision.BUILDING);
    assertThat(found.place().metresFromStore()).isBetween(899, 901);
    assertThat(found.place().inRange()).isTrue();
    assertThat(found.place().confidence()).isGreaterThan(90);
    assertThat(found.candidates()).isEmpty();
  }

  @Test
  void unknownBuildingOfAKnownEstateGivesTheEstateAndAsks() {
    Outcome found =
        match(
            BuildingKey.of("翠湖花园", null, null, null),
            known("1", "翠湖花园", null, "3号楼", 900, 0),
            known("2", "翠湖花园", null, "4号楼", 1000, 0));
    assertThat(found.place().precision()).isEqualTo(Precision.ESTATE);
    assertThat(found.place().metresFromStore()).isBetween(948, 952);
    assertThat(found.buildingNeeded()).isTrue();
  }

  @Test
  void twoEstatesOfOneNameGiveCandidatesAndNoPlace() {
    Outcome found =
        match(
            BuildingKey.of("阳光家园", null, null, "2栋"),
            known("1", "阳光家园", null, "2栋", 800, 0),
            known("2", "阳光家园", null, "2栋", -1500, 0));
    assertThat(found.place()).isNull();
    assertThat(found.candidates()).hasSize(2);
    assertThat(found.candidates().get(0).metresFromStore()).isBetween(799, 801);
  }

  @Test
  void noMoreThanThreeCandidatesAreGiven() {
    KnownBuilding[] many = new KnownBuilding[6];
    for (int i = 0; i < many.length; i++) {
      many[i] = known("b" + i, "阳光家园", null, "2栋", -2500 + 1000 * i, 0);
    }
    assertThat(match(BuildingKey.of("阳光家园", null, null, "2栋"), many).candidates()).hasSize(3);
  }

  @Test
  void roadTellsEstatesOfOneNameApart() {
    Outcome found =
        match(
            BuildingKey.of("阳光家园", "新闸路", "10号", "2栋"),
            known("1", "阳光家园", "新闸路", "2栋", 800, 0),
            known("2", "阳光家园", "常德路", "2栋", -1500, 0));
    assertThat(found.place().metresFromStore()).isBetween(799, 801);
  }

  @Test
  void placeBeyondTheRangeIsFoundAndSaidToBe() {
    Outcome found =
        match(BuildingKey.of("翠湖花园", null, null, "3栋"), known("1", "翠湖花园", null, "3栋", 3600, 0));
    assertThat(found.place().inRange()).isFalse();
  }

  @Test
  void mistypedNameIsFoundWithLessConfidence() {
    Outcome exact =
        match(BuildingKey.of("仁恒河滨花城", null, null, "3栋"), known("1", "仁恒河滨花城", null, "3栋", 900, 0));
    Outcome mistyped =
        match(BuildingKey.of("仁恒河滨华城", null, null, "3栋"), known("1", "仁恒河滨花城", null, "3栋", 900, 0));
    assertThat(
            mistyped.place() != null
                ? mistyped.place().confidence()
                : mistyped.candidates().get(0).confidence())
        .isLessThan(exact.place().confidence());
  }

  @Test
  void strangeNameIsNotForced() {
    assertThat(
            match(BuildingKey.of("完全不同", null, null, "3栋"), known("1", "翠湖花园", null, "3栋", 900, 0)))
        .isEqualTo(Outcome.NOTHING);
  }

  @Test
  void otherDistrictCountsAgainstIt() {
    KnownBuilding there = known("1", "翠湖花园", null, "3栋", 900, 0);
    Outcome other =
        PlaceMatcher.match(
            BuildingKey.of("翠湖花园", null, null, "3栋"), "黄浦区", STORE, 3000, List.of(there));
    assertThat(other.place().confidence()).isLessThan(75);
  }
}

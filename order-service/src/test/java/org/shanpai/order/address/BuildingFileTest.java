package org.shanpai.order.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.order.address.BuildingFile.Entry;

class BuildingFileTest {

  private static final String HEADING = "district,estate,road,number,building,lat,lon\n";

  @Test
  void everyBadLineHasItsReasonAndTheGoodOnesAreTaken() {
    List<Entry> entries =
        BuildingFile.csv(
            HEADING
                + "静安区,翠湖花园,,,3栋,31.23,121.47\n"
                + "静安区,,,,3栋,31.23,121.47\n"
                + "静安区,翠湖花园,,,3栋,95,121.47\n"
                + "\n"
                + "静安区,\"翠湖\n",
            CoordinateSystem.WGS_84);
    assertThat(entries).extracting(Entry::number).containsExactly(2, 3, 4, 6);
    assertThat(entries.get(0).telling().place().lat()).isEqualTo(31.23);
    assertThat(entries.subList(1, 4)).allMatch(entry -> entry.reason() != null);
  }

  @Test
  void placesAreTurnedIntoWgs84() {
    Entry entry =
        BuildingFile.csv(HEADING + ",翠湖花园,,,,31.23,121.47\n", CoordinateSystem.GCJ_02).get(0);
    double metres =
        entry.telling().place().metresTo(new org.shanpai.contracts.GeoPoint(31.23, 121.47));
    assertThat(metres).isBetween(300.0, 700.0);
  }

  @Test
  void geoJsonHasLongitudeFirst() {
    Entry entry =
        BuildingFile.geoJson(
                "{\"features\":[{\"geometry\":{\"type\":\"Point\",\"coordinates\":[121.47,31.23]},"
                    + "\"properties\":{\"road\":\"新闸路\",\"number\":\"831号\"}},"
                    + "{\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[]}}]}",
                CoordinateSystem.WGS_84)
            .get(0);
    assertThat(entry.telling().place().lon()).isEqualTo(121.47);
    assertThat(entry.telling().key().road()).isEqualTo("新闸路831号");
  }

  @Test
  void whatIsNoSuchFileIsRefused() {
    for (String text : List.of("", "a,b\n", "{")) {
      assertThatThrownBy(() -> BuildingFile.csv(text, CoordinateSystem.WGS_84))
          .isInstanceOf(Problem.class);
    }
    for (String text : List.of("", "{", "[]", "{\"features\":3}", "null")) {
      assertThatThrownBy(() -> BuildingFile.geoJson(text, CoordinateSystem.WGS_84))
          .isInstanceOf(Problem.class);
    }
  }
}

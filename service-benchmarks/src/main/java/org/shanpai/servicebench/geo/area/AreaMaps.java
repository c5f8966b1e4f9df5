package org.shanpai.servicebench.geo.area;

import java.util.ArrayList;
import java.util.List;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.area.Area;
import org.shanpai.geo.area.AreaMap;
import org.shanpai.geo.area.Corner;
import org.shanpai.geo.area.Outline;
import org.shanpai.servicebench.RuleBroken;
import org.shanpai.servicebench.geo.area.Districts.District;

/** Districts as geo-service knows areas; an area's id tells its district's number. */
final class AreaMaps {

  private static final String PREFIX = "a-";
  private static final Outline.Limits LIMITS = new Outline.Limits(1_000, 100_000, 1);

  private AreaMaps() {}

  static AreaMap of(List<District> districts) {
    List<Area> areas = new ArrayList<>(districts.size());
    for (int i = 0; i < districts.size(); i++) {
      areas.add(
          new Area(
              AreaId.of("%s%05d".formatted(PREFIX, i)),
              new CityId("bench"),
              1,
              "District " + i,
              outline(districts.get(i)),
              false));
    }
    return new AreaMap(areas);
  }

  /** The district's number. */
  static int number(AreaId areaId) {
    return Integer.parseInt(areaId.value(), PREFIX.length(), areaId.value().length(), 10);
  }

  private static Outline outline(District district) {
    Outline.Checked checked =
        Outline.check(corners(district.shell()), CoordinateSystem.WGS_84, LIMITS);
    if (checked instanceof Outline.Checked.Bad bad) {
      throw new RuleBroken("geo-service refuses a made-up district: " + bad.detail());
    }
    return ((Outline.Checked.Good) checked).outline();
  }

  private static List<Corner> corners(List<GeoPoint> places) {
    return places.stream().map(place -> new Corner(place.lat(), place.lon())).toList();
  }
}

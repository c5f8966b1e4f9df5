package org.shanpai.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A place as somebody outside the platform tells it. Its {@link CoordinateSystem} is named beside
 * it; only {@link #in} makes it a place of ours.
 *
 * @param lat −90 … 90, degrees of that system
 * @param lon −180 … 180, degrees of that system
 */
public record ToldPlace(double lat, double lon) {

  /**
   * Another way to take the same two numbers.
   *
   * @param words how they are taken, to stand after "when"
   */
  public record Reading(String words, GeoPoint place) {}

  /**
   * @throws IllegalArgumentException naming the number that is no latitude or longitude
   */
  public ToldPlace {
    // Of most of China, longitudes are no latitudes: the slip shows here already.
    if (Math.abs(lat) > 90 && Math.abs(lat) <= 180 && Math.abs(lon) <= 90) {
      throw new IllegalArgumentException(
          "lat must be within -90..90 but is " + lat + "; maybe lat and lon are exchanged");
    }
    new GeoPoint(lat, lon);
  }

  /** From JSON, where a missing number is an error, not the equator. */
  @JsonCreator
  static ToldPlace read(@JsonProperty("lat") Double lat, @JsonProperty("lon") Double lon) {
    if (lat == null || lon == null) {
      throw new IllegalArgumentException((lat == null ? "lat" : "lon") + " is missing");
    }
    return new ToldPlace(lat, lon);
  }

  /** The place in WGS-84. */
  public GeoPoint in(CoordinateSystem system) {
    return system.toWgs84(lat, lon);
  }

  /** The other ways in which the numbers may have been meant, the likelier first. */
  public List<Reading> otherReadings(CoordinateSystem told) {
    List<Reading> readings = new ArrayList<>();
    for (CoordinateSystem system : CoordinateSystem.values()) {
      if (system != told) {
        readings.add(new Reading("it is read as " + system.text(), in(system)));
      }
    }
    if (Math.abs(lon) <= 90) {
      readings.add(new Reading("lat and lon are exchanged", told.toWgs84(lon, lat)));
    }
    return readings;
  }

  /**
   * A sentence for somebody whose place does not fit: how it would have.
   *
   * @param fits whether a place in WGS-84 is where it should be
   * @return empty when no other reading fits either
   */
  public Optional<String> hint(CoordinateSystem told, Predicate<GeoPoint> fits) {
    return otherReadings(told).stream()
        .filter(reading -> fits.test(reading.place()))
        .findFirst()
        .map(reading -> "It would fit when " + reading.words() + ".");
  }
}

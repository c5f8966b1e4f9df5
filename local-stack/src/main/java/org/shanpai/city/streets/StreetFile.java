package org.shanpai.city.streets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shanpai.osm.OsmFile;
import org.shanpai.stack.CannotRun;

/**
 * The city's streets as an OpenStreetMap file, so that plans are made on the streets that riders
 * ride: crossings are shared by the streets that meet there, all are open both ways, as they are
 * for the riders.
 */
public final class StreetFile {

  private StreetFile() {}

  /**
   * Writes the file; the same streets make the same bytes.
   *
   * @return empty when the city has no streets
   * @throws CannotRun when it cannot be written
   */
  public static Optional<Path> write(Ground ground, Plane plane, Path file) {
    List<Street> streets = ground.streets();
    if (streets.isEmpty()) {
      return Optional.empty();
    }
    OsmFile osm = new OsmFile();
    Map<Spot, Long> points = new HashMap<>();
    for (Street street : streets) {
      osm.way(
          street.line().stream()
              .map(spot -> points.computeIfAbsent(spot, any -> osm.point(plane.place(spot))))
              .toList(),
          Map.of("highway", street.highway()));
    }
    try {
      osm.write(file);
    } catch (IOException e) {
      throw new CannotRun("The streets cannot be written to %s.".formatted(file), e);
    }
    return Optional.of(file);
  }
}

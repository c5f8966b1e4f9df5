package org.shanpai.geo.travel.streets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.osm.OsmFile;

/** Streets drawn by hand: points by name, metres north and east of a corner. */
final class Drawn {

  private final GeoPoint corner;
  private final OsmFile file = new OsmFile();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<String, GeoPoint> places = new HashMap<>();

  Drawn(GeoPoint corner) {
    this.corner = corner;
  }

  Drawn point(String name, double north, double east, String... tags) {
    GeoPoint place = corner.offsetMetres(north, east);
    numbers.put(name, file.point(place, tags(tags)));
    places.put(name, place);
    return this;
  }

  /** A street along points whose names are separated by spaces. */
  Drawn street(String along, String... tags) {
    List<Long> points = new ArrayList<>();
    for (String name : along.split(" ")) {
      points.add(numbers.get(name));
    }
    Map<String, String> all = new HashMap<>(tags(tags));
    all.putIfAbsent("highway", "residential");
    file.way(points, all);
    return this;
  }

  GeoPoint at(String name) {
    return places.get(name);
  }

  /** A place so many metres north and east of the corner. */
  GeoPoint place(double north, double east) {
    return corner.offsetMetres(north, east);
  }

  Path write(Path to) {
    try {
      file.write(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return to;
  }

  private static Map<String, String> tags(String... text) {
    Map<String, String> tags = new HashMap<>();
    for (String tag : text) {
      String[] parts = tag.split("=", 2);
      tags.put(parts[0], parts[1]);
    }
    return tags;
  }
}

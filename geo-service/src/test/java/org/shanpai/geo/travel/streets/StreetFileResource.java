package org.shanpai.geo.travel.streets;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.shanpai.contracts.GeoPoint;

/**
 * A street file far from where other tests work: a block of 500 m whose south side is a one-way
 * street from west to east, and an island 3 km north of it.
 */
public final class StreetFileResource implements QuarkusTestResourceLifecycleManager {

  /** The block's south-west corner, 40 km north of the other tests. */
  static final GeoPoint CORNER = new GeoPoint(31.60, 121.47);

  private Path folder;

  static GeoPoint place(double north, double east) {
    return CORNER.offsetMetres(north, east);
  }

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("streets");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path file =
        new Drawn(CORNER)
            .point("sw", 0, 0)
            .point("se", 0, 500)
            .point("ne", 500, 500)
            .point("nw", 500, 0)
            .point("i", 3_500, 0)
            .point("j", 3_500, 400)
            .street("sw se", "oneway=yes", "highway=tertiary")
            .street("se ne nw sw")
            .street("i j")
            .write(folder.resolve("streets.osm.pbf"));
    return Map.of(
        "shanpai.geo.streets.file",
        file.toString(),
        "shanpai.geo.streets.cache-folder",
        folder.resolve("graph").toString(),
        "shanpai.geo.streets.least-streets",
        "2");
  }

  @Override
  public void stop() {
    if (folder == null) {
      return;
    }
    try (var all = Files.walk(folder)) {
      for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

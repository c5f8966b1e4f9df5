package org.shanpai.geo.travel.streets;

import java.nio.file.Path;
import java.util.Optional;
import org.shanpai.geo.travel.DetourTravelTimes;

/** Settings and graphs for tests. */
final class MadeStreets {

  static final DetourTravelTimes MODEL = new DetourTravelTimes(1.3, 15);

  private MadeStreets() {}

  static StreetGraph read(Path file) {
    return read(file, 1, 3_000_000);
  }

  static StreetGraph read(Path file, int leastStreets, long kept) {
    return StreetGraph.read(settings(file, null, leastStreets, kept), 15, stage -> {});
  }

  static StreetSettings settings(Path file, Path cache, int leastStreets, long kept) {
    return new StreetSettings() {
      @Override
      public Optional<Path> file() {
        return Optional.ofNullable(file);
      }

      @Override
      public Optional<Path> cacheFolder() {
        return Optional.ofNullable(cache);
      }

      @Override
      public double doorMetres() {
        return 150;
      }

      @Override
      public double offMetres() {
        return 1_000;
      }

      @Override
      public int leastStreets() {
        return leastStreets;
      }

      @Override
      public long keptCrossings() {
        return kept;
      }
    };
  }
}

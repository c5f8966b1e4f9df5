package org.shanpai.geo.travel.streets;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The street graph's settings. */
@ConfigMapping(prefix = "shanpai.geo.streets")
public interface StreetSettings {

  /** An OpenStreetMap extract: .pbf, .osm, .osm.gz. Without one the detour model answers. */
  Optional<Path> file();

  /** Where the graph made from the file is kept for the next start; nowhere when not given. */
  Optional<Path> cacheFolder();

  /** How far a door may be from its street, metres. */
  @WithDefault("150")
  double doorMetres();

  /** How far from every street a place may be for streets to be used at all, metres. */
  @WithDefault("1000")
  double offMetres();

  /** A part of the network with fewer streets is no network but a yard or a mapping error. */
  @WithDefault("200")
  int leastStreets();

  /** Crossings of finished searches that are kept, 12 bytes each. */
  @WithDefault("3000000")
  long keptCrossings();
}

package org.shanpai.geo.zone;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.shanpai.geo.polygon.PolygonLimits;

/** What zones may look like, and how many there may be. */
@ConfigMapping(prefix = "shanpai.geo.zone")
public interface ZoneSettings {

  /** Greatest number of corners of a zone, all rings together. */
  @WithDefault("2000")
  int mostCorners();

  /** Greatest number of borders and holes of a zone. */
  @WithDefault("100")
  int mostRings();

  /** Greatest extent to the north or to the east. */
  @WithDefault("100000")
  double mostSpanMetres();

  /** Smallest surface of a part. */
  @WithDefault("100")
  double leastSquareMetres();

  /** How far from the city a zone may lie whole. */
  @WithDefault("20000")
  double cityMarginMetres();

  /** Greatest number of zones of the city. */
  @WithDefault("5000")
  int mostZones();

  /** How many versions of a zone are kept, the newest. */
  @WithDefault("100")
  int keptVersions();

  /** The limits on a polygon. */
  default PolygonLimits limits() {
    return new PolygonLimits(mostCorners(), mostRings(), mostSpanMetres(), leastSquareMetres());
  }
}

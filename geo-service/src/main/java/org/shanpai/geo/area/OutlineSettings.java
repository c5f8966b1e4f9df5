package org.shanpai.geo.area;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.shanpai.geo.polygon.PolygonLimits;

/** What an area may look like. */
@ConfigMapping(prefix = "shanpai.geo.outline")
public interface OutlineSettings {

  /** Greatest number of corners. */
  @WithDefault("1000")
  int mostCorners();

  /** Greatest extent to the north or to the east. */
  @WithDefault("100000")
  double mostSpanMetres();

  /** Smallest surface. */
  @WithDefault("1000")
  double leastSquareMetres();

  /** Greatest number of areas in one file. */
  @WithDefault("5000")
  int mostAreasInFile();

  /** The same limits on a polygon of a file. */
  default PolygonLimits polygonLimits() {
    return new PolygonLimits(mostCorners(), 100, mostSpanMetres(), leastSquareMetres());
  }

  /** The limits on an outline. */
  default Outline.Limits limits() {
    return new Outline.Limits(mostCorners(), mostSpanMetres(), leastSquareMetres());
  }
}

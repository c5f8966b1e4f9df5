package org.shanpai.geo.coverage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the coverage map. */
@ConfigMapping(prefix = "shanpai.geo.coverage")
public interface CoverageSettings {

  /** How long demand is remembered, city time; whole days. */
  @WithDefault("P28D")
  Duration keep();

  /** Demand further than this from every area is nobody's, metres. */
  @WithDefault("10000")
  double marginMetres();

  /** The city's usual promise: longer ones are late. */
  @WithDefault("30m")
  Duration usualPromise();

  /** What an order promised late counts, beside one not served at all: 0 to 1. */
  @WithDefault("0.5")
  double lateWeight();

  /** Most cells that one answer shows; those with the most demand are shown. */
  @WithDefault("5000")
  int mostCells();

  /** Most places for a store that one question weighs. */
  @WithDefault("20000")
  int mostCandidates();
}

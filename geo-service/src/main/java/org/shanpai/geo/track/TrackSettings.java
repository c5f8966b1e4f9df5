package org.shanpai.geo.track;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long it is known where riders were, and how exactly. */
@ConfigMapping(prefix = "shanpai.geo.tracks")
public interface TrackSettings {

  /** City time for which every reading is kept. */
  @WithDefault("72h")
  Duration keepRaw();

  /** City time for which it is then kept in which H3 cell of resolution 8 a rider was. */
  @WithDefault("30d")
  Duration keepCoarse();

  /** Readings in one row. */
  @WithDefault("60")
  int chunkPoints();

  /** City time in one row. */
  @WithDefault("2m")
  Duration chunkSpan();

  /** Memory for readings on their way to the database; when it is full the oldest are dropped. */
  @WithDefault("16777216")
  long mostBufferedBytes();
}

package org.shanpai.geo.fence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When positions prove that a rider is somewhere. */
@ConfigMapping(prefix = "shanpai.geo.fence")
public interface FenceSettings {

  /** How near a reading must be to the centre. */
  @WithDefault("100")
  double radiusMetres();

  /** Readings in a row that prove it. */
  @WithDefault("3")
  int readings();

  /** A reading believed less counts neither for nor against, 0–100. */
  @WithDefault("60")
  int leastTrust();

  /** A reading less accurate proves nothing about the radius, for or against. */
  @WithDefault("65")
  double worstAccuracyMetres();

  /** Readings further apart than this, city time, are not in a row. */
  @WithDefault("3m")
  Duration longestGap();

  /** City time for which late batches still count after the job ended. */
  @WithDefault("30m")
  Duration late();

  /** How often proofs are written and other replicas' jobs are read, wall time. */
  @WithDefault("0.25s")
  Duration every();

  /** City time for which evidence is kept. */
  @WithDefault("90d")
  Duration keep();

  /** The rule a run of readings is judged by. */
  default FenceRule rule() {
    return new FenceRule(
        radiusMetres(), readings(), leastTrust(), worstAccuracyMetres(), longestGap().toMillis());
  }
}

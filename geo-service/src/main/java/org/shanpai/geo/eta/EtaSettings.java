package org.shanpai.geo.eta;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What promises and arrival windows start from. */
@ConfigMapping(prefix = "shanpai.geo.eta")
public interface EtaSettings {

  /** Share of deliveries that must fall into their window. */
  @WithDefault("0.8")
  double coverage();

  /** City time within which windows count and are kept. */
  @WithDefault("28d")
  Duration window();

  /** How often windows learn from what came of them, wall time. */
  @WithDefault("30s")
  Duration every();

  /** Finished orders that what is assumed of a promise's spread is worth. */
  @WithDefault("40")
  double prior();

  /** Speed the promise's floor is counted with, km/h. */
  @WithDefault("15")
  double floorKmh();

  /** What the floor adds for everything else, seconds. */
  @WithDefault("300")
  int floorExtraSeconds();

  /** From the order's creation to a rider at the store, seconds, until anything was learned. */
  @WithDefault("480")
  int approachSeconds();

  /** Four of five riders are there by then. */
  @WithDefault("720")
  int approachP80Seconds();

  /** 85 of 100 ways take no longer than this times the usual time, until anything was learned. */
  @WithDefault("1.25")
  double travelP85Ratio();
}

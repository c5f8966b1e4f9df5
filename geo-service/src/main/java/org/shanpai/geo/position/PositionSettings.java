package org.shanpai.geo.position;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is believed of pings and how long it is kept. */
@ConfigMapping(prefix = "shanpai.geo.positions")
public interface PositionSettings {

  /** City time: how far a phone's clock may be ahead. */
  @WithDefault("30s")
  Duration futureTolerance();

  /** City time: an older reading says nothing about where the rider is. */
  @WithDefault("15m")
  Duration oldestPing();

  /** Greatest accuracy radius believed. */
  @WithDefault("200")
  double worstAccuracyMetres();

  /** Legal speed of the vehicle. */
  @WithDefault("25")
  double speedCapKmh();

  /** What the cap is multiplied with before a movement is impossible. */
  @WithDefault("2")
  double speedMargin();

  /** Jump that is noise of the receiver. */
  @WithDefault("50")
  double noiseMetres();

  /**
   * So many readings in a row that agree with each other but not with what is known are believed.
   */
  @WithDefault("3")
  int teleportConfirmations();

  /** How far beyond the box around all areas riders may be. */
  @WithDefault("50000")
  double cityMarginMetres();

  /** City time after which a rider not heard of is nowhere. */
  @WithDefault("20m")
  Duration expireAfter();

  /** City time after which a rider not heard of counts as silent. */
  @WithDefault("3m")
  Duration silentAfter();

  /** Greatest number of riders kept in this replica's memory. */
  @WithDefault("50000")
  int memoryRiders();

  /**
   * Whether this replica's memory may answer while Redis does not. True where one replica hears all
   * riders of the city; false where several share them.
   */
  @WithDefault("true")
  boolean memoryAnswers();

  /** Wall time for which pings are gathered before they go to Redis in one transaction. */
  @WithDefault("20ms")
  Duration flushEvery();

  /** Greatest number of riders in one transaction. */
  @WithDefault("2000")
  int flushMost();

  /** Wall time between removals of expired riders. */
  @WithDefault("2s")
  Duration sweepEvery();

  /** Wall time between samples to Kafka: at most one of each rider. */
  @WithDefault("1s")
  Duration sampleEvery();
}

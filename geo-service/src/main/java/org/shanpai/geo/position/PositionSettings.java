package org.shanpai.geo.position;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is believed of pings and how long it is kept. */
@ConfigMapping(prefix = "shanpai.geo.positions")
public interface PositionSettings {

  /** City time: how far a phone's clock may be ahead without being corrected. */
  @WithDefault("30s")
  Duration futureTolerance();

  /**
   * City time: how far a phone's clock may be behind without being corrected. A phone that sends
   * late looks the same, so this is generous.
   */
  @WithDefault("2m")
  Duration behindTolerance();

  /** City time: a phone's clock that is wrong by more is not corrected; every time zone fits in. */
  @WithDefault("26h")
  Duration worstClock();

  /** City time: an older reading says nothing about where the rider is. */
  @WithDefault("15m")
  Duration oldestPing();

  /** Greatest accuracy radius believed. */
  @WithDefault("200")
  double worstAccuracyMetres();

  /** A greater accuracy radius costs trust. */
  @WithDefault("50")
  double badAccuracyMetres();

  /** Legal speed of the vehicle. */
  @WithDefault("25")
  double speedCapKmh();

  /** What the cap is multiplied with before a speed costs trust. */
  @WithDefault("1.5")
  double speedDoubt();

  /** What the cap is multiplied with before a movement is impossible. */
  @WithDefault("2")
  double speedMargin();

  /** Jump that is noise of the receiver. */
  @WithDefault("50")
  double noiseMetres();

  /** So many identical readings in a row of a phone that says it moves cost trust. */
  @WithDefault("3")
  int sameWhileRiding();

  /** So many identical readings in a row cost trust in any case. */
  @WithDefault("30")
  int sameWhileStanding();

  /** How near to a shop a place counts as being there. */
  @WithDefault("100")
  double shopMetres();

  /** Requests a rider's phone may make a second of wall time, for ever. */
  @WithDefault("20")
  int requestsPerSecond();

  /** Requests a rider's phone may make at once. */
  @WithDefault("60")
  int requestsAtOnce();

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
  @WithDefault("200000")
  int memoryRiders();

  /**
   * Whether this replica's memory answers, and Redis only until it is complete. True where one
   * replica hears all riders of the city; false where several share them.
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

  /** Greatest number of riders in one sample; the others' turn comes with the next. */
  @WithDefault("5000")
  int sampleMost();
}

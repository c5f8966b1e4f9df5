package org.shanpai.order.tracking;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.time.Duration;

/** Settings of the customer's page. */
@ConfigMapping(prefix = "shanpai.tracking")
public interface TrackingSettings {

  /** Where customers reach this service, without a path. */
  URI publicUrl();

  /** How long the page stays after the order ended, city time. */
  Duration afterEnd();

  /** How often an open page is told what changed, wall time; also how long an answer is reused. */
  Duration refresh();

  /** Open streams at once in this process; further pages ask now and then instead. */
  int mostStreams();

  /** How long geo-service may take before the page does without its answer, wall time. */
  Duration geoTimeout();

  /** Older positions are not shown, city time. */
  Duration stalePosition();

  /** Requests with one link a minute. */
  int perTokenAMinute();

  /** How often a minute the number that reaches the rider is asked for with one link. */
  int callsAMinute();

  /** Requests from one address a minute. */
  int perAddressAMinute();

  /** Links that are none, from one address a minute. */
  int wrongAMinute();
}

package org.shanpai.order.progress;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** What merchants are charged beside the delivery, and the limits of what they may ask for. */
@ConfigMapping(prefix = "shanpai.afterwards")
public interface ChargeSettings {

  /** A rider's way to the store in vain, fen; never more than the delivery fee. */
  long tripFen();

  /** Added once the rider stands at the store, fen. */
  long arrivalFen();

  /** The way back of goods, percent of the delivery fee. */
  int returnPercent();

  /** City time; a rider so far behind the plan is late. */
  Duration lateGrace();

  /** City time; a price told by precancel should be asked for anew after it. */
  Duration precancelLife();

  /** The highest tip of an order, fen. */
  long mostTipFen();

  /** City time; a tip may rise so long after the delivery. */
  Duration tipAfterDelivery();

  /** City time between two nudges of an order. */
  Duration nudgeEvery();

  /** How often another rider may be asked for. */
  int mostRedispatches();

  /** How many doors may be asked for, one after the other. */
  int mostChanges();

  /** City time: a pickup later than that after tap and arrival proves that ready was not ready. */
  Duration readyTapGrace();

  /** City time over which a store's false readies are counted. */
  Duration kitchenWindow();
}

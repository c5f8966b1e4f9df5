package org.shanpai.contracts.event;

import org.shanpai.contracts.Money;
import org.shanpai.contracts.RiderId;

/**
 * What a rider gets for a job besides its pay.
 *
 * @param riderId who gets it
 * @param epoch the assignment it is for
 * @param kind what for
 * @param amount more than nothing
 */
public record ExtraPay(RiderId riderId, long epoch, Kind kind, Money amount) {

  /** What for. */
  public enum Kind {
    /** Sent to a store in vain (空跑). */
    WASTED_TRIP,
    /** Kept waiting beyond what a pickup or a door usually takes (等待). */
    WAIT,
    /** Brought the goods back to the store (退回). */
    RETURN
  }
}

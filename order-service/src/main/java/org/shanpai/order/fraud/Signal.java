package org.shanpai.order.fraud;

import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.event.FraudSignal;

/**
 * A signal as it stands, with what people made of it.
 *
 * @param place of its last revision in the feed
 * @param decisions the newest first
 */
public record Signal(FraudSignal told, long place, List<Decision> decisions) {

  /**
   * What a person made of a signal.
   *
   * @param revision of the signal they saw
   * @param by their name at the control room
   * @param at city time
   */
  public record Decision(long revision, Outcome outcome, String reason, String by, Instant at) {}

  /** See {@link Decision}. */
  public enum Outcome {
    /** Looked at, not settled. */
    SEEN,
    /** It is what it looks like. */
    CONFIRMED,
    /** There is an innocent explanation. */
    DISMISSED
  }
}

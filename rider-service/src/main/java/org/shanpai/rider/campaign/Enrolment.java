package org.shanpai.rider.campaign;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A rider's part in a campaign.
 *
 * @param inviterId fixed at sign-up; null for nobody
 * @param weeksMet weeks that were enough so far
 * @param nextMonday the week that is ridden now, or will be first; null before the proof is
 *     accepted
 * @param reservedAt city time; null while waiting
 * @param reason why it ended; null otherwise
 */
public record Enrolment(
    String enrolmentId,
    String campaignId,
    String riderId,
    String inviterId,
    State state,
    int weeksMet,
    LocalDate nextMonday,
    Instant appliedAt,
    Instant reservedAt,
    String reason) {

  /** How far it is. */
  public enum State {
    /** On the waiting list. */
    APPLIED,
    /** Has a place; the proof is awaited. */
    RESERVED,
    /** The proof was accepted; the first Monday is awaited. */
    VERIFIED,
    /** Rides its weeks. */
    WEEK,
    /** All weeks done; the money is held. */
    COMPLETED,
    /** All is paid. */
    SETTLED,
    /** The proof was not enough. */
    REJECTED,
    /** A week was missed, or no proof came. */
    FAILED,
    /** The rider left. */
    WITHDRAWN
  }

  Enrolment with(State now, int met, LocalDate monday, Instant placeAt, String why) {
    return new Enrolment(
        enrolmentId, campaignId, riderId, inviterId, now, met, monday, appliedAt, placeAt, why);
  }

  /** The state as told: {@code WEEK_2} in the second week. */
  public String told() {
    return state == State.WEEK ? "WEEK_" + (weeksMet + 1) : state.name();
  }
}

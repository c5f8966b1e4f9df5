package org.shanpai.rider.appeal;

import java.time.Instant;
import java.util.List;

/**
 * A rider's word against a deduction.
 *
 * @param entryId the row of the score ledger
 * @param group of the row's rule
 * @param milliPoints what the row takes, below 0
 * @param ruledBy who wrote the row; {@code rules} when nobody did
 * @param dueAt city time until which the present step may be taken; null once decided
 * @param firstBy the named person of the first instance; null before their word
 * @param seatedBy who called the panel together; null before
 * @param decidedBy who had the last word; a name, {@code rules} or {@code panel}
 * @param reasons of the last word
 */
public record Appeal(
    String appealId,
    String riderId,
    String entryId,
    String subject,
    String group,
    String rule,
    int milliPoints,
    String ruledBy,
    String grounds,
    AppealState state,
    Instant filedAt,
    Instant dueAt,
    String firstBy,
    String firstReasons,
    Instant firstAt,
    String escalationGrounds,
    Instant escalatedAt,
    String seatedBy,
    String decidedBy,
    How decidedHow,
    String reasons,
    Instant decidedAt) {

  /** Whether the time for the present step is over; at {@code dueAt} itself it is not. */
  public boolean overdue(Instant now) {
    return dueAt != null && now.isAfter(dueAt);
  }

  /** Whose word was the last one. */
  public enum How {
    /** A named person accepted it. */
    PERSON,
    /** Nobody decided in time, so it is accepted. */
    OVERDUE,
    /** The ledger had corrected the row meanwhile, so it is accepted. */
    CORRECTED,
    /** The majority of the panel. */
    PANEL,
    /** A named person rejected it and the rider left it at that. */
    NOT_ESCALATED
  }

  /** What speaks for the rider: words, a picture, or both. */
  public record Evidence(int no, String words, String proofId, Instant addedAt) {}

  /**
   * A seat of the panel.
   *
   * @param vote null before it
   */
  public record Seat(int no, Kind kind, String person, Vote vote, String reasons, Instant votedAt) {

    /** What the person is here. */
    public enum Kind {
      OPERATOR,
      RIDER
    }
  }

  /** A panel member's word. */
  public enum Vote {
    UPHOLD,
    REJECT
  }

  /** Everything about one. */
  public record Dossier(Appeal appeal, List<Evidence> evidence, List<Seat> seats) {}
}

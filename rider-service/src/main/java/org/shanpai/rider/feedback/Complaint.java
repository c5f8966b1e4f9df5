package org.shanpai.rider.feedback;

import java.time.Instant;
import java.util.List;

/**
 * A complaint as a case of the desk.
 *
 * @param tags what the customer ticked
 * @param verified whether it is certain that the order's customer said it
 * @param deliveredAt null when no delivery is known
 * @param acceptedAt decides the rule set; null when no delivery is known
 * @param finding what was found; null until it is upheld
 * @param excuse why it takes nothing all the same; null for none
 */
public record Complaint(
    String complaintId,
    String riderId,
    String orderId,
    State state,
    List<String> tags,
    boolean verified,
    Instant openedAt,
    Instant deliveredAt,
    Instant acceptedAt,
    Finding finding,
    String excuse,
    String evidence,
    String decidedBy,
    String reasons,
    Instant decidedAt) {

  /** How far it has come. */
  public enum State {
    OPEN,
    UPHELD,
    DISMISSED
  }

  /** What a person found. */
  public enum Finding {
    /** Wrong, missing or spilled by the rider. */
    CX1,
    /** Conduct. */
    CX2,
    /** Said to be delivered and was not. */
    CX3,
    /** It was late: that is what the rules of lateness judge, and nothing is taken twice. */
    LATENESS
  }

  /** What a fraud watch noticed around the order; for people to read. */
  public record Note(String signalId, String kind, int weight, String evidence, Instant at) {}

  /** With what is known around it. */
  public record Case(Complaint complaint, List<Note> notes) {}
}

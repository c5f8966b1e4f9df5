package org.shanpai.rider.task;

import java.util.Set;

/**
 * Something a rider did, as the phone tells it, now or hours later.
 *
 * @param key the phone's own, new for each action
 * @param jobId or {@code offerId}: what it is about
 * @param epoch of the job; null for offers
 * @param code as read from the bag or told by the customer
 * @param reason code, where the kind takes one
 */
public record Action(
    String key,
    Kind kind,
    String jobId,
    String offerId,
    Long epoch,
    PhoneTime time,
    String code,
    String proofId,
    Boolean dropPoint,
    Set<String> checked,
    String reason,
    String evidence) {

  /** What can be done without a line, in the order in which it can happen to one job. */
  public enum Kind {
    ACCEPT(0),
    DECLINE(0),
    GRAB(0),
    RELEASE(1),
    ARRIVED_STORE(1),
    PICKED_UP(2),
    ARRIVED_CUSTOMER(3),
    DELIVERED(4),
    UNDELIVERABLE(4),
    RETURNED(5),
    /** What went wrong, by the table of exceptions: at any stage. */
    REPORT(-1);

    private final int rank;

    Kind(int rank) {
      this.rank = rank;
    }

    /** Its place in a job's life; −1 for what has none. */
    int rank() {
      return rank;
    }

    /** Whether it answers an offer. */
    public boolean ofOffer() {
      return this == ACCEPT || this == DECLINE;
    }
  }

  /** What makes it the same request when it comes again. */
  String fingerprint() {
    return String.join(
        "\n",
        kind.name(),
        String.valueOf(jobId),
        String.valueOf(offerId),
        String.valueOf(epoch),
        String.valueOf(time.at()),
        String.valueOf(code),
        String.valueOf(proofId),
        String.valueOf(dropPoint),
        checked == null ? "null" : new java.util.TreeSet<>(checked).toString(),
        String.valueOf(reason),
        String.valueOf(evidence));
  }
}

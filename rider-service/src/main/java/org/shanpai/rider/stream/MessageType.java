package org.shanpai.rider.stream;

import java.util.Arrays;
import java.util.Locale;

/** Everything that goes down a rider's line. Phones skip what they do not know. */
public enum MessageType {
  /** An offer, whatever its status: {@code OfferState}. */
  OFFER,
  /** The rider's work: {@code RiderWorkState}. */
  WORK,
  /** The stops are others, or in another order: {@code {version, route}}. */
  ROUTE,
  /** A limit of working time was reached, or is over. */
  FATIGUE,
  /** Another rider gives a job, or answered; never with the code. */
  HAND_OVER,
  /** From the control room or the station. */
  MESSAGE,
  /** The rider's own alarm changed. */
  SOS,
  /** A row of the score ledger: {@code ScoreEntry}. */
  SCORE,
  /** The rider's own appeal went on. */
  APPEAL,
  /** Drawn for the panel of another rider's appeal. */
  APPEAL_SEAT,
  /** What a customer said, some time ago. */
  FEEDBACK,
  /** A complaint was decided. */
  COMPLAINT,
  /** The rider's part in a campaign was moved on by somebody else. */
  CAMPAIGN,
  /** Money of a campaign was stopped, or let go. */
  PAYMENT;

  /** What phones know it by, such as {@code hand-over}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws IllegalArgumentException when no such message is documented
   */
  static String known(String text) {
    if (Arrays.stream(values()).noneMatch(type -> type.text().equals(text))) {
      throw new IllegalArgumentException("no message of type " + text + " is documented");
    }
    return text;
  }
}

package org.shanpai.rider.stream;

/**
 * What goes down the line.
 *
 * @param id the rider's sequence; null on events a phone must not go on from
 * @param name the message's type, such as {@code offer}; null for a heartbeat
 * @param data JSON; null for a heartbeat
 * @param createdAtMillis wall time the message was stored; 0 when it is no stored message
 */
public record StreamEvent(Long id, String name, String data, long createdAtMillis) {

  /** A comment that keeps the line open. */
  public static final StreamEvent HEARTBEAT = new StreamEvent(null, null, null, 0);

  static StreamEvent of(RiderMessage message) {
    return new StreamEvent(
        message.seq(), message.type(), message.body(), message.createdAtMillis());
  }
}

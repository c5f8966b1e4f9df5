package org.shanpai.order.live;

/**
 * What goes down a merchant's stream.
 *
 * @param id from which a reader may go on; null on a heartbeat
 * @param name the event's type, or {@code ready} or {@code reset}; null for a heartbeat
 * @param data JSON; null for a heartbeat
 */
public record LiveEvent(Long id, String name, String data) {

  /** The first event of a stream that begins now. */
  public static final String READY = "ready";

  /** What was missed is no longer known: read the orders anew. */
  public static final String RESET = "reset";

  /** A comment that keeps the line open. */
  public static final LiveEvent HEARTBEAT = new LiveEvent(null, null, null);
}

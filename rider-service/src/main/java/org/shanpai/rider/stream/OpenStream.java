package org.shanpai.rider.stream;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One open line to a phone. Lets each message through once and in order, whoever brings it: the
 * commit on this replica, the poll, or a catch-up. Thread-safe.
 */
final class OpenStream {

  private static final long STARTING = -1;

  /** Set while somebody reads messages for this stream, so that one reader is enough. */
  final AtomicBoolean catchingUp = new AtomicBoolean();

  private final String riderId;
  private final Consumer<StreamEvent> phone;
  private final Runnable hangUp;
  private long cursor = STARTING;
  private long highestSeen;

  /**
   * @param phone takes events; must not block
   * @param hangUp ends the line; the phone will come again
   */
  OpenStream(String riderId, Consumer<StreamEvent> phone, Runnable hangUp) {
    this.riderId = riderId;
    this.phone = phone;
    this.hangUp = hangUp;
  }

  String riderId() {
    return riderId;
  }

  /** The last message let through, or −1 while the line is being opened. */
  synchronized long cursor() {
    return cursor;
  }

  /**
   * Opens the line.
   *
   * @param first what the phone gets at once
   * @param at the number of the newest message the phone has, or gets with {@code first}
   */
  synchronized void start(List<StreamEvent> first, long at) {
    first.forEach(phone);
    cursor = at;
  }

  /** Lets the message through if it is the next one. */
  synchronized void offer(RiderMessage message) {
    highestSeen = Math.max(highestSeen, message.seq());
    if (cursor != STARTING && message.seq() == cursor + 1) {
      pass(message);
    }
  }

  /**
   * Lets the message through if it is newer. Only for what was read from storage after this
   * stream's own cursor, where nothing can be missing in between.
   */
  synchronized void offerStored(RiderMessage message) {
    highestSeen = Math.max(highestSeen, message.seq());
    if (cursor != STARTING && message.seq() > cursor) {
      pass(message);
    }
  }

  /** Whether a message was seen that could not be let through yet. */
  synchronized boolean behind() {
    return cursor != STARTING && highestSeen > cursor;
  }

  /** Tells the phone, and every proxy on the way, that the line is alive. */
  void beat() {
    phone.accept(StreamEvent.HEARTBEAT);
  }

  void close() {
    hangUp.run();
  }

  private void pass(RiderMessage message) {
    cursor = message.seq();
    phone.accept(StreamEvent.of(message));
  }
}

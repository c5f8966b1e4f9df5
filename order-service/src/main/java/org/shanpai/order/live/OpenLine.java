package org.shanpai.order.live;

import io.smallrye.mutiny.subscription.MultiEmitter;

/** One open stream of a merchant. Lets each event through once and in order. Thread-safe. */
final class OpenLine {

  private static final long STARTING = -1;

  private final String merchantId;
  private final MultiEmitter<? super LiveEvent> reader;
  private long cursor = STARTING;

  OpenLine(String merchantId, MultiEmitter<? super LiveEvent> reader) {
    this.merchantId = merchantId;
    this.reader = reader;
  }

  String merchantId() {
    return merchantId;
  }

  /** The last event let through, or −1 while the line is being opened. */
  synchronized long cursor() {
    return cursor;
  }

  /**
   * Opens the line.
   *
   * @param first what the reader gets before anything else; null for nothing
   * @param at the number after which it goes on
   */
  synchronized void start(LiveEvent first, long at) {
    if (first != null) {
      reader.emit(first);
    }
    cursor = at;
  }

  /** Lets the event through if it is newer; events come in order and without a gap. */
  synchronized void offer(MerchantEvent event) {
    if (cursor != STARTING && event.seq() > cursor) {
      cursor = event.seq();
      reader.emit(new LiveEvent(event.seq(), event.type(), event.body()));
    }
  }

  void beat() {
    reader.emit(LiveEvent.HEARTBEAT);
  }

  void close() {
    reader.complete();
  }
}

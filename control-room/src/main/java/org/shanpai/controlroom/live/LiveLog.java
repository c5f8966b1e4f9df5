package org.shanpai.controlroom.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The last messages, so that a page that lost its stream goes on where it was.
 *
 * <p>A place in the log reads {@code <life>-<sequence>}. The life changes with the process: what
 * another one counted means nothing here. Not thread-safe.
 */
final class LiveLog {

  private final String life;
  private final int capacity;
  private final ArrayDeque<LiveMessage> messages = new ArrayDeque<>();
  private long newest;

  /**
   * @param life names this process; without {@code -}
   * @param capacity messages kept, at least 1
   */
  LiveLog(String life, int capacity) {
    this.life = life;
    this.capacity = capacity;
  }

  String place(long sequence) {
    return life + "-" + sequence;
  }

  long newest() {
    return newest;
  }

  /**
   * @param message the one after {@link #newest()}
   */
  void append(LiveMessage message) {
    if (message.sequence() != newest + 1) {
      throw new IllegalStateException(
          "message " + message.sequence() + " cannot follow message " + newest);
    }
    newest = message.sequence();
    messages.addLast(message);
    if (messages.size() > capacity) {
      messages.removeFirst();
    }
  }

  /**
   * The messages after that place, oldest first; null when they cannot all be told: a place of
   * another life, too old, not yet reached, or no place at all.
   *
   * @param place a place, or the one just ahead of the log that a snapshot may have handed out
   */
  List<LiveMessage> after(String place) {
    long sequence = sequenceOf(place);
    if (sequence < 0 || sequence > newest + 1) {
      return null;
    }
    long oldest = newest - messages.size() + 1;
    if (sequence < oldest - 1) {
      return null;
    }
    List<LiveMessage> missed = new ArrayList<>();
    for (LiveMessage message : messages) {
      if (message.sequence() > sequence) {
        missed.add(message);
      }
    }
    return missed;
  }

  /** The sequence of a place of this life, or −1. */
  long sequenceOf(String place) {
    if (place == null || !place.startsWith(life + "-")) {
      return -1;
    }
    try {
      return Long.parseLong(place.substring(life.length() + 1));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}

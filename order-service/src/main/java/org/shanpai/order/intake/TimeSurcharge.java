package org.shanpai.order.intake;

import java.time.LocalTime;

/**
 * An addition to the fee at some time of day, such as the night.
 *
 * @param from included, the city's local time
 * @param to excluded; before {@code from} when it ends on the next day
 * @param fen 0 or more
 */
public record TimeSurcharge(LocalTime from, LocalTime to, long fen) {

  /**
   * @throws IllegalArgumentException when it takes something off
   */
  public TimeSurcharge {
    if (fen < 0) {
      throw new IllegalArgumentException(
          "A surcharge must be 0 or more but from " + from + " to " + to + " is " + fen + " fen.");
    }
  }

  boolean holds(LocalTime at) {
    boolean begun = !at.isBefore(from);
    boolean running = at.isBefore(to);
    return from.isBefore(to) ? begun && running : begun || running;
  }
}

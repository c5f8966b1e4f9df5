package org.shanpai.geo.position;

/**
 * One run of the app on a rider's phone: which readings came, and how wrong the phone's clock is.
 *
 * <p>The clock's error is taken from the smallest difference seen between the city's clock at
 * receipt and the phone's: the rest is delay. A phone that is ahead shows it at once. One that is
 * behind looks like one that sends late, and is corrected only when several batches over a minute
 * all say the same, or when its readings would otherwise be of no use. Times are city time, epoch
 * milliseconds. Not thread-safe.
 */
final class PhoneSession {

  /** So far back repeated readings are told from late ones. */
  static final int WINDOW = 256;

  private static final int BATCHES_THAT_CONFIRM = 3;
  private static final long SPAN_THAT_CONFIRMS = 60_000;

  /** Where a reading stands among those of its session. */
  enum Order {
    /** Later than all before. */
    NEW,
    /** Earlier than another, but not seen yet. */
    LATE,
    /** Seen already, or so far back that nobody knows. */
    REPEATED
  }

  /**
   * How wrong clocks may be.
   *
   * @param ahead a phone's clock may be ahead by that without being corrected
   * @param behind a phone's clock may be behind by that without being corrected
   * @param oldest readings older than this are of no use
   * @param most no clock is wrong by more
   */
  record ClockLimits(long ahead, long behind, long oldest, long most) {}

  private final long key;
  private long highest = -1;
  private final long[] seen = new long[WINDOW / Long.SIZE];
  private long difference;
  private long newestDeviceAt;
  private long firstHeard;
  private int batches;

  /**
   * @param key the session's id as a number, see {@link #key(String)}
   */
  PhoneSession(long key) {
    this.key = key;
  }

  /** A number for the id; two sessions of one rider do not share it but by one chance in 2^64. */
  static long key(String sessionId) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < sessionId.length(); i++) {
      hash = (hash ^ sessionId.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  long key() {
    return key;
  }

  /** Greatest number seen, −1 before the first. */
  long highest() {
    return highest;
  }

  /** Notes the number of a reading. */
  Order order(long seq) {
    if (seq > highest) {
      long steps = Math.min(seq - highest, WINDOW);
      for (long step = 0; step < steps; step++) {
        unmark(seq - step);
      }
      highest = seq;
      mark(seq);
      return Order.NEW;
    }
    if (highest - seq >= WINDOW || marked(seq)) {
      return Order.REPEATED;
    }
    mark(seq);
    return Order.LATE;
  }

  /**
   * Notes a batch that brought something new.
   *
   * @param deviceAt what the phone's clock showed at the batch's newest reading
   */
  void heard(long deviceAt, long now, ClockLimits limits) {
    boolean setBack = batches > 0 && deviceAt < newestDeviceAt - limits.ahead();
    if (batches == 0 || setBack) {
      difference = now - deviceAt;
      firstHeard = now;
      batches = 1;
    } else {
      difference = Math.min(difference, now - deviceAt);
      batches++;
    }
    newestDeviceAt = deviceAt;
  }

  /** What to add to the phone's times; 0 while nothing is wrong, or too much. */
  long correction(long now, ClockLimits limits) {
    if (Math.abs(difference) > limits.most()) {
      return 0;
    }
    boolean confirmed = batches >= BATCHES_THAT_CONFIRM && now - firstHeard >= SPAN_THAT_CONFIRMS;
    boolean wrong =
        difference < -limits.ahead()
            || difference > limits.oldest()
            || (difference > limits.behind() && confirmed);
    return wrong ? difference : 0;
  }

  private void mark(long seq) {
    seen[(int) (seq >>> 6) & seen.length - 1] |= 1L << seq;
  }

  private void unmark(long seq) {
    seen[(int) (seq >>> 6) & seen.length - 1] &= ~(1L << seq);
  }

  private boolean marked(long seq) {
    return (seen[(int) (seq >>> 6) & seen.length - 1] & 1L << seq) != 0;
  }
}

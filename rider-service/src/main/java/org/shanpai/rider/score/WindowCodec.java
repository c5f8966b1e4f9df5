package org.shanpai.rider.score;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A {@link ScoreWindow} as bytes: some 13 for an order delivered well. */
public final class WindowCodec {

  private static final int FORMAT = 1;
  private static final int PLAIN_GAIN = 100;
  private static final RuleKind[] KINDS = RuleKind.values();
  private static final int MOST_BYTES_OF_AN_ORDER = 60;
  private static final long MILLIS_OF_A_DAY = 86_400_000L;

  private WindowCodec() {}

  public static byte[] write(ScoreWindow window) {
    ByteBuffer out =
        ByteBuffer.allocate(
            64 + (window.orders().size() + window.incidents().size()) * MOST_BYTES_OF_AN_ORDER);
    out.put((byte) FORMAT);
    put(out, window.before());
    put(out, window.orders().size());
    long last = 0;
    for (ScoreWindow.Marks order : window.orders()) {
      out.putLong(order.key());
      put(out, order.atMillis() - last);
      last = order.atMillis();
      put(out, zigzag(order.day() - Math.floorDiv(order.atMillis(), MILLIS_OF_A_DAY)));
      boolean plain =
          order.gains() == PLAIN_GAIN
              && order.bonus() == 0
              && order.overtime() == 0
              && order.other() == 0;
      out.put((byte) (plain ? 1 : 0));
      if (!plain) {
        put(out, order.gains());
        put(out, order.bonus());
        put(out, order.overtime());
        put(out, order.other());
        put(out, order.waivers());
      }
    }
    put(out, window.incidents().size());
    for (ScoreWindow.Mark mark : window.incidents()) {
      out.putLong(mark.key());
      put(out, zigzag(mark.day()));
      out.put((byte) mark.kind().ordinal());
      put(out, zigzag(mark.milliPoints()));
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /**
   * @throws IllegalArgumentException for bytes of another format
   */
  public static ScoreWindow read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int format = in.get();
    if (format != FORMAT) {
      throw new IllegalArgumentException("a score window of format " + format);
    }
    long before = get(in);
    int count = (int) get(in);
    List<ScoreWindow.Marks> orders = new ArrayList<>(count);
    long at = 0;
    for (int i = 0; i < count; i++) {
      long key = in.getLong();
      at += get(in);
      int day = (int) (unzigzag(get(in)) + Math.floorDiv(at, MILLIS_OF_A_DAY));
      boolean plain = in.get() == 1;
      orders.add(
          plain
              ? new ScoreWindow.Marks(key, at, day, PLAIN_GAIN, 0, 0, 0, 0)
              : new ScoreWindow.Marks(
                  key,
                  at,
                  day,
                  (int) get(in),
                  (int) get(in),
                  (int) get(in),
                  (int) get(in),
                  (int) get(in)));
    }
    int marks = (int) get(in);
    List<ScoreWindow.Mark> incidents = new ArrayList<>(marks);
    for (int i = 0; i < marks; i++) {
      incidents.add(
          new ScoreWindow.Mark(
              in.getLong(), (int) unzigzag(get(in)), KINDS[in.get()], (int) unzigzag(get(in))));
    }
    return new ScoreWindow(before, orders, incidents);
  }

  private static void put(ByteBuffer out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.put((byte) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static long get(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a score window with a number without end");
  }

  private static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  private static long unzigzag(long value) {
    return value >>> 1 ^ -(value & 1);
  }
}

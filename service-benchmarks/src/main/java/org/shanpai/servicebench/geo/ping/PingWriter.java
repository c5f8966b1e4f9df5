package org.shanpai.servicebench.geo.ping;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;

/** Writes ASCII JSON into a buffer without making an object for every number. Not thread-safe. */
final class PingWriter {

  private static final long DAY_MILLIS = 86_400_000;

  private ByteBuffer out;
  private long day = Long.MIN_VALUE;
  private byte[] dayText;

  PingWriter to(ByteBuffer buffer) {
    this.out = buffer;
    return this;
  }

  PingWriter text(byte[] ascii) {
    out.put(ascii);
    return this;
  }

  /** A whole number, 0 or more. */
  PingWriter whole(long value) {
    long power = 1;
    while (value / power >= 10) {
      power *= 10;
    }
    for (; power > 0; power /= 10) {
      out.put((byte) ('0' + value / power % 10));
    }
    return this;
  }

  /** A number rounded to so many decimals. */
  PingWriter decimal(double value, int decimals) {
    long scale = 1;
    for (int i = 0; i < decimals; i++) {
      scale *= 10;
    }
    long scaled = Math.round(Math.abs(value) * scale);
    if (value < 0) {
      out.put((byte) '-');
    }
    whole(scaled / scale);
    out.put((byte) '.');
    digits(scaled % scale, decimals);
    return this;
  }

  /** An instant in ISO 8601, with milliseconds. */
  PingWriter instant(long epochMillis) {
    long dayOf = Math.floorDiv(epochMillis, DAY_MILLIS);
    if (dayOf != day) {
      day = dayOf;
      dayText =
          (Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC).toLocalDate() + "T")
              .getBytes(StandardCharsets.US_ASCII);
    }
    long millis = Math.floorMod(epochMillis, DAY_MILLIS);
    out.put(dayText);
    digits(millis / 3_600_000, 2);
    out.put((byte) ':');
    digits(millis / 60_000 % 60, 2);
    out.put((byte) ':');
    digits(millis / 1000 % 60, 2);
    out.put((byte) '.');
    digits(millis % 1000, 3);
    out.put((byte) 'Z');
    return this;
  }

  private void digits(long value, int width) {
    int end = out.position() + width;
    for (int i = end - 1; i >= end - width; i--) {
      out.put(i, (byte) ('0' + value % 10));
      value /= 10;
    }
    out.position(end);
  }
}

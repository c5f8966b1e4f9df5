package org.shanpai.geo.track;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.shanpai.contracts.GeoPoint;

/**
 * Packs readings of one rider: each as its difference from the one before, in numbers of as many
 * bytes as they need. A reading of a ride takes about a dozen bytes. Not thread-safe.
 */
final class TrackPacker {

  private static final double STEPS_PER_DEGREE = 1e6;
  private static final int FIRST_BYTES = 64;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;
  private int points;
  private long firstAt = Long.MAX_VALUE;
  private long lastAt = Long.MIN_VALUE;
  private long begunAt;

  private long at;
  private long lat;
  private long lon;

  void add(TrackPoint point) {
    long nextLat = Math.round(point.place().lat() * STEPS_PER_DEGREE);
    long nextLon = Math.round(point.place().lon() * STEPS_PER_DEGREE);
    signed(point.at() - at);
    signed(nextLat - lat);
    signed(nextLon - lon);
    unsigned(Math.round(point.accuracyMetres() * 10));
    unsigned(point.trust());
    signed(point.deviceAt() - point.at());
    signed(point.receivedAt() - point.at());
    at = point.at();
    lat = nextLat;
    lon = nextLon;
    begunAt = points == 0 ? point.receivedAt() : begunAt;
    firstAt = Math.min(firstAt, at);
    lastAt = Math.max(lastAt, at);
    points++;
  }

  int points() {
    return points;
  }

  /** City time at which the first reading came. */
  long begunAt() {
    return begunAt;
  }

  /** City time of the earliest reading. */
  long firstAt() {
    return firstAt;
  }

  /** City time between the earliest and the latest reading. */
  long span() {
    return lastAt - firstAt;
  }

  /** Bytes of memory it takes. */
  int footprint() {
    return bytes.length;
  }

  TrackChunk chunk(String riderId) {
    return new TrackChunk(riderId, firstAt, lastAt, points, Arrays.copyOf(bytes, length));
  }

  private void signed(long value) {
    unsigned(value << 1 ^ value >> 63);
  }

  private void unsigned(long value) {
    long rest = value;
    if (bytes.length - length < 10) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /**
   * The readings in the order they were packed.
   *
   * @throws IllegalArgumentException when the bytes are no packed track
   */
  static List<TrackPoint> unpack(byte[] data) {
    Reader reader = new Reader(data);
    List<TrackPoint> points = new ArrayList<>(data.length / 10);
    long at = 0;
    long lat = 0;
    long lon = 0;
    while (!reader.done()) {
      at += reader.signed();
      lat += reader.signed();
      lon += reader.signed();
      double accuracy = reader.unsigned() / 10.0;
      int trust = (int) reader.unsigned();
      long deviceAt = at + reader.signed();
      long receivedAt = at + reader.signed();
      GeoPoint place = new GeoPoint(lat / STEPS_PER_DEGREE, lon / STEPS_PER_DEGREE);
      points.add(new TrackPoint(at, place, accuracy, trust, deviceAt, receivedAt));
    }
    return points;
  }

  private static final class Reader {
    private final byte[] data;
    private int next;

    Reader(byte[] data) {
      this.data = data;
    }

    boolean done() {
      return next == data.length;
    }

    long unsigned() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        if (done()) {
          throw new IllegalArgumentException("a packed track ends within a number");
        }
        byte part = data[next++];
        value |= (long) (part & 0x7f) << shift;
        if (part >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("a packed track holds a number of too many bytes");
    }

    long signed() {
      long value = unsigned();
      return value >>> 1 ^ -(value & 1);
    }
  }
}

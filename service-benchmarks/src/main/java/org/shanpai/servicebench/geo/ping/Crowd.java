package org.shanpai.servicebench.geo.ping;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.servicebench.geo.Square;

/**
 * Riders who ride about a square city, and what their phones send: a reading a second, ten to a
 * request. Six in seven ride at 10–24 km/h, the others wait; all readings are a few metres off, as
 * a receiver's are. Not thread-safe.
 */
final class Crowd {

  /** Where they are. */
  static final Square CITY = Square.of(20_000);

  static final int PINGS = 10;
  private static final long BETWEEN_PINGS_MILLIS = 1_000;
  private static final double SIDE_METRES = CITY.sideMetres();
  private static final double NOISE_METRES = 2;
  private static final double TURN = 0.15;

  private static final byte[] PINGS_FROM = ascii("\",\"batteryPercent\":80,\"pings\":[");
  private static final byte[] SEQ = ascii("{\"seq\":");
  private static final byte[] AT = ascii(",\"at\":\"");
  private static final byte[] LAT = ascii("\",\"lat\":");
  private static final byte[] LON = ascii(",\"lon\":");
  private static final byte[] ACCURACY = ascii(",\"accuracyMetres\":");
  private static final byte[] SPEED = ascii(",\"speedMps\":");
  private static final byte[] MOCK = ascii(",\"mock\":false}");

  private final CoordinateSystem system;
  private final SplittableRandom random;
  private final byte[] sessionFrom;
  private final double[] east;
  private final double[] north;
  private final double[] speed;
  private final double[] heading;
  private final long[] at;
  private final int[] seq;
  private final PingWriter writer = new PingWriter();

  /**
   * @param system in which the phones tell places
   * @param firstAt time of the first readings, epoch milliseconds; riders differ by up to a second
   */
  Crowd(int riders, CoordinateSystem system, long firstAt, long seed) {
    this.system = system;
    this.random = new SplittableRandom(seed);
    this.sessionFrom =
        ascii("{\"coordinateSystem\":\"%s\",\"sessionId\":\"s-".formatted(system.text()));
    this.east = new double[riders];
    this.north = new double[riders];
    this.speed = new double[riders];
    this.heading = new double[riders];
    this.at = new long[riders];
    this.seq = new int[riders];
    for (int i = 0; i < riders; i++) {
      east[i] = random.nextDouble() * SIDE_METRES;
      north[i] = random.nextDouble() * SIDE_METRES;
      speed[i] = random.nextInt(7) == 0 ? 0 : 2.8 + random.nextDouble() * 3.8;
      heading[i] = random.nextDouble() * 2 * Math.PI;
      at[i] = firstAt + random.nextInt(1000);
    }
  }

  int size() {
    return at.length;
  }

  String riderId(int rider) {
    return "bench-%06d".formatted(rider);
  }

  /** Time of the rider's newest reading written, epoch milliseconds. */
  long newestAt(int rider) {
    return at[rider];
  }

  /** Lets the rider ride for ten readings and writes them as the body of a request. */
  void writeBody(int rider, ByteBuffer out) {
    writer.to(out).text(sessionFrom).whole(rider).text(PINGS_FROM);
    for (int i = 0; i < PINGS; i++) {
      if (i > 0) {
        out.put((byte) ',');
      }
      ride(rider);
      GeoPoint told = system.fromWgs84(place(rider));
      writer
          .text(SEQ)
          .whole(seq[rider])
          .text(AT)
          .instant(at[rider])
          .text(LAT)
          .decimal(told.lat(), 6)
          .text(LON)
          .decimal(told.lon(), 6)
          .text(ACCURACY)
          .decimal(5 + random.nextInt(100) / 10.0, 1)
          .text(SPEED)
          .decimal(speed[rider], 1)
          .text(MOCK);
    }
    out.put((byte) ']').put((byte) '}');
  }

  private void ride(int rider) {
    double metres = speed[rider] * BETWEEN_PINGS_MILLIS / 1000;
    heading[rider] += (random.nextDouble() - 0.5) * TURN;
    east[rider] += metres * Math.sin(heading[rider]);
    north[rider] += metres * Math.cos(heading[rider]);
    if (outside(east[rider]) || outside(north[rider])) {
      // Back towards the middle.
      heading[rider] = Math.atan2(SIDE_METRES / 2 - east[rider], SIDE_METRES / 2 - north[rider]);
    }
    at[rider] += BETWEEN_PINGS_MILLIS;
    seq[rider]++;
  }

  private static boolean outside(double metres) {
    return metres < 0 || metres > SIDE_METRES;
  }

  private GeoPoint place(int rider) {
    return CITY.at(east[rider] + noise(), north[rider] + noise());
  }

  private double noise() {
    return (random.nextDouble() - 0.5) * 2 * NOISE_METRES;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

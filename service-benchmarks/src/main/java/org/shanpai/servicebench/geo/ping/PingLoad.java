package org.shanpai.servicebench.geo.ping;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntFunction;
import org.shanpai.servicebench.http.LeanClient;
import org.shanpai.servicebench.measure.Latencies;

/**
 * Riders of a crowd post their pings one after the other, round and round, until it is time.
 *
 * <p>What was answered may be read from other threads; everything else belongs to one thread.
 */
final class PingLoad implements LeanClient.Work {

  private static final int MOST_LATENCIES = 200_000;
  private static final byte[] ACCEPTED = "\"accepted\":".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Crowd crowd;
  private final byte[][] heads;
  private final ByteBuffer body = ByteBuffer.allocate(1 << 14);
  private final PingWriter writer = new PingWriter();
  private final int[] riderOf;
  private final AtomicLongArray answeredAt;
  private volatile LagProbe.Answered newest;
  private int next;

  private long until;
  private int most;
  private long asked;
  private long requests;
  private long accepted;
  private long refused;
  private long errors;
  private String firstError;
  private Latencies latencies = new Latencies(MOST_LATENCIES);

  /**
   * @param token of each rider
   */
  PingLoad(Crowd crowd, int connections, InetSocketAddress server, IntFunction<String> token) {
    if (crowd.size() < connections) {
      throw new IllegalArgumentException("a rider has one request under way at a time");
    }
    this.crowd = crowd;
    this.riderOf = new int[connections];
    this.answeredAt = new AtomicLongArray(crowd.size());
    this.heads = new byte[crowd.size()][];
    for (int rider = 0; rider < heads.length; rider++) {
      heads[rider] =
          ("POST /v1/positions HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\n"
                  + "Content-Type: application/json\r\nContent-Length: ")
              .formatted(server.getHostString(), server.getPort(), token.apply(rider))
              .getBytes(StandardCharsets.US_ASCII);
    }
  }

  /**
   * Forgets what was counted and prepares for another round.
   *
   * @param untilNanos of {@link System#nanoTime}: no request begins later
   * @param mostRequests none beyond so many
   */
  void begin(long untilNanos, int mostRequests) {
    until = untilNanos;
    most = mostRequests;
    asked = 0;
    requests = 0;
    accepted = 0;
    refused = 0;
    errors = 0;
    latencies = new Latencies(MOST_LATENCIES);
  }

  @Override
  public boolean next(int connection, ByteBuffer request) {
    if (asked >= most || System.nanoTime() >= until) {
      return false;
    }
    asked++;
    int rider = next;
    next = next + 1 == crowd.size() ? 0 : next + 1;
    riderOf[connection] = rider;
    body.clear();
    crowd.writeBody(rider, body);
    body.flip();
    request.put(heads[rider]);
    writer.to(request).whole(body.remaining()).text(END_OF_HEAD);
    request.put(body);
    return true;
  }

  @Override
  public void answered(int connection, int status, ByteBuffer answer, long nanos) {
    requests++;
    latencies.add(nanos);
    int rider = riderOf[connection];
    if (status != 202) {
      errors++;
      if (firstError == null) {
        firstError = status + " " + StandardCharsets.UTF_8.decode(answer);
      }
      return;
    }
    int believed = numberAfter(ACCEPTED, answer);
    accepted += believed;
    refused += Crowd.PINGS - believed;
    if (believed == Crowd.PINGS) {
      long at = crowd.newestAt(rider);
      answeredAt.set(rider, at);
      newest = new LagProbe.Answered(crowd.riderId(rider), at, System.nanoTime());
    } else if (firstError == null) {
      firstError = status + " " + StandardCharsets.UTF_8.decode(answer);
    }
  }

  private static int numberAfter(byte[] name, ByteBuffer text) {
    int at = indexAfter(name, text);
    int number = 0;
    while (at >= 0 && at < text.limit() && Character.isDigit(text.get(at))) {
      number = number * 10 + text.get(at++) - '0';
    }
    return number;
  }

  private static int indexAfter(byte[] name, ByteBuffer text) {
    for (int from = 0; from + name.length <= text.limit(); from++) {
      int same = 0;
      while (same < name.length && text.get(from + same) == name[same]) {
        same++;
      }
      if (same == name.length) {
        return from + same;
      }
    }
    return -1;
  }

  /** Time of the rider's newest reading the service said it believes, epoch milliseconds; or 0. */
  long believedAt(int rider) {
    return answeredAt.get(rider);
  }

  /** The pings answered last, or null. */
  LagProbe.Answered newest() {
    return newest;
  }

  Crowd crowd() {
    return crowd;
  }

  /** Answered requests since {@link #begin}. */
  long requests() {
    return requests;
  }

  /** Pings the service said it believes. */
  long accepted() {
    return accepted;
  }

  /** Pings it refused in an answer with status 202. */
  long refused() {
    return refused;
  }

  /** Requests with another status than 202. */
  long errors() {
    return errors;
  }

  /** The first answer ever that was not all good, or null. */
  String firstError() {
    return firstError;
  }

  Latencies latencies() {
    return latencies;
  }
}

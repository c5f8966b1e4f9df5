package org.shanpai.servicebench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * HTTP/1.1 as an open model: requests begin when they are due, whether or not those before were
 * answered, and each is timed from when it was due. A server that stalls is charged for everybody
 * who had to wait behind the stall (no coordinated omission).
 *
 * <p>One thread; not thread-safe.
 */
public final class OpenClient implements AutoCloseable {

  /** What is asked and what becomes of it. All calls come from the thread in {@link #run}. */
  public interface Work {

    /** Writes a request, headers and all. */
    void write(int arrival, ByteBuffer request);

    /**
     * An answer has come.
     *
     * @param body good during this call only
     */
    void answered(int arrival, int status, ByteBuffer body);
  }

  /**
   * What a run came to.
   *
   * @param latencies from when a request was due to its whole answer, nanoseconds by arrival; of
   *     one without an answer the time until the end
   * @param unanswered requests without an answer
   * @param mostWaiting requests that were due and had no free connection, at worst
   * @param seconds from the beginning to the last answer
   */
  public record Outcome(long[] latencies, int unanswered, int mostWaiting, double seconds) {

    /**
     * @param share 0.5 for the median
     * @return milliseconds
     */
    public double millis(double share) {
      long[] sorted = latencies.clone();
      Arrays.sort(sorted);
      int index = (int) Math.ceil(share * sorted.length) - 1;
      return sorted[Math.max(0, Math.min(sorted.length - 1, index))] / 1e6;
    }
  }

  private final Selector selector;
  private final HttpConnection[] connections;
  private final Deque<HttpConnection> free = new ArrayDeque<>();
  private final int[] arrivalOf;
  private final long patienceNanos;

  /**
   * Connects.
   *
   * @param connections the most requests under way
   * @param patience how long answers are waited for after the last arrival
   */
  public OpenClient(InetSocketAddress server, int connections, Duration patience) {
    this.connections = new HttpConnection[connections];
    this.arrivalOf = new int[connections];
    this.patienceNanos = patience.toNanos();
    try {
      this.selector = Selector.open();
      for (int i = 0; i < connections; i++) {
        this.connections[i] = HttpConnection.open(i, server, selector);
        free.add(this.connections[i]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot connect to " + server + ".", e);
    }
  }

  /**
   * Asks at the arrivals' times. Not to be used again after a run with unanswered requests.
   *
   * @throws UncheckedIOException when a connection breaks or an answer is not understood
   */
  public Outcome run(Arrivals arrivals, Work work) {
    try {
      return run(arrivals.nanos(), work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome run(long[] due, Work work) throws IOException {
    long[] latencies = new long[due.length];
    int begun = 0;
    int answered = 0;
    int mostWaiting = 0;
    long from = System.nanoTime();
    long lastAnswer = 0;
    long until = due[due.length - 1] + patienceNanos;
    long now = 0;
    while (answered < due.length && now < until) {
      while (begun < due.length && due[begun] <= now && !free.isEmpty()) {
        HttpConnection connection = free.poll();
        arrivalOf[connection.number()] = begun;
        work.write(begun, connection.empty());
        connection.send();
        begun++;
      }
      mostWaiting = Math.max(mostWaiting, waiting(due, begun, now));
      boolean blocked = begun == due.length || free.isEmpty();
      long nap = blocked ? TimeUnit.MILLISECONDS.toNanos(20) : due[begun] - now;
      if (nap > 0) {
        // No spinning, for the server needs the processor; at worst 1 ms late, which is counted.
        selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nap)));
      } else {
        selector.selectNow();
      }
      Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
      while (ready.hasNext()) {
        SelectionKey key = ready.next();
        ready.remove();
        HttpConnection connection = (HttpConnection) key.attachment();
        if (key.isWritable()) {
          connection.write();
        }
        HttpConnection.Answer answer = key.isReadable() ? connection.read() : null;
        if (answer != null) {
          int arrival = arrivalOf[connection.number()];
          lastAnswer = System.nanoTime() - from;
          latencies[arrival] = lastAnswer - due[arrival];
          work.answered(arrival, answer.status(), answer.body());
          answered++;
          free.add(connection);
        }
      }
      now = System.nanoTime() - from;
    }
    for (int arrival = 0; answered < due.length && arrival < due.length; arrival++) {
      latencies[arrival] = latencies[arrival] == 0 ? now - due[arrival] : latencies[arrival];
    }
    return new Outcome(latencies, due.length - answered, mostWaiting, lastAnswer / 1e9);
  }

  private static int waiting(long[] due, int begun, long now) {
    int overdue = begun;
    while (overdue < due.length && due[overdue] <= now) {
      overdue++;
    }
    return overdue - begun;
  }

  @Override
  public void close() {
    try {
      for (HttpConnection connection : connections) {
        connection.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

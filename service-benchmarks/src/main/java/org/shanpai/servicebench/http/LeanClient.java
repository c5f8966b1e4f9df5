package org.shanpai.servicebench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Iterator;

/**
 * HTTP/1.1 over many keep-alive connections from one thread: a closed loop, one request under way
 * on each connection. Does as little as it can, because it shares the machine with what it
 * measures.
 *
 * <p>Takes answers with a Content-Length only. Not thread-safe.
 */
public final class LeanClient implements AutoCloseable {

  /** What is asked and what becomes of it. All calls come from the thread in {@link #run}. */
  public interface Work {

    /**
     * Writes the connection's next request, headers and all.
     *
     * @return false when there is nothing more to ask
     */
    boolean next(int connection, ByteBuffer request);

    /**
     * An answer has come.
     *
     * @param body good during this call only
     * @param nanos from the first byte sent to the last received
     */
    void answered(int connection, int status, ByteBuffer body, long nanos);
  }

  private final Selector selector;
  private final HttpConnection[] connections;
  private final long patienceNanos;

  /**
   * Connects.
   *
   * @param patience how long all connections together may be without any answer
   */
  public LeanClient(InetSocketAddress server, int connections, Duration patience) {
    this.patienceNanos = patience.toNanos();
    this.connections = new HttpConnection[connections];
    try {
      this.selector = Selector.open();
      for (int i = 0; i < connections; i++) {
        this.connections[i] = HttpConnection.open(i, server, selector);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot connect to " + server + ".", e);
    }
  }

  /**
   * Asks until there is nothing more to ask and every answer has come.
   *
   * @throws UncheckedIOException when a connection breaks, no answer comes in time or an answer is
   *     not understood
   */
  public void run(Work work) {
    try {
      int busy = 0;
      for (HttpConnection connection : connections) {
        busy += send(connection, work) ? 1 : 0;
      }
      long lastAnswer = System.nanoTime();
      while (busy > 0) {
        selector.select(100);
        long now = System.nanoTime();
        Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
        while (ready.hasNext()) {
          SelectionKey key = ready.next();
          ready.remove();
          HttpConnection connection = (HttpConnection) key.attachment();
          if (key.isWritable()) {
            connection.write();
          }
          if (key.isReadable() && read(connection, work)) {
            lastAnswer = now;
            busy -= send(connection, work) ? 0 : 1;
          }
        }
        if (now - lastAnswer > patienceNanos) {
          throw new IOException("No answer for " + Duration.ofNanos(patienceNanos) + ".");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean send(HttpConnection connection, Work work) throws IOException {
    ByteBuffer request = connection.empty();
    if (!work.next(connection.number(), request)) {
      return false;
    }
    connection.send();
    return true;
  }

  private static boolean read(HttpConnection connection, Work work) throws IOException {
    HttpConnection.Answer answer = connection.read();
    if (answer == null) {
      return false;
    }
    work.answered(connection.number(), answer.status(), answer.body(), answer.nanos());
    return true;
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

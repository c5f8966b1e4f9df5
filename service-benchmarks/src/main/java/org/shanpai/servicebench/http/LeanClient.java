package org.shanpai.servicebench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
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

  private static final int REQUEST_BYTES = 1 << 16;
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

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

  private static final class Connection {
    final int number;
    final SocketChannel channel;
    final ByteBuffer out = ByteBuffer.allocateDirect(REQUEST_BYTES);
    ByteBuffer in = ByteBuffer.allocate(1 << 14);
    long sentAt;
    int bodyFrom = -1;
    int bodyBytes;
    boolean busy;

    Connection(int number, SocketChannel channel) {
      this.number = number;
      this.channel = channel;
    }
  }

  private final Selector selector;
  private final Connection[] connections;
  private final long patienceNanos;

  /**
   * Connects.
   *
   * @param patience how long all connections together may be without any answer
   */
  public LeanClient(InetSocketAddress server, int connections, Duration patience) {
    this.patienceNanos = patience.toNanos();
    this.connections = new Connection[connections];
    try {
      this.selector = Selector.open();
      for (int i = 0; i < connections; i++) {
        SocketChannel channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        this.connections[i] = new Connection(i, channel);
        channel.register(selector, SelectionKey.OP_READ, this.connections[i]);
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
      for (Connection connection : connections) {
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
          Connection connection = (Connection) key.attachment();
          if (key.isWritable()) {
            write(connection);
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

  private boolean send(Connection connection, Work work) throws IOException {
    connection.out.clear();
    connection.busy = work.next(connection.number, connection.out);
    if (connection.busy) {
      connection.out.flip();
      connection.sentAt = System.nanoTime();
      write(connection);
    }
    return connection.busy;
  }

  private void write(Connection connection) throws IOException {
    connection.channel.write(connection.out);
    int interest =
        connection.out.hasRemaining()
            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
            : SelectionKey.OP_READ;
    SelectionKey key = connection.channel.keyFor(selector);
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  /** Whether a whole answer has come. */
  private static boolean read(Connection connection, Work work) throws IOException {
    ByteBuffer in = connection.in;
    if (connection.channel.read(in) < 0) {
      throw new IOException("The server closed a connection.");
    }
    if (connection.bodyFrom < 0 && !readHead(connection)) {
      connection.in = roomFor(in, in.position() + 1);
      return false;
    }
    int end = connection.bodyFrom + connection.bodyBytes;
    if (in.position() < end) {
      connection.in = roomFor(in, end);
      return false;
    }
    if (!connection.busy || in.position() > end) {
      throw new IOException("The server answered more than it was asked.");
    }
    long nanos = System.nanoTime() - connection.sentAt;
    int status = number(in, 9, 12);
    ByteBuffer body = in.duplicate().position(connection.bodyFrom).limit(end).slice();
    in.clear();
    connection.bodyFrom = -1;
    work.answered(connection.number, status, body, nanos);
    return true;
  }

  private static boolean readHead(Connection connection) throws IOException {
    ByteBuffer in = connection.in;
    int length = -1;
    int lineFrom = 0;
    for (int i = 1; i < in.position(); i++) {
      if (in.get(i) != '\n' || in.get(i - 1) != '\r') {
        continue;
      }
      if (i - 1 == lineFrom) {
        if (length < 0) {
          throw new IOException("An answer without Content-Length.");
        }
        connection.bodyFrom = i + 1;
        connection.bodyBytes = length;
        return true;
      }
      if (startsWith(in, lineFrom, i, LENGTH)) {
        length = number(in, lineFrom + LENGTH.length, i - 1);
      }
      lineFrom = i + 1;
    }
    return false;
  }

  private static boolean startsWith(ByteBuffer in, int from, int to, byte[] lowerCase) {
    if (to - from < lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      int letter = in.get(from + i);
      if ((letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private static int number(ByteBuffer in, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = in.get(i) - '0';
      if (digit >= 0 && digit <= 9) {
        number = number * 10 + digit;
      }
    }
    return number;
  }

  private static ByteBuffer roomFor(ByteBuffer in, int bytes) {
    if (in.capacity() >= bytes) {
      return in;
    }
    ByteBuffer larger = ByteBuffer.allocate(Math.max(bytes, in.capacity() * 2));
    larger.put(in.flip());
    return larger;
  }

  @Override
  public void close() {
    try {
      for (Connection connection : connections) {
        connection.channel.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

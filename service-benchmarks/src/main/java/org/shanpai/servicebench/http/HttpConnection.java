package org.shanpai.servicebench.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One keep-alive connection of HTTP/1.1 with at most one request under way. Takes answers with a
 * Content-Length only. Not thread-safe.
 */
final class HttpConnection {

  private static final int REQUEST_BYTES = 1 << 16;
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

  /**
   * A whole answer.
   *
   * @param body good until the next call
   * @param nanos from the first byte sent to the last received
   */
  record Answer(int status, ByteBuffer body, long nanos) {}

  private final int number;
  private final SocketChannel channel;
  private final Selector selector;
  private final ByteBuffer out = ByteBuffer.allocateDirect(REQUEST_BYTES);
  private ByteBuffer in = ByteBuffer.allocate(1 << 14);
  private long sentAt;
  private int bodyFrom = -1;
  private int bodyBytes;
  private boolean busy;

  private HttpConnection(int number, SocketChannel channel, Selector selector) {
    this.number = number;
    this.channel = channel;
    this.selector = selector;
  }

  /** Connects, and registers itself as the attachment of its key. */
  static HttpConnection open(int number, InetSocketAddress server, Selector selector)
      throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    HttpConnection connection = new HttpConnection(number, channel, selector);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  int number() {
    return number;
  }

  /** Where the next request, headers and all, is to be written before {@link #send}. */
  ByteBuffer empty() {
    return out.clear();
  }

  void send() throws IOException {
    busy = true;
    out.flip();
    sentAt = System.nanoTime();
    write();
  }

  /** Goes on with the request. */
  void write() throws IOException {
    channel.write(out);
    int interest =
        out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    SelectionKey key = channel.keyFor(selector);
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  /**
   * Goes on with the answer.
   *
   * @return null while it is not whole
   * @throws IOException when the connection breaks or the answer is not understood
   */
  Answer read() throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("The server closed a connection.");
    }
    if (bodyFrom < 0 && !readHead()) {
      in = roomFor(in, in.position() + 1);
      return null;
    }
    int end = bodyFrom + bodyBytes;
    if (in.position() < end) {
      in = roomFor(in, end);
      return null;
    }
    if (!busy || in.position() > end) {
      throw new IOException("The server answered more than it was asked.");
    }
    busy = false;
    Answer answer =
        new Answer(
            number(9, 12),
            in.duplicate().position(bodyFrom).limit(end).slice(),
            System.nanoTime() - sentAt);
    in.clear();
    bodyFrom = -1;
    return answer;
  }

  private boolean readHead() throws IOException {
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
        bodyFrom = i + 1;
        bodyBytes = length;
        return true;
      }
      if (startsWith(lineFrom, i)) {
        length = number(lineFrom + LENGTH.length, i - 1);
      }
      lineFrom = i + 1;
    }
    return false;
  }

  private boolean startsWith(int from, int to) {
    if (to - from < LENGTH.length) {
      return false;
    }
    for (int i = 0; i < LENGTH.length; i++) {
      int letter = in.get(from + i);
      if ((letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }

  private int number(int from, int to) {
    int parsed = 0;
    for (int i = from; i < to; i++) {
      int digit = in.get(i) - '0';
      if (digit >= 0 && digit <= 9) {
        parsed = parsed * 10 + digit;
      }
    }
    return parsed;
  }

  private static ByteBuffer roomFor(ByteBuffer in, int bytes) {
    if (in.capacity() >= bytes) {
      return in;
    }
    ByteBuffer larger = ByteBuffer.allocate(Math.max(bytes, in.capacity() * 2));
    larger.put(in.flip());
    return larger;
  }

  void close() throws IOException {
    channel.close();
  }
}

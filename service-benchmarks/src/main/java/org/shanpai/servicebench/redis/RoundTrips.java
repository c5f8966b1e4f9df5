package org.shanpai.servicebench.redis;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;

/** One blocking connection to Redis. Not thread-safe. */
public final class RoundTrips implements AutoCloseable {

  private static final int MOST_UNDER_WAY = 1_000;

  private final Socket socket = new Socket();
  private final Replies replies = new Replies();
  private final byte[] room = new byte[1 << 16];

  public RoundTrips(InetSocketAddress redis) {
    try {
      socket.connect(redis, 5_000);
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot connect to Redis at " + redis + ".", e);
    }
  }

  /**
   * Sends these commands, a thousand at a time, and waits for all replies.
   *
   * @throws IllegalStateException when one of them is an error
   */
  public void send(List<byte[]> commands) {
    try {
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
      for (int from = 0; from < commands.size(); from += MOST_UNDER_WAY) {
        int to = Math.min(commands.size(), from + MOST_UNDER_WAY);
        for (byte[] command : commands.subList(from, to)) {
          out.write(command);
        }
        out.flush();
        await(to - from);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(int count) throws IOException {
    InputStream in = socket.getInputStream();
    for (int got = 0; got < count; ) {
      int bytes = in.read(room);
      if (bytes < 0) {
        throw new IOException("Redis closed the connection.");
      }
      got += replies.take(ByteBuffer.wrap(room, 0, bytes));
    }
    if (replies.error() != null) {
      throw new IllegalStateException("Redis answered " + replies.error());
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.shanpai.servicebench.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Iterator;
import java.util.SplittableRandom;

/**
 * Commands made beforehand, sent to Redis over several connections from one thread, so many at a
 * time on each: what {@code redis-benchmark -c CONNECTIONS -P DEPTH} does. Not thread-safe.
 */
public final class Pipeline implements AutoCloseable {

  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  private static final class Connection {
    final SocketChannel channel;
    final ByteBuffer out;
    final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
    final Replies replies = new Replies();
    int awaited;

    Connection(SocketChannel channel, int room) {
      this.channel = channel;
      this.out = ByteBuffer.allocateDirect(room);
    }
  }

  private final Selector selector;
  private final Connection[] connections;
  private final byte[][] commands;
  private final int depth;
  private final SplittableRandom random;

  /**
   * @param commands of the Redis protocol; each time one is chosen by chance
   * @param depth commands under way on each connection
   */
  public Pipeline(
      InetSocketAddress redis, int connections, int depth, byte[][] commands, long seed) {
    this.commands = commands;
    this.depth = depth;
    this.random = new SplittableRandom(seed);
    int longest = 0;
    for (byte[] command : commands) {
      longest = Math.max(longest, command.length);
    }
    this.connections = new Connection[connections];
    try {
      this.selector = Selector.open();
      for (int i = 0; i < connections; i++) {
        SocketChannel channel = SocketChannel.open(redis);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        this.connections[i] = new Connection(channel, longest * depth);
        channel.register(selector, SelectionKey.OP_READ, this.connections[i]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot connect to Redis at " + redis + ".", e);
    }
  }

  /**
   * Sends for so long and waits for what is under way.
   *
   * @return answered commands a second
   * @throws IllegalStateException when Redis answered with an error
   * @throws UncheckedIOException when a connection breaks or no answer comes in time
   */
  public double perSecond(Duration time) {
    long from = System.nanoTime();
    long until = from + time.toNanos();
    long answered = run(until);
    return answered * 1e9 / (System.nanoTime() - from);
  }

  private long run(long until) {
    long answered = 0;
    try {
      int busy = connections.length;
      for (Connection connection : connections) {
        fill(connection);
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
          if (key.isReadable()) {
            int got = read(connection);
            answered += got;
            connection.awaited -= got;
            lastAnswer = now;
            if (connection.awaited == 0) {
              if (now < until) {
                fill(connection);
              } else {
                busy--;
              }
            }
          }
        }
        if (now - lastAnswer > PATIENCE_NANOS) {
          throw new IOException("Redis did not answer for 20 s.");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answered;
  }

  private void fill(Connection connection) throws IOException {
    connection.out.clear();
    for (int i = 0; i < depth; i++) {
      connection.out.put(commands[random.nextInt(commands.length)]);
    }
    connection.out.flip();
    connection.awaited = depth;
    write(connection);
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

  private static int read(Connection connection) throws IOException {
    connection.in.clear();
    if (connection.channel.read(connection.in) < 0) {
      throw new IOException("Redis closed a connection.");
    }
    connection.in.flip();
    int got = connection.replies.take(connection.in);
    if (connection.replies.error() != null) {
      throw new IllegalStateException("Redis answered " + connection.replies.error());
    }
    return got;
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

package org.shanpai.servicebench.rider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.shanpai.stack.CannotRun;

/**
 * Thousands of phones that hold their lines open, in one thread: what it costs to hold them is
 * measured at the other end. Counts the messages of each phone by a mark in their text.
 */
final class Phones implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MARK_DIGITS = 6;

  /** Begins every text that counts; the number of the message follows. */
  static final String MARK = "bench-message-";

  private final InetSocketAddress address;
  private final int most;
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final List<Phone> phones = new ArrayList<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread thread;
  private volatile int open;
  private volatile int failed;
  private volatile long heard;
  private volatile long[] nanos = new long[0];
  private int arrived;

  private static final class Phone {
    final ByteBuffer request;
    boolean answered;
    boolean ended;
    int next;
    String rest = "";

    Phone(ByteBuffer request) {
      this.request = request;
    }
  }

  /**
   * @param tokens of phone 0, 1, …
   * @param opening lines being opened at one time
   */
  Phones(InetSocketAddress address, int number, IntFunction<String> tokens, int opening) {
    this.address = address;
    this.most = number;
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("No selector.", e);
    }
    this.thread = new Thread(() -> run(tokens, opening), "phones");
    thread.setDaemon(true);
    thread.start();
  }

  /** Lines whose answer began and that have not ended. */
  int open() {
    return open;
  }

  /** Lines that were refused or broke. */
  int failed() {
    return failed;
  }

  /** Messages heard by all phones together. */
  long heard() {
    return heard;
  }

  /** Phones that heard every message so far, each once and in its turn. */
  int complete(int messages) {
    if (heard < 0) {
      return 0;
    }
    int complete = 0;
    for (Phone phone : phones) {
      complete += phone.next == messages && !phone.ended ? 1 : 0;
    }
    return complete;
  }

  /** From now on notes when each phone hears the next message. */
  void listen() {
    arrived = 0;
    nanos = new long[most];
  }

  /** When each phone heard it, nanoseconds of {@link System#nanoTime}; only those that did. */
  long[] times() {
    return java.util.Arrays.copyOf(nanos, Math.min(arrived, nanos.length));
  }

  private void run(IntFunction<String> tokens, int opening) {
    try {
      int begun = 0;
      while (!stopped.get()) {
        while (begun < most && begun - open - failed < opening) {
          begin(tokens.apply(begun++));
        }
        selector.select(20);
        for (SelectionKey key : selector.selectedKeys()) {
          turn(key);
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The phones broke.", e);
    }
  }

  private void begin(String token) throws IOException {
    String request =
        "GET /v1/rider/stream HTTP/1.1\r\nHost: "
            + address.getHostString()
            + "\r\nAccept: text/event-stream\r\nLast-Event-ID: 0\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n";
    Phone phone = new Phone(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    phones.add(phone);
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    boolean connected = channel.connect(address);
    channel.register(selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, phone);
  }

  private void turn(SelectionKey key) {
    Phone phone = (Phone) key.attachment();
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (key.isConnectable() && channel.finishConnect()) {
        key.interestOps(SelectionKey.OP_WRITE);
      }
      if (key.isValid() && key.isWritable()) {
        channel.write(phone.request);
        if (!phone.request.hasRemaining()) {
          key.interestOps(SelectionKey.OP_READ);
        }
      }
      if (key.isValid() && key.isReadable()) {
        read(phone, channel);
      }
    } catch (IOException broken) {
      end(phone, channel);
    }
  }

  private void read(Phone phone, SocketChannel channel) throws IOException {
    buffer.clear();
    int bytes = channel.read(buffer);
    if (bytes < 0) {
      end(phone, channel);
      return;
    }
    String text = phone.rest + new String(buffer.array(), 0, bytes, StandardCharsets.ISO_8859_1);
    if (!phone.answered) {
      if (!text.startsWith("HTTP/1.1 200")) {
        end(phone, channel);
        return;
      }
      phone.answered = true;
      open++;
    }
    int from = 0;
    for (int at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, from)) {
      int end = at + MARK.length() + MARK_DIGITS;
      if (end > text.length()) {
        break;
      }
      int number = Integer.parseInt(text.substring(at + MARK.length(), end));
      if (number == phone.next) {
        phone.next++;
        if (arrived < nanos.length) {
          nanos[arrived++] = System.nanoTime();
        }
        // Last: whoever reads this sees all that was written before it.
        heard++;
      } else {
        // Twice, or out of turn: it will not be complete.
        phone.next = Integer.MIN_VALUE;
      }
      from = end;
    }
    int keep = Math.min(text.length() - from, MARK.length() + MARK_DIGITS);
    phone.rest = text.substring(text.length() - Math.max(0, keep));
  }

  private void end(Phone phone, SocketChannel channel) {
    if (!phone.ended) {
      phone.ended = true;
      failed++;
      if (phone.answered) {
        open--;
      }
    }
    try {
      channel.close();
    } catch (IOException gone) {
      // it is what was wanted
    }
  }

  /** The text of a message. */
  static String text(int number) {
    return MARK + String.format("%06d", number);
  }

  @Override
  public void close() {
    stopped.set(true);
    selector.wakeup();
    try {
      thread.join(10_000);
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("Interrupted while hanging up.");
    }
  }
}

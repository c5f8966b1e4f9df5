package org.shanpai.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * HTTP/1.1 byte by byte over a socket of its own, so that requests can be sent which a well-behaved
 * client refuses to write. Thread-safe.
 */
final class RawHttp {

  private static final int PATIENCE_MILLIS = 15_000;
  private static final int MOST_BYTES = 8 << 20;

  private RawHttp() {}

  /** Sends and reads the answer, however it ends; never throws. */
  static Answer send(int port, Shot shot) {
    long started = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
      socket.setSoTimeout(PATIENCE_MILLIS);
      boolean cutOff = write(socket.getOutputStream(), shot.bytes());
      Answer answer = read(socket.getInputStream());
      return answer.took(millisSince(started), cutOff);
    } catch (SocketTimeoutException e) {
      return Answer.none("no answer within " + PATIENCE_MILLIS + " ms", millisSince(started));
    } catch (IOException e) {
      return Answer.none(e.toString(), millisSince(started));
    }
  }

  /** A server that has answered before the end of a body may close; that answer still counts. */
  private static boolean write(OutputStream out, byte[] bytes) throws IOException {
    try {
      out.write(bytes);
      out.flush();
      return false;
    } catch (SocketException closed) {
      return true;
    }
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  private static Answer read(InputStream in) throws IOException {
    String status = line(in);
    if (status == null || !status.startsWith("HTTP/1.")) {
      return Answer.none("the connection was closed without an answer", 0);
    }
    int code = Integer.parseInt(status.substring(9, 12));
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
      }
    }
    byte[] body =
        headers.getOrDefault("content-type", "").startsWith("text/event-stream")
            ? new byte[0]
            : body(in, headers);
    return new Answer(code, headers, body, null, 0);
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (String size = line(in); size != null; size = line(in)) {
        int length = Integer.parseInt(size.split(";")[0].trim(), 16);
        if (length == 0 || all.size() + length > MOST_BYTES) {
          break;
        }
        all.write(in.readNBytes(length));
        line(in);
      }
      return all.toByteArray();
    }
    String length = headers.get("content-length");
    return in.readNBytes(length == null ? 0 : Math.min(MOST_BYTES, Integer.parseInt(length)));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
      }
      if (line.size() > 65_536) {
        throw new IOException("a header line has no end");
      }
      line.write(next);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}

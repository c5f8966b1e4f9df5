package org.shanpai.order.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

/** A merchant's server that takes notices; what it answers depends on how many it has seen. */
class Receiver implements AutoCloseable {

  /** One notice as it arrived. */
  record Notice(
      String id,
      String timestamp,
      String signature,
      String contentType,
      String host,
      String body) {}

  /** The body of every answer. */
  volatile String says = "";

  final List<Notice> notices = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * @param answer HTTP status for the n-th notice, counted from 1; 0 to hang
   */
  Receiver(IntUnaryOperator answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/hook", exchange -> take(exchange, answer));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  private void take(HttpExchange exchange, IntUnaryOperator answer) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int number;
    synchronized (notices) {
      notices.add(
          new Notice(
              exchange.getRequestHeaders().getFirst("webhook-id"),
              exchange.getRequestHeaders().getFirst("webhook-timestamp"),
              exchange.getRequestHeaders().getFirst("webhook-signature"),
              exchange.getRequestHeaders().getFirst("content-type"),
              exchange.getRequestHeaders().getFirst("host"),
              body));
      number = notices.size();
    }
    int status = answer.applyAsInt(number);
    if (status == 0) {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      return;
    }
    if (status == 302) {
      exchange.getResponseHeaders().add("Location", url());
    }
    byte[] said = says.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, said.length == 0 ? -1 : said.length);
    if (said.length > 0) {
      try {
        exchange.getResponseBody().write(said);
      } catch (IOException hungUp) {
        // The caller has heard enough.
      }
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

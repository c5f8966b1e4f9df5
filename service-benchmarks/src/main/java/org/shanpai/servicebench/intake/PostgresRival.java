package org.shanpai.servicebench.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.shanpai.servers.PostgresServer;
import org.shanpai.stack.CannotRun;

/**
 * What PostgreSQL itself does of the same rows, with the same indexes, foreign keys and durability:
 * blocking connections, each writing whole orders with one prepared statement, one round trip and
 * one commit for each. Nothing is checked, nothing published, nothing answered.
 */
final class PostgresRival {

  private static final String DATABASE = "bench_rival";
  private static final String PASSWORD = "bench-rival-only";

  private final PostgresServer server;
  private final OrderRows sample;
  private final String insert;
  private final Shops shops;
  private final int sampleShop;
  private final String orderId;
  private final String key;
  private final AtomicLong numbers = new AtomicLong();

  /**
   * Makes the database by the service's own migrations, with its merchants and stores.
   *
   * @param orderId of the sample, whose merchant is {@code sampleShop}
   * @param key its Idempotency-Key, which is also its merchant's number
   */
  PostgresRival(Path home, IntakeRig rig, Shops shops, int sampleShop, String orderId, String key) {
    this.server = rig.postgres();
    this.shops = shops;
    this.sampleShop = sampleShop;
    this.orderId = orderId;
    this.key = key;
    server.createDatabase(DATABASE, DATABASE, PASSWORD);
    try (Connection service = rig.database();
        Connection own = connect()) {
      migrate(own, home.resolve("messaging/src/main/resources/db/messaging"));
      migrate(own, home.resolve("order-service/src/main/resources/db/migration"));
      Map<String, List<String>> tables = OrderRows.tables(service);
      List<OrderRows.Row> parents = new ArrayList<>();
      for (int shop = 0; shop < shops.count(); shop++) {
        String merchant = shops.merchantId(shop);
        OrderRows.read(
            service, "merchant", tables.get("merchant"), "merchant_id", merchant, parents);
        OrderRows.read(service, "store", tables.get("store"), "merchant_id", merchant, parents);
      }
      for (OrderRows.Row parent : parents) {
        OrderRows one = new OrderRows(List.of(parent));
        try (PreparedStatement statement = own.prepareStatement(one.insert())) {
          one.fill(statement, UnaryOperator.identity());
          statement.executeUpdate();
        }
      }
      this.sample = OrderRows.of(service, orderId, key);
    } catch (SQLException e) {
      throw new CannotRun("The rival's database cannot be made: " + e.getMessage(), e);
    }
    this.insert = sample.insert();
  }

  private Connection connect() throws SQLException {
    return server.connect(DATABASE, DATABASE, PASSWORD);
  }

  private static void migrate(Connection database, Path folder) throws SQLException {
    try (Stream<Path> files = Files.list(folder);
        Statement statement = database.createStatement()) {
      List<Path> ordered =
          files
              .filter(file -> file.getFileName().toString().matches("V\\d+__.*\\.sql"))
              .sorted(Comparator.comparingInt(PostgresRival::version))
              .toList();
      for (Path file : ordered) {
        statement.execute(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The migrations in " + folder + " cannot be read.", e);
    }
  }

  private static int version(Path file) {
    String name = file.getFileName().toString();
    return Integer.parseInt(name.substring(1, name.indexOf("__")));
  }

  /** Rows an order is written as. */
  int rowsOfAnOrder() {
    return sample.rows().size();
  }

  /** The tables they are in. */
  List<String> tables() {
    return sample.rows().stream().map(OrderRows.Row::table).sorted().toList();
  }

  /**
   * Writes for a while.
   *
   * @return orders committed a second, all rows of each
   */
  double ordersPerSecond(int connections, Duration time) {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      long from = System.nanoTime();
      long until = from + time.toNanos();
      List<Future<Long>> writers = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        writers.add(threads.submit(() -> write(until)));
      }
      long orders = 0;
      for (Future<Long> writer : writers) {
        orders += writer.get();
      }
      return orders * 1e9 / (System.nanoTime() - from);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("Interrupted while PostgreSQL was measured.", e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new CannotRun("PostgreSQL refused the rows: " + e.getCause().getMessage(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private long write(long until) throws SQLException {
    long orders = 0;
    try (Connection connection = connect()) {
      connection.unwrap(PGConnection.class).setPrepareThreshold(1);
      try (PreparedStatement statement = connection.prepareStatement(insert)) {
        while (System.nanoTime() < until) {
          sample.fill(statement, another(numbers.incrementAndGet()));
          statement.executeUpdate();
          orders++;
        }
      }
    }
    return orders;
  }

  /** Another order of another merchant: every id in every text is replaced, the lengths kept. */
  private UnaryOperator<String> another(long number) {
    int shop = (int) (number % shops.count());
    String otherOrder = "o-%0" + (orderId.length() - 2) + "d";
    String newOrder = otherOrder.formatted(number);
    String newKey = "rival-" + number;
    String merchant = shops.merchantId(sampleShop);
    String store = shops.storeId(sampleShop);
    return text ->
        text.replace(orderId, newOrder)
            .replace(key, newKey)
            .replace(merchant, shops.merchantId(shop))
            .replace(store, shops.storeId(shop));
  }
}

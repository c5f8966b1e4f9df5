package org.shanpai.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * PostgreSQL that keeps its promises: a commit is on disk before it is acknowledged, and everybody
 * needs a password (SCRAM).
 *
 * <p>The superuser's password is made at the first start and kept in {@code superuser.password} in
 * the data folder, readable by its owner only.
 */
public final class PostgresServer extends ServerProcess {
  static final String SUPERUSER = "postgres";

  private PostgresAccount account;

  public PostgresServer(Path dataDir, int port) {
    this(dataDir, port, Lifetime.WITH_JVM);
  }

  public PostgresServer(Path dataDir, int port, Lifetime lifetime) {
    super("Postgres", dataDir, port, lifetime);
  }

  /** For JDBC and Flyway. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(LOOPBACK, port(), database);
  }

  /** For the reactive client. */
  public String reactiveUrl(String database) {
    return "postgresql://%s:%d/%s".formatted(LOOPBACK, port(), database);
  }

  /**
   * Makes sure that the database exists, that the role owns it and has this password, and that no
   * other role but the superuser can connect to it. May be repeated.
   *
   * @param name of the database: a–z, 0–9, _ and -, at most 63, first a letter
   * @param role owner of the database, of the same shape; no superuser, creates neither databases
   *     nor roles
   * @throws ServerFailed if PostgreSQL refuses
   */
  public void createDatabase(String name, String role, String password) {
    String database = identifier(name);
    String owner = identifier(role);
    try (Connection connection = connectAsSuperuser(SUPERUSER);
        Statement statement = connection.createStatement()) {
      if (!exists(connection, "select 1 from pg_roles where rolname = ?", role)) {
        statement.execute("create role " + owner + " login nosuperuser nocreatedb nocreaterole");
      }
      statement.execute("alter role " + owner + " password " + literal(statement, password));
      if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
        statement.execute("create database " + database + " owner " + owner);
      }
      statement.execute("revoke all on database " + database + " from public");
      statement.execute("revoke connect on database postgres, template1 from public");
    } catch (SQLException e) {
      throw new ServerFailed(
          "PostgreSQL refused database %s for role %s: %s".formatted(name, role, e.getMessage()),
          e);
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static String literal(Statement statement, String text) throws SQLException {
    return statement.enquoteLiteral(text);
  }

  private static String identifier(String name) {
    if (!name.matches("[a-z][a-z0-9_-]{0,62}")) {
      throw new IllegalArgumentException(
          "A database or role is named with a–z, 0–9, _ and -, a letter first, not \""
              + name
              + "\"");
    }
    return '"' + name + '"';
  }

  /**
   * A connection with all rights, for looking into a service's database from outside.
   *
   * @throws SQLException if the server is down or the database unknown
   */
  public Connection connectAsSuperuser(String database) throws SQLException {
    String password;
    try {
      password = Files.readString(passwordFile()).trim();
    } catch (IOException e) {
      throw new ServerFailed("Cannot read " + passwordFile() + "; was the server ever started?", e);
    }
    return connect(database, SUPERUSER, password);
  }

  /**
   * A connection as the given role.
   *
   * @throws SQLException if the server is down, the password wrong or the database not the role's
   */
  public Connection connect(String database, String role, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", role);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "5");
    // Not through DriverManager: it does not see drivers of another class loader.
    return new Driver().connect(jdbcUrl(database), properties);
  }

  @Override
  List<String> prepare() throws IOException {
    account = PostgresAccount.forThisProcess();
    Path home = ServerBinaries.postgresHome(account.cache());
    account.own(folder());
    if (!Files.isDirectory(data())) {
      initialise(home);
    }
    // The lock of a crashed server: its process is known to be gone, but its id may by now be a
    // stranger's.
    Files.deleteIfExists(data().resolve("postmaster.pid"));
    List<String> command =
        new ArrayList<>(List.of(home.resolve("bin/postgres").toString(), "-D", data().toString()));
    for (String setting :
        List.of(
            "port=" + port(),
            "listen_addresses=" + LOOPBACK,
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "max_connections=200",
            "shared_buffers=128MB",
            // Reads by its own processes: the workers of version 18 cost more here than they bring.
            "io_method=sync",
            // Nobody but this server reads its log: a table filled in the transaction that made it
            // is
            // written to disk, not logged twice.
            "wal_level=minimal",
            "max_wal_senders=0",
            "max_replication_slots=0",
            "max_wal_size=2GB",
            "wal_buffers=16MB",
            "password_encryption=scram-sha-256",
            "log_checkpoints=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_line_prefix=%m [%p] %q%u@%d ")) {
      command.add("-c");
      command.add(setting);
    }
    return command;
  }

  private void initialise(Path home) throws IOException {
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    Path fresh = folder().resolve("pgdata.new");
    ServerBinaries.delete(fresh);
    writeSecret(passwordFile(), HexFormat.of().formatHex(secret));
    account.own(passwordFile());
    List<String> command = new ArrayList<>(account.before());
    command.addAll(
        List.of(
            home.resolve("bin/initdb").toString(),
            "-D",
            fresh.toString(),
            "-U",
            SUPERUSER,
            "--pwfile=" + passwordFile(),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8"));
    Launcher.run(command);
    // Whole or not at all: a start that was cut short begins anew.
    Files.move(fresh, data());
  }

  private Path data() {
    return folder().resolve("pgdata");
  }

  private Path passwordFile() {
    return folder().resolve("superuser.password");
  }

  @Override
  List<String> before() {
    return account.before();
  }

  @Override
  boolean answers() {
    try (Connection connection = connectAsSuperuser(SUPERUSER)) {
      return connection.isValid(2);
    } catch (SQLException notYet) {
      return false;
    }
  }

  @Override
  String stopSignal() {
    // Fast shutdown: clients are cut off, everything committed is written.
    return "INT";
  }

  @Override
  String signalOnDeath() {
    return "INT";
  }

  @Override
  Duration startPatience() {
    return Duration.ofSeconds(60);
  }
}

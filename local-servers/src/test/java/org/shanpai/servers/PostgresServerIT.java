package org.shanpai.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresServerIT {
  @TempDir static Path folder;
  static PostgresServer postgres;

  @BeforeAll
  static void start() {
    postgres = new PostgresServer(folder, FreePorts.one());
    Timing.of("PostgreSQL, first start", postgres::start);
    Timing.memory("PostgreSQL, idle", postgres);
  }

  @AfterAll
  static void stop() {
    Timing.of("PostgreSQL, orderly stop", postgres::close);
    assertThat(postgres.alive()).isFalse();
  }

  @Test
  void committedRowIsThereAfterSigkillAndUncommittedIsNot() throws Exception {
    postgres.createDatabase("crash", "crash", "pass");
    try (Connection committed = postgres.connect("crash", "crash", "pass");
        Connection open = postgres.connect("crash", "crash", "pass");
        Statement write = committed.createStatement();
        Statement half = open.createStatement()) {
      write.execute("create table ledger (entry int primary key)");
      write.execute("insert into ledger values (1)");
      open.setAutoCommit(false);
      half.execute("insert into ledger values (2)");
      postgres.kill();
    } catch (SQLException closingADeadConnection) {
      assertThat(postgres.alive()).isFalse();
    }
    assertThat(postgres.pids()).isEmpty();
    assertThat(folder.resolve("pgdata/postmaster.pid")).as("lock of the crash").exists();

    Timing.of("PostgreSQL, start after SIGKILL", postgres::start);

    assertThat(Files.readString(postgres.log())).contains("automatic recovery in progress");
    try (Connection connection = postgres.connect("crash", "crash", "pass")) {
      assertThat(one(connection, "select string_agg(entry::text, ',') from ledger")).isEqualTo("1");
    }
  }

  @Test
  void staleLockWithTheIdOfALivingStrangerDoesNotStopTheStart() throws Exception {
    Path lock = folder.resolve("pgdata/postmaster.pid");
    // Not this JVM: PostgreSQL ignores a lock that carries its own parent's id.
    Process stranger = new ProcessBuilder("sleep", "300").start();
    try {
      postgres.kill();
      String text = Files.readString(lock);
      Files.writeString(lock, stranger.pid() + text.substring(text.indexOf('\n')));
      postgres.start();
    } finally {
      stranger.destroyForcibly();
    }
    assertThat(postgres.alive()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "fsync,on",
    "synchronous_commit,on",
    "full_page_writes,on",
    "max_connections,200",
    "shared_buffers,128MB",
    "listen_addresses,127.0.0.1",
    "password_encryption,scram-sha-256",
    "server_encoding,UTF8",
    "wal_sync_method,fdatasync",
    "wal_level,minimal"
  })
  void settingIsAsPromised(String setting, String value) throws Exception {
    try (Connection connection = postgres.connectAsSuperuser("postgres")) {
      assertThat(one(connection, "show " + setting)).isEqualTo(value);
    }
  }

  @Test
  void roleCannotEnterAnothersDatabase() throws Exception {
    postgres.createDatabase("order_service", "order_service", "order-pass");
    postgres.createDatabase("rider_service", "rider_service", "rider-pass");
    try (Connection own = postgres.connect("order_service", "order_service", "order-pass")) {
      assertThat(one(own, "select current_user")).isEqualTo("order_service");
    }
    for (String database : new String[] {"rider_service", "postgres", "template1"}) {
      assertThatThrownBy(() -> postgres.connect(database, "order_service", "order-pass"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied for database");
    }
  }

  @Test
  void roleCanMakeTablesButNoDatabasesAndNoRoles() throws Exception {
    postgres.createDatabase("geo", "geo", "pass");
    try (Connection connection = postgres.connect("geo", "geo", "pass");
        Statement statement = connection.createStatement()) {
      statement.execute("create table area (id int primary key)");
      assertThatThrownBy(() -> statement.execute("create database mine"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> statement.execute("create role friend"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void wrongPasswordIsRefused() {
    postgres.createDatabase("locked", "locked", "right");
    assertThatThrownBy(() -> postgres.connect("locked", "locked", "wrong"))
        .hasMessageContaining("password authentication failed");
    assertThatThrownBy(() -> postgres.connect("postgres", "postgres", ""))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void databaseMadeTwiceKeepsItsRowsAndTakesTheNewPassword() throws Exception {
    postgres.createDatabase("twice", "twice", "first");
    try (Connection connection = postgres.connect("twice", "twice", "first");
        Statement statement = connection.createStatement()) {
      statement.execute("create table kept as select 7 as n");
    }
    postgres.createDatabase("twice", "twice", "it's new");
    try (Connection connection = postgres.connect("twice", "twice", "it's new")) {
      assertThat(one(connection, "select n from kept")).isEqualTo("7");
    }
  }

  @Test
  void nameThatCouldBeSqlIsRefused() {
    assertThatThrownBy(() -> postgres.createDatabase("x\"; drop database geo", "x", "pass"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a letter first");
  }

  @Test
  void onlyTheOwnerReadsTheSuperusersPassword() throws Exception {
    assertThat(Files.getPosixFilePermissions(folder.resolve("superuser.password")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  private static String one(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}

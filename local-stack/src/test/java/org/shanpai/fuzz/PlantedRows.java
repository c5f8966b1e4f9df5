package org.shanpai.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.shanpai.servers.PostgresServer;
import org.shanpai.servers.TestServers;
import org.shanpai.stack.Program;

/**
 * The databases of all programs, as their own migrations make them, into which single rows are put
 * without the rows they lean on: foreign keys and checks are off, as after a fault.
 */
final class PlantedRows implements AutoCloseable {

  private final PostgresServer postgres;
  private int made;
  private final Map<Program, Connection> connections = new EnumMap<>(Program.class);

  /**
   * @param home the project's folder
   */
  PlantedRows(Path home) throws SQLException, IOException {
    TestServers servers = TestServers.shared();
    postgres = servers.servers().postgres();
    for (Program program : Program.values()) {
      postgres.createDatabase(database(program), database(program), servers.password());
      Connection connection = connect(program);
      connections.put(program, connection);
      List<Path> scripts = scripts(home.resolve("messaging/src/main/resources/db/messaging"));
      scripts.addAll(scripts(home.resolve(program.text() + "/src/main/resources/db/migration")));
      try (Statement statement = connection.createStatement()) {
        for (Path script : scripts) {
          statement.execute(Files.readString(script));
        }
        // Of foreign keys only the replication of what was checked elsewhere is free.
        statement.execute("set session_replication_role = replica");
      }
      dropChecks(connection);
    }
  }

  private static String database(Program program) {
    return "planted_" + program.database();
  }

  Connection connect(Program program) throws SQLException {
    return postgres.connectAsSuperuser(database(program));
  }

  private static List<Path> scripts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(
          files
              .filter(file -> file.getFileName().toString().matches("V\\d+__.*\\.sql"))
              .sorted(Comparator.comparingInt(PlantedRows::version))
              .toList());
    }
  }

  private static int version(Path script) {
    return Integer.parseInt(script.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"));
  }

  private static void dropChecks(Connection connection) throws SQLException {
    List<String> drops = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select format('alter table %s drop constraint %I', conrelid::regclass, conname)"
                    + " from pg_constraint where contype = 'c' and conrelid <> 0")) {
      while (found.next()) {
        drops.add(found.getString(1));
      }
    }
    try (Statement statement = connection.createStatement()) {
      for (String drop : drops) {
        statement.execute(drop);
      }
    }
  }

  /**
   * Puts one row there; what is not told and must not be null gets some value of its type.
   *
   * @param told pairs of column and value
   */
  void put(Program program, String table, Object... told) throws SQLException {
    Connection connection = connections.get(program);
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, String> values = new LinkedHashMap<>();
    try (PreparedStatement columns =
        connection.prepareStatement(
            "select column_name, udt_name, is_nullable = 'NO' and column_default is null and"
                + " is_identity = 'NO' and is_generated = 'NEVER' from information_schema.columns"
                + " where table_schema = 'public' and table_name = ?")) {
      columns.setString(1, table);
      try (ResultSet column = columns.executeQuery()) {
        while (column.next()) {
          types.put(column.getString(1), column.getString(2));
          if (column.getBoolean(3)) {
            values.put(column.getString(1), some(column.getString(2)));
          }
        }
      }
    }
    for (int i = 0; i < told.length; i += 2) {
      values.put((String) told[i], String.valueOf(told[i + 1]));
    }
    List<String> casts = values.keySet().stream().map(name -> "?::" + types.get(name)).toList();
    String sql =
        "insert into %s (%s) values (%s)"
            .formatted(table, String.join(", ", values.keySet()), String.join(", ", casts));
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      int at = 1;
      for (String value : values.values()) {
        insert.setString(at++, value);
      }
      insert.executeUpdate();
    }
  }

  /**
   * @param sql with %s for the id
   */
  void change(Program program, String sql, String id) throws SQLException {
    try (Statement statement = connections.get(program).createStatement()) {
      statement.execute(sql.formatted(id));
    }
  }

  /** Different each time, for what must be unique. */
  private String some(String type) {
    return switch (type) {
      case "bool" -> "false";
      case "timestamptz", "timestamp" -> "2026-11-22T04:00:00Z";
      case "date" -> "2026-11-22";
      case "uuid" -> "00000000-0000-0000-0000-000000000001";
      case "json", "jsonb" -> "{}";
      case "int2", "int4", "int8", "numeric", "float4", "float8" -> Integer.toString(++made);
      default -> type.startsWith("_") ? "{}" : "x" + ++made;
    };
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : connections.values()) {
      connection.close();
    }
  }
}

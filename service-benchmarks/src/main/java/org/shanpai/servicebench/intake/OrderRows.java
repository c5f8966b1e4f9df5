package org.shanpai.servicebench.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * All the rows that one order was written as, read back from the service's database; the rival
 * writes the same rows, so that it has no less to do when the schema grows.
 *
 * @param rows in no order; foreign keys are checked at the end of a statement
 */
record OrderRows(List<Row> rows) {

  /** A row without its generated columns and its nulls. */
  record Row(String table, List<String> columns, List<Object> values) {}

  /**
   * Reads them.
   *
   * @param key the order's Idempotency-Key
   */
  static OrderRows of(Connection database, String orderId, String key) throws SQLException {
    List<Row> rows = new ArrayList<>();
    Map<String, List<String>> tables = tables(database);
    for (Map.Entry<String, List<String>> table : tables.entrySet()) {
      if (table.getValue().contains("order_id")) {
        read(database, table.getKey(), table.getValue(), "order_id", orderId, rows);
      }
    }
    read(database, "outbox", tables.get("outbox"), "key", orderId, rows);
    read(database, "idempotency", tables.get("idempotency"), "key", key, rows);
    return new OrderRows(List.copyOf(rows));
  }

  /** The columns that may be written, by table. */
  static Map<String, List<String>> tables(Connection database) throws SQLException {
    Map<String, List<String>> tables = new TreeMap<>();
    try (PreparedStatement statement =
            database.prepareStatement(
                "select c.table_name, c.column_name from information_schema.columns c"
                    + " join information_schema.tables t using (table_schema, table_name)"
                    + " where table_schema = 'public' and t.table_type = 'BASE TABLE'"
                    + " and c.is_identity = 'NO' and c.is_generated = 'NEVER'"
                    + " order by c.table_name, c.ordinal_position");
        ResultSet found = statement.executeQuery()) {
      while (found.next()) {
        tables
            .computeIfAbsent(found.getString(1), name -> new ArrayList<>())
            .add(found.getString(2));
      }
    }
    return tables;
  }

  /** Reads the rows of a table in which a column has a value. */
  static void read(
      Connection database,
      String table,
      List<String> columns,
      String column,
      String value,
      List<Row> rows)
      throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement(
            "select %s from %s where %s = ?".formatted(quoted(columns), table, column))) {
      statement.setString(1, value);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          List<String> names = new ArrayList<>();
          List<Object> values = new ArrayList<>();
          for (int i = 0; i < columns.size(); i++) {
            Object read = found.getObject(i + 1);
            if (read != null) {
              names.add(columns.get(i));
              values.add(read);
            }
          }
          rows.add(new Row(table, List.copyOf(names), List.copyOf(values)));
        }
      }
    }
  }

  private static String quoted(List<String> columns) {
    return '"' + String.join("\", \"", columns) + '"';
  }

  /** One statement that writes all of them: one round trip, one commit. */
  String insert() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      boolean last = i == rows.size() - 1;
      Row row = rows.get(i);
      if (!last) {
        text.append(i == 0 ? "with " : ", ").append("r").append(i).append(" as (");
      }
      text.append("insert into %s (%s) values (".formatted(row.table(), quoted(row.columns())))
          .append("?, ".repeat(row.columns().size() - 1))
          .append("?)")
          .append(last ? "" : ") ");
    }
    return text.toString();
  }

  /**
   * Fills the statement.
   *
   * @param changed makes another order's texts from this one's
   */
  void fill(PreparedStatement statement, UnaryOperator<String> changed) throws SQLException {
    int parameter = 1;
    for (Row row : rows) {
      for (Object value : row.values()) {
        statement.setObject(
            parameter++, value instanceof String text ? changed.apply(text) : value);
      }
    }
  }
}

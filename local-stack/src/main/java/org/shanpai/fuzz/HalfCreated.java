package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.shanpai.stack.CannotRun;
import org.shanpai.stack.Program;

/**
 * Looks, after a run, for what is there by halves: what was answered with 201 and cannot be read,
 * what exists though nobody was told, rows that belong together and are not.
 */
final class HalfCreated {

  private final Databases databases;
  private final Caller caller;
  private final List<String> found = new ArrayList<>();

  HalfCreated(Databases databases, Caller caller) {
    this.databases = databases;
    this.caller = caller;
  }

  List<String> look(Created created) {
    for (Created.Thing thing : created.all()) {
      read(thing);
    }
    untold(Program.ORDER, "order", "select order_id from orders", created);
    for (Orphans orphans : Orphans.ALL) {
      List<String> rows = rows(orphans.program(), orphans.sql());
      rows.forEach(row -> found.add(orphans.means() + ": " + row));
    }
    return found;
  }

  /** Whoever was answered with 201 reads the same thing again. */
  private void read(Created.Thing thing) {
    if (thing.target() == null) {
      return;
    }
    Answer answer = caller.call(thing.program(), thing.who(), "GET", thing.target(), null);
    if (answer.status() != 200) {
      found.add(
          "%s %s was answered with 201 and reads as %d"
              .formatted(thing.kind(), thing.id(), answer.status()));
      return;
    }
    JsonNode now = answer.json();
    thing
        .answer()
        .properties()
        .forEach(
            field -> {
              boolean gone =
                  field.getKey().endsWith("Id")
                      && !field.getValue().isNull()
                      && !field.getKey().equals("riderId")
                      && now.path(field.getKey()).isMissingNode();
              if (gone) {
                found.add(
                    "%s %s was told with %s and is read without"
                        .formatted(thing.kind(), thing.id(), field.getKey()));
              }
            });
  }

  /** What exists and was never answered with 201 was made by a request that was refused. */
  private void untold(Program program, String kind, String sql, Created created) {
    // A linked order is told in the answer of the order it belongs to.
    Set<String> told = new HashSet<>(created.mentioned(kind));
    for (String id : rows(program, sql)) {
      if (!told.contains(id)) {
        found.add(kind + " " + id + " exists though nobody was answered with 201");
      }
    }
  }

  private List<String> rows(Program program, String sql) {
    List<String> rows = new ArrayList<>();
    try (Connection connection = databases.connect(program);
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
      return rows;
    } catch (SQLException e) {
      throw new CannotRun(
          "The database of %s cannot be asked '%s': %s"
              .formatted(program.text(), sql, e.getMessage()),
          e);
    }
  }
}

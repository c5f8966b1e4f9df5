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
import org.shanpai.stack.Stack;

/**
 * Looks, after a run, for what is there by halves: what was answered with 201 and cannot be read,
 * what exists though nobody was told, rows that belong together and are not.
 */
final class HalfCreated {

  /**
   * Rows that must not exist.
   *
   * @param means what such a row would be
   * @param sql gives its id; a table of another version's schema is skipped
   */
  private record Orphans(Program program, String means, String sql) {}

  private static final List<Orphans> ORPHANS =
      List.of(
          new Orphans(
              Program.ORDER,
              "order without contact",
              "select order_id from orders o where not exists (select 1 from order_contact c"
                  + " where c.order_id = o.order_id)"),
          new Orphans(
              Program.ORDER,
              "order with a version that has no entry",
              "select order_id from orders o where (select count(*) from order_entry e where"
                  + " e.order_id = o.order_id and e.version = 1) <> 1 or not exists (select 1 from"
                  + " order_entry e where e.order_id = o.order_id and e.version = o.version)"),
          new Orphans(
              Program.ORDER,
              "order that was never put into the outbox",
              "select o.order_id from orders o where not"
                  + " coalesce((to_jsonb(o)->>'sandbox')::boolean, false) and o.created_at >"
                  + " (select coalesce(min(created_at), 'infinity') from outbox) and not exists"
                  + " (select 1 from outbox b where b.key = o.order_id)"),
          new Orphans(
              Program.ORDER,
              "saved 201 whose order does not exist",
              "select i.key from idempotency i where i.scope like '%/orders' and i.status = 201 and"
                  + " not exists (select 1 from orders o where o.order_id ="
                  + " (i.answer::json->>'orderId'))"),
          new Orphans(
              Program.ORDER,
              "order whose key is not saved",
              "select o.order_id from orders o where not exists (select 1 from idempotency i where"
                  + " i.status = 201 and i.scope like '%/orders' and"
                  + " position(o.order_id in i.answer) > 0)"),
          new Orphans(
              Program.ORDER,
              "saved answer that is an error",
              "select scope || ' ' || key from idempotency where status >= 400"),
          new Orphans(
              Program.ORDER,
              "store that was never put into the outbox",
              "select s.store_id from store s where not exists (select 1 from outbox b where b.key"
                  + " = s.store_id)"),
          new Orphans(
              Program.RIDER,
              "rider that was never put into the outbox",
              "select r.rider_id from rider r where not exists (select 1 from outbox b where b.key"
                  + " = r.rider_id)"),
          new Orphans(
              Program.GEO,
              "area that was never put into the outbox",
              "select a.area_id from area a where not exists (select 1 from outbox b where b.key ="
                  + " a.area_id)"),
          new Orphans(
              Program.GEO,
              "zone without its newest version",
              "select z.zone_id from zone z where not exists (select 1 from zone_version v where"
                  + " v.zone_id = z.zone_id and v.version = z.version)"),
          new Orphans(
              Program.DISPATCH,
              "offer without a job",
              "select o.id from offer o where not exists (select 1 from offer_job j where j.offer_id"
                  + " = o.id)"),
          new Orphans(
              Program.DISPATCH,
              "job with a rider and no assignment",
              "select j.id from job j where j.status = 'ASSIGNED' and not exists (select 1 from"
                  + " assignment a where a.job_id = j.id and a.epoch = j.epoch)"),
          new Orphans(
              Program.CONTROL_ROOM,
              "operator without a role",
              "select username from operator where roles = ''"));

  private final Stack stack;
  private final Caller caller;
  private final List<String> found = new ArrayList<>();

  HalfCreated(Stack stack, Caller caller) {
    this.stack = stack;
    this.caller = caller;
  }

  List<String> look(Created created) {
    for (Created.Thing thing : created.all()) {
      read(thing);
    }
    untold(Program.ORDER, "order", "select order_id from orders", created);
    for (Orphans orphans : ORPHANS) {
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
    try (Connection connection = stack.connect(program);
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

package org.shanpai.bench.mdrp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.shanpai.bench.CannotRun;

/** Reads instance folders as mdrplib publishes them: tab separated tables with a header line. */
public final class InstanceReader {

  private final Path folder;

  private InstanceReader(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads one instance.
   *
   * @param folder with orders.txt, couriers.txt, restaurants.txt and instance_parameters.txt
   * @throws CannotRun in one sentence that names the file, and the line, that is wrong
   */
  public static Instance read(Path folder) {
    return new InstanceReader(folder).instance();
  }

  /**
   * The instance folders below a folder, by name.
   *
   * @param folder holds a folder for each instance
   * @param glob which of them, for example {@code 1*t100*}
   * @throws CannotRun when the folder is none or holds no such instance
   */
  public static List<Path> listInstances(Path folder, String glob) {
    if (!Files.isDirectory(folder)) {
      throw new CannotRun(
          "%s is no folder; --instances takes the folder that holds one folder for each instance."
              .formatted(folder));
    }
    List<Path> all;
    try (Stream<Path> entries = Files.list(folder)) {
      all =
          entries
              .filter(entry -> Files.isRegularFile(entry.resolve("orders.txt")))
              .sorted()
              .toList();
    } catch (IOException e) {
      throw new CannotRun("%s cannot be read: %s.".formatted(folder, e.getMessage()), e);
    }
    if (all.isEmpty()) {
      throw new CannotRun(
          "%s holds no instances; get github.com/grubhub/mdrplib and give its folder of instances as --instances."
              .formatted(folder));
    }
    var matcher = folder.getFileSystem().getPathMatcher("glob:" + glob);
    List<Path> chosen = all.stream().filter(p -> matcher.matches(p.getFileName())).toList();
    if (chosen.isEmpty()) {
      throw new CannotRun(
          "None of the %d instances in %s is called %s; the first is %s."
              .formatted(all.size(), folder, glob, all.get(0).getFileName()));
    }
    return chosen;
  }

  /** One line of a table. */
  private record Row(Path file, int line, Map<String, String> cells) {

    CannotRun wrong(String what) {
      return new CannotRun("%s, line %d: %s.".formatted(file, line, what));
    }

    String text(String column) {
      String cell = cells.get(column);
      if (cell == null || cell.isEmpty()) {
        throw wrong("the column %s is missing; is this an instance of mdrplib?".formatted(column));
      }
      return cell;
    }

    double number(String column) {
      String cell = text(column);
      try {
        double number = Double.parseDouble(cell);
        if (Double.isFinite(number)) {
          return number;
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw wrong("%s should be a number but is '%s'".formatted(column, cell));
    }

    double above(String column, double least) {
      double number = number(column);
      if (!(number > least)) {
        throw wrong("%s should be above %s but is %s".formatted(column, least, text(column)));
      }
      return number;
    }

    /** A time in ticks; {@code share} of it, for halves. */
    int ticks(String column, double share) {
      try {
        return Ticks.ofMinutes(number(column) * share);
      } catch (IllegalArgumentException e) {
        throw wrong(
            "%s should be minutes with at most one decimal%s but is '%s'"
                .formatted(column, share == 1 ? "" : " in its half", text(column)));
      }
    }

    int ticks(String column) {
      return ticks(column, 1);
    }
  }

  private List<Row> table(String name) {
    Path file = folder.resolve(name);
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CannotRun(
          "%s is missing or unreadable; an instance is a folder with orders.txt, couriers.txt, restaurants.txt and instance_parameters.txt."
              .formatted(file),
          e);
    }
    List<Row> rows = new ArrayList<>();
    String[] header = lines.isEmpty() ? new String[0] : lines.get(0).strip().split("\t");
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String[] cells = lines.get(i).strip().split("\t");
      Map<String, String> named = new HashMap<>();
      for (int c = 0; c < Math.min(header.length, cells.length); c++) {
        named.put(header[c].strip(), cells[c].strip());
      }
      rows.add(new Row(file, i + 1, named));
    }
    if (rows.isEmpty()) {
      throw new CannotRun("%s has no lines below its header.".formatted(file));
    }
    return rows;
  }

  private static Map<String, Integer> named(List<Row> rows, String column) {
    Map<String, Integer> index = new HashMap<>();
    for (Row row : rows) {
      if (index.put(row.text(column), index.size()) != null) {
        throw row.wrong("%s %s is there twice".formatted(column, row.text(column)));
      }
    }
    return index;
  }

  private Instance instance() {
    if (!Files.isDirectory(folder)) {
      throw new CannotRun("%s is no folder.".formatted(folder));
    }
    Row p = table("instance_parameters.txt").get(0);
    Instance.Parameters parameters =
        new Instance.Parameters(
            p.above("meters_per_minute", 0),
            p.ticks("pickup service minutes", 0.5),
            p.ticks("dropoff service minutes", 0.5),
            p.ticks("target click-to-door"),
            p.number("pay per order"),
            p.number("guaranteed pay per hour"));
    List<Row> restaurants = table("restaurants.txt");
    List<Row> couriers = table("couriers.txt");
    List<Row> orders = table("orders.txt");
    Map<String, Integer> restaurantIndex = named(restaurants, "restaurant");
    named(couriers, "courier");
    named(orders, "order");
    return new Instance(
        folder.toAbsolutePath().normalize().getFileName().toString(),
        parameters,
        restaurants.stream()
            .map(r -> new Instance.Restaurant(r.text("restaurant"), r.number("x"), r.number("y")))
            .toList(),
        couriers.stream().map(InstanceReader::shift).toList(),
        orders.stream()
            .map(row -> order(row, restaurantIndex))
            .sorted(Comparator.comparingInt(Instance.Order::placed))
            .toList());
  }

  private static Instance.Shift shift(Row row) {
    int on = row.ticks("on_time");
    int off = row.ticks("off_time");
    if (off < on) {
      throw row.wrong("courier %s goes off before coming on".formatted(row.text("courier")));
    }
    return new Instance.Shift(row.text("courier"), row.number("x"), row.number("y"), on, off);
  }

  private static Instance.Order order(Row row, Map<String, Integer> restaurants) {
    Integer restaurant = restaurants.get(row.text("restaurant"));
    if (restaurant == null) {
      throw row.wrong("restaurant %s is not in restaurants.txt".formatted(row.text("restaurant")));
    }
    int placed = row.ticks("placement_time");
    int ready = row.ticks("ready_time");
    if (ready < placed) {
      throw row.wrong("order %s is ready before it is placed".formatted(row.text("order")));
    }
    return new Instance.Order(
        row.text("order"), row.number("x"), row.number("y"), placed, restaurant, ready);
  }
}

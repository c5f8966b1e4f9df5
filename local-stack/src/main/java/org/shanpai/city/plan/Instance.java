package org.shanpai.city.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.city.streets.Ground;
import org.shanpai.city.streets.Plane;
import org.shanpai.city.streets.Spot;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.stack.CannotRun;

/**
 * A meal delivery routing instance of Grubhub (Reyes, Erera, Savelsbergh, Sahasrabudhe, O'Neil
 * 2018): real orders of one day, to be replayed.
 *
 * <p>Distances are metres, straight lines; times are minutes after the day's start.
 */
public final class Instance {

  private static final double MINUTE = 60_000;

  /** Room around the outermost place, metres. */
  private static final double MARGIN = 500;

  private static final int PROMISE_SECONDS = 2_400;

  /** Somewhere that no real street is meant by. */
  private static final GeoPoint MIDDLE = new GeoPoint(31.2304, 121.4737);

  private final Path folder;

  private Instance(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads an instance.
   *
   * @param folder with orders.txt, couriers.txt, restaurants.txt and instance_parameters.txt
   * @throws CannotRun in one sentence that names the file, and the line, that is wrong
   */
  public static CityPlan read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CannotRun(
          "%s is no folder; --instance takes the folder of one instance.".formatted(folder));
    }
    return new Instance(folder).plan();
  }

  /** One line of a table. */
  private record Row(String file, int line, Map<String, String> cells) {

    String text(String column) {
      String cell = cells.get(column);
      if (cell == null || cell.isBlank()) {
        throw new CannotRun(
            "%s, line %d: the column %s is missing; is this an instance of mdrplib?"
                .formatted(file, line, column));
      }
      return cell;
    }

    double number(String column) {
      try {
        double number = Double.parseDouble(text(column));
        if (!Double.isFinite(number)) {
          throw new NumberFormatException();
        }
        return number;
      } catch (NumberFormatException e) {
        throw new CannotRun(
            "%s, line %d: %s should be a number but is '%s'."
                .formatted(file, line, column, text(column)));
      }
    }
  }

  private List<Row> table(String name) {
    Path file = folder.resolve(name);
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new CannotRun(
          "%s is missing or unreadable; --instance takes the folder of one instance."
              .formatted(file),
          e);
    }
    if (lines.size() < 2) {
      throw new CannotRun("%s has no lines below its header.".formatted(file));
    }
    String[] header = lines.get(0).trim().split("\t");
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String[] cells = lines.get(i).trim().split("\t");
      Map<String, String> named = new HashMap<>();
      for (int c = 0; c < Math.min(header.length, cells.length); c++) {
        named.put(header[c].trim(), cells[c].trim());
      }
      rows.add(new Row(file.toString(), i + 1, named));
    }
    return rows;
  }

  private CityPlan plan() {
    Row parameters = table("instance_parameters.txt").get(0);
    double metresPerMinute = parameters.number("meters_per_minute");
    long halfPickup = Math.round(parameters.number("pickup service minutes") / 2 * MINUTE);
    long halfDrop = Math.round(parameters.number("dropoff service minutes") / 2 * MINUTE);
    if (!(metresPerMinute > 0)) {
      throw new CannotRun("%s: meters_per_minute must be above 0.".formatted(parameters.file()));
    }
    List<Row> restaurants = table("restaurants.txt");
    List<Row> couriers = table("couriers.txt");
    List<Row> orders = table("orders.txt");

    Bounds bounds = new Bounds();
    restaurants.forEach(bounds::take);
    couriers.forEach(bounds::take);
    orders.forEach(bounds::take);
    Map<String, Spot> places = new HashMap<>();
    restaurants.forEach(row -> places.put(row.text("restaurant"), bounds.spot(row)));
    Map<String, Double> furthest = new HashMap<>();
    for (Row row : orders) {
      Spot store = places.get(row.text("restaurant"));
      if (store == null) {
        throw new CannotRun(
            "%s, line %d: restaurant %s is not in restaurants.txt."
                .formatted(row.file(), row.line(), row.text("restaurant")));
      }
      furthest.merge(row.text("restaurant"), store.to(bounds.spot(row)), Math::max);
    }
    Spot corner = bounds.corner().moved(MARGIN, MARGIN);
    return new CityPlan(
        folder.toAbsolutePath().normalize().getFileName().toString(),
        new Plane(MIDDLE),
        Ground.open(),
        LocalTime.of(7, 0),
        DayOfWeek.TUESDAY,
        List.of(
            Area.rectangle("a-1", "Instance", new Spot(-corner.east(), -corner.north()), corner)),
        restaurants.stream()
            .map(row -> store(row, bounds, furthest.getOrDefault(row.text("restaurant"), 0.0)))
            .toList(),
        couriers.stream().map(row -> courier(row, bounds, metresPerMinute / 60)).toList(),
        placements(orders, bounds, halfDrop),
        // Couriers of an instance accept everything, never vanish and stay where they last were.
        new Habits(0, 0, 2_000, 0, 0, 0, false, halfPickup, halfPickup, halfDrop, false),
        1,
        0.95,
        true,
        List.of(),
        List.of(),
        List.of(),
        environment(metresPerMinute, halfPickup, halfDrop));
  }

  /** The published day's own figures: nothing that another day taught may change them. */
  private static Map<String, String> environment(
      double metresPerMinute, long halfPickup, long halfDrop) {
    return Map.ofEntries(
        Map.entry("SHANPAI_GEO_PLAN_SPEED_KMH", Double.toString(metresPerMinute * 60 / 1000)),
        Map.entry("SHANPAI_GEO_DETOUR_FACTOR", "1.0"),
        // The published promises are given, whether they can be kept or not.
        Map.entry("SHANPAI_INTAKE_PROMISE_FLOOR_BINDS", "false"),
        // Couriers always accept; at high speed the way to the phone and back takes city minutes.
        Map.entry("SHANPAI_DISPATCH_OFFER_SECONDS", "180"),
        // The published shifts know no rest; each courier works theirs through.
        Map.entry("SHANPAI_DISPATCH_FATIGUE_STREAK_SECONDS", "86400"),
        // Half of the service comes before the goods can be had, half after; when the kitchen is
        // the slower one, only the latter half counts.
        Map.entry("SHANPAI_DISPATCH_PICKUP_SECONDS", Long.toString(halfPickup * 3 / 2 / 1000)),
        Map.entry("SHANPAI_DISPATCH_DROPOFF_SECONDS", Long.toString(2 * halfDrop / 1000)),
        Map.entry("SHANPAI_GEO_LEARNING_LEGS_LEAST", "1"),
        Map.entry("SHANPAI_GEO_LEARNING_LEGS_MOST", "1"),
        Map.entry("SHANPAI_DISPATCH_LEARNED_STOPS", "false"),
        Map.entry("SHANPAI_DISPATCH_LEARNED_STORES", "false"));
  }

  private static Store store(Row row, Bounds bounds, double furthestMetres) {
    return new Store(
        "s-" + row.text("restaurant"),
        "m-01",
        row.text("restaurant"),
        bounds.spot(row),
        bounds.spot(row),
        (int) Math.ceil(furthestMetres + MARGIN),
        15 * 60,
        true);
  }

  private static Courier courier(Row row, Bounds bounds, double metresPerSecond) {
    return new Courier(
        "r-" + row.text("courier"),
        "骑手 " + row.text("courier"),
        bounds.spot(row),
        Math.round(row.number("on_time") * MINUTE),
        Math.round(row.number("off_time") * MINUTE),
        metresPerSecond,
        8,
        Phone.PLAIN);
  }

  private static List<Placement> placements(List<Row> orders, Bounds bounds, long halfDrop) {
    List<Row> byTime = new ArrayList<>(orders);
    byTime.sort(Comparator.comparingDouble(row -> row.number("placement_time")));
    List<Placement> placements = new ArrayList<>();
    for (Row row : byTime) {
      double placed = row.number("placement_time");
      double kitchen = row.number("ready_time") - placed;
      if (kitchen < 0) {
        throw new CannotRun(
            "%s, line %d: order %s is ready before it is placed."
                .formatted(row.file(), row.line(), row.text("order")));
      }
      placements.add(
          new Placement(
              placements.size() + 1,
              Math.round(placed * MINUTE),
              "s-" + row.text("restaurant"),
              bounds.spot(row),
              (int) Math.round(kitchen * 60),
              Math.round(kitchen * MINUTE),
              PROMISE_SECONDS,
              Fate.TAKES_IT,
              0,
              halfDrop,
              1,
              null));
    }
    return placements;
  }

  /** The smallest rectangle around everything; its middle becomes the city's. */
  private static final class Bounds {
    private double west = Double.POSITIVE_INFINITY;
    private double east = Double.NEGATIVE_INFINITY;
    private double south = Double.POSITIVE_INFINITY;
    private double north = Double.NEGATIVE_INFINITY;

    void take(Row row) {
      west = Math.min(west, row.number("x"));
      east = Math.max(east, row.number("x"));
      south = Math.min(south, row.number("y"));
      north = Math.max(north, row.number("y"));
    }

    Spot spot(Row row) {
      return new Spot(row.number("x") - (west + east) / 2, row.number("y") - (south + north) / 2);
    }

    Spot corner() {
      return new Spot((east - west) / 2, (north - south) / 2);
    }
  }
}

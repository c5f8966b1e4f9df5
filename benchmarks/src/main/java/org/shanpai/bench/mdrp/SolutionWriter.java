package org.shanpai.bench.mdrp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.shanpai.bench.CannotRun;

/**
 * Writes a solution in the published format: three space separated files with a header line, times
 * in minutes.
 */
public final class SolutionWriter {

  private SolutionWriter() {}

  /**
   * Writes the three files.
   *
   * @param folder is made when missing
   * @throws CannotRun when it cannot be written
   */
  public static void write(Instance instance, Solution solution, Path folder) {
    try {
      Files.createDirectories(folder);
      lines(folder.resolve("solution_info_assignments.txt"), assignments(instance, solution));
      lines(folder.resolve("solution_info_orders.txt"), orders(instance, solution));
      lines(folder.resolve("solution_info_couriers.txt"), couriers(instance, solution));
    } catch (IOException e) {
      throw new CannotRun(
          "The solution cannot be written to %s: %s.".formatted(folder, e.getMessage()), e);
    }
  }

  private static void lines(Path file, List<String> lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
  }

  private static List<String> assignments(Instance instance, Solution solution) {
    List<String> lines = new ArrayList<>();
    lines.add("assignment_time pickup_time courier orders");
    for (Solution.Trip trip : solution.trips()) {
      StringBuilder line =
          new StringBuilder()
              .append(Ticks.text(trip.assignedAt()))
              .append(' ')
              .append(Ticks.text(trip.pickupAt()))
              .append(' ')
              .append(instance.courierName(trip.courier()));
      for (int order : trip.orders()) {
        line.append(' ').append(instance.orderName(order));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static List<String> orders(Instance instance, Solution solution) {
    List<String> lines = new ArrayList<>();
    lines.add("order placement_time ready_time pickup_time dropoff_time courier");
    for (int order = 0; order < solution.orders(); order++) {
      boolean delivered = solution.delivered(order);
      lines.add(
          String.join(
              " ",
              instance.orderName(order),
              Ticks.text(instance.placed(order)),
              Ticks.text(instance.ready(order)),
              delivered ? Ticks.text(solution.pickup(order)) : "nan",
              delivered ? Ticks.text(solution.dropoff(order)) : "nan",
              delivered ? instance.courierName(solution.courier(order)) : "nan"));
    }
    return lines;
  }

  private static List<String> couriers(Instance instance, Solution solution) {
    List<String> lines = new ArrayList<>();
    lines.add("courier departure_time origin destination");
    List<Solution.Move> moves = new ArrayList<>(solution.moves());
    // Moves of one courier keep their sequence: the sort is stable.
    moves.sort(Comparator.comparingInt(Solution.Move::courier));
    for (Solution.Move move : moves) {
      boolean fromStart = move.from() == instance.courierPlace(move.courier());
      lines.add(
          String.join(
              " ",
              instance.courierName(move.courier()),
              Ticks.text(move.departure()),
              fromStart ? "0" : instance.placeName(move.from()),
              instance.placeName(move.to())));
    }
    return lines;
  }
}

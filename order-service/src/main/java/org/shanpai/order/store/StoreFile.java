package org.shanpai.order.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.ToldPlace;
import org.shanpai.order.CsvText;

/**
 * A file of stores, at most 1,000: CSV as in RFC 4180, UTF-8, heading {@code
 * storeId,name,lat,lon,rangeMetres,preparationSeconds,open,hours}. Hours read as {@link HoursText};
 * an empty field leaves them as they are.
 */
public final class StoreFile {

  /** Stores a file may have. */
  static final int MOST = 1_000;

  static final List<String> HEADING =
      List.of(
          "storeId", "name", "lat", "lon", "rangeMetres", "preparationSeconds", "open", "hours");

  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_HOURS = 20_000;

  /**
   * One line.
   *
   * @param number counted from 1, the heading is line 1
   * @param hours null to leave them as they are
   * @param otherReadings how else its place may have been meant
   * @param reason why it cannot be taken, else null; nothing else is told then
   */
  public record Line(
      int number,
      StoreId storeId,
      StoreDetails details,
      OpeningHours hours,
      List<ToldPlace.Reading> otherReadings,
      String reason) {
    static Line bad(int number, String reason) {
      return new Line(number, null, null, null, List.of(), reason);
    }
  }

  private StoreFile() {}

  /**
   * The lines in order, bad ones with their reason.
   *
   * @throws Problem 422 when it is not such a file at all
   */
  public static List<Line> parse(String text, CoordinateSystem system) {
    List<String> rows = CsvText.rows(text);
    if (rows.isEmpty() || !HEADING.equals(CsvText.fields(rows.get(0)))) {
      throw Problem.unprocessable(
          "body", "The first line must read " + String.join(",", HEADING) + ".");
    }
    if (rows.size() - 1 > MOST) {
      throw Problem.unprocessable(
          "body",
          "A file has at most "
              + MOST
              + " stores but this has "
              + (rows.size() - 1)
              + "; split it.");
    }
    List<Line> lines = new ArrayList<>();
    Set<StoreId> seen = new HashSet<>();
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).isBlank()) {
        continue;
      }
      Line line = line(i + 1, rows.get(i), system);
      if (line.reason() == null && !seen.add(line.storeId())) {
        line = Line.bad(i + 1, "the store " + line.storeId() + " came before in this file");
      }
      lines.add(line);
    }
    return lines;
  }

  private static Line line(int number, String row, CoordinateSystem system) {
    List<String> fields = CsvText.fields(row);
    if (fields == null || fields.size() != HEADING.size()) {
      return Line.bad(
          number,
          fields == null
              ? "a quote is not closed"
              : HEADING.size() + " fields are needed but there are " + fields.size());
    }
    try {
      String name = fields.get(1).strip();
      if (name.isEmpty()
          || name.length() > LONGEST_NAME
          || name.chars().anyMatch(Character::isISOControl)) {
        return Line.bad(
            number, "name must have 1 to " + LONGEST_NAME + " characters, none of them a control");
      }
      ToldPlace told = new ToldPlace(number("lat", fields.get(2)), number("lon", fields.get(3)));
      GeoPoint place = told.in(system);
      StoreDetails details =
          new StoreDetails(
              name,
              place,
              whole("rangeMetres", fields.get(4), 100, 60_000),
              whole("preparationSeconds", fields.get(5), 0, 10_800),
              yes(fields.get(6)));
      String hours = fields.get(7).strip();
      if (hours.length() > LONGEST_HOURS) {
        return Line.bad(number, "hours must have at most " + LONGEST_HOURS + " characters");
      }
      return new Line(
          number,
          new StoreId(fields.get(0).strip()),
          details,
          hours.isEmpty() ? null : HoursText.parse(hours),
          told.otherReadings(system),
          null);
    } catch (IllegalArgumentException wrong) {
      return Line.bad(number, wrong.getMessage());
    }
  }

  private static double number(String name, String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be degrees, such as 31.2304");
    }
  }

  private static int whole(String name, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as all other text is.
    }
    throw new IllegalArgumentException(
        name + " must be a whole number from " + least + " to " + most);
  }

  private static boolean yes(String text) {
    return switch (text.strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("open must be true or false");
    };
  }

  /** The same file again, of stores there are, in a system of the reader's choice. */
  public static String write(List<Store> stores, CoordinateSystem system) {
    StringBuilder file = new StringBuilder(CsvText.row(HEADING));
    for (Store store : stores) {
      GeoPoint told = system.fromWgs84(store.place());
      file.append(
          CsvText.row(
              List.of(
                  store.id().value(),
                  store.details().name(),
                  Double.toString(told.lat()),
                  Double.toString(told.lon()),
                  Integer.toString(store.rangeMetres()),
                  Integer.toString(store.preparationSeconds()),
                  Boolean.toString(store.open()),
                  store.hours() == null ? "" : HoursText.format(store.hours()))));
    }
    return file.toString();
  }
}

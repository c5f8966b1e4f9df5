package org.shanpai.controlroom.map;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;

/**
 * The streets drawn behind everything, as lines of at least two points.
 *
 * @param streets at most {@value #MOST_LINES} lines with {@value #MOST_POINTS} points together
 */
@Schema(
    description = "Streets as lines of places",
    examples =
        "{\"streets\":[[{\"lat\":31.2304,\"lon\":121.4737},{\"lat\":31.2310,\"lon\":121.4790}]]}")
public record Streets(
    @NotNull @Size(max = MOST_LINES) List<@NotNull List<@NotNull GeoPoint>> streets) {

  static final int MOST_LINES = 50_000;
  static final int MOST_POINTS = 300_000;

  /**
   * @throws Problem 422 naming the line that is none
   */
  void check() {
    long points = 0;
    for (int i = 0; i < streets.size(); i++) {
      if (streets.get(i).size() < 2) {
        throw Problem.unprocessable("streets[" + i + "]", "A street needs at least two places.");
      }
      points += streets.get(i).size();
    }
    if (points > MOST_POINTS) {
      throw Problem.unprocessable(
          "streets", "All streets together may have " + MOST_POINTS + " places at most.");
    }
  }
}

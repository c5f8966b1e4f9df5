package org.shanpai.controlroom.map;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.ToldPlace;

/**
 * The streets drawn behind everything, as lines of at least two points.
 *
 * @param coordinateSystem the system of all places
 * @param streets at most {@value #MOST_LINES} lines with {@value #MOST_POINTS} points together
 */
@Schema(
    description = "Streets as lines of places",
    examples =
        "{\"coordinateSystem\":\"WGS-84\",\"streets\":[[{\"lat\":31.2304,\"lon\":121.4737},{\"lat\":31.2310,\"lon\":121.4790}]]}")
public record Streets(
    @NotNull(message = CoordinateSystem.MUST_BE_NAMED)
        @Schema(description = "The system of all places", required = true)
        CoordinateSystem coordinateSystem,
    @NotNull @Size(max = MOST_LINES) List<@NotNull List<@NotNull ToldPlace>> streets) {

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

  /** The lines in WGS-84. */
  List<List<GeoPoint>> lines() {
    return streets.stream()
        .map(line -> line.stream().map(place -> place.in(coordinateSystem)).toList())
        .toList();
  }
}

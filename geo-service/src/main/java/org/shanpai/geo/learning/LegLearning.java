package org.shanpai.geo.learning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.learning.postgres.LegTable.Count;
import org.shanpai.geo.travel.TravelTimeMatrix;
import org.shanpai.geo.travel.TravelTimes;

/**
 * Turns the stops of half an hour into a sketch of its rides. Takes the calling thread's CPU. The
 * same stops in any order give the same sketch.
 */
final class LegLearning {

  private final TravelTimes travelTimes;
  private final Cells cells;
  private final LegRule rule;

  LegLearning(TravelTimes travelTimes, Cells cells, LearningSettings.Legs settings) {
    this.travelTimes = travelTimes;
    this.cells = cells;
    this.rule =
        new LegRule(
            settings.leastSeconds(),
            settings.mostKmh(),
            settings.mostRatio(),
            settings.leastWayPart());
  }

  /** Sketch and fate of the rides of half an hour. */
  record Learned(List<Count> counts, Map<String, Integer> verdicts) {}

  /** The rides that began within the span, its end not included. */
  static List<Leg> rides(List<Stop> stops, Instant from, Instant to) {
    return stops.stream()
        .collect(Collectors.groupingBy(Stop::riderId, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .flatMap(ofRider -> Leg.between(ofRider).stream())
        .filter(leg -> !leg.departedAt().isBefore(from) && leg.departedAt().isBefore(to))
        .toList();
  }

  Learned learn(List<Leg> legs, RiddenWays ways) {
    Map<Long, Map<Integer, Integer>> sketches = new TreeMap<>();
    Map<String, Integer> verdicts = new TreeMap<>();
    boolean onStreets = travelTimes.onStreets();
    for (Leg leg : legs) {
      TravelTimeMatrix way =
          travelTimes.between(List.of(leg.from()), List.of(leg.to()), leg.travelFactor());
      RiddenWays.Ridden ridden = ways.of(leg);
      LegRule.Verdict verdict =
          rule.judge(
              new LegRule.Ride(
                  leg.seconds(),
                  // Without streets nobody knows how short a legal way may be.
                  ridden == null || !onStreets || way.offStreets() > 0 ? null : ridden.metres(),
                  ridden == null ? null : ridden.topKmh()),
              way.metres(0, 0),
              way.seconds(0, 0));
      verdicts.merge(verdict.name(), 1, Integer::sum);
      if (verdict == LegRule.Verdict.TEACHES) {
        sketches
            .computeIfAbsent(
                cells.of(leg.from(), LearnedCorrection.CELL_RESOLUTION), cell -> new TreeMap<>())
            .merge(RatioSketch.bin(leg.seconds() / way.seconds(0, 0)), 1, Integer::sum);
      }
    }
    List<Count> counts = new ArrayList<>();
    sketches.forEach(
        (cell, bins) -> bins.forEach((bin, count) -> counts.add(new Count(cell, bin, count))));
    return new Learned(counts, verdicts);
  }
}

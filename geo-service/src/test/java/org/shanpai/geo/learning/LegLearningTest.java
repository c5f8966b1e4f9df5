package org.shanpai.geo.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.GeofenceEvent.Kind;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.learning.LegRule.Ride;
import org.shanpai.geo.learning.LegRule.Verdict;
import org.shanpai.geo.learning.postgres.LegTable.Count;
import org.shanpai.geo.travel.DetourTravelTimes;
import org.shanpai.geo.travel.PairFactor;
import org.shanpai.geo.travel.TravelTimeMatrix;
import org.shanpai.geo.travel.TravelTimes;

class LegLearningTest {

  private static final GeoPoint MIDDLE = new GeoPoint(31.23, 121.47);
  private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");

  private final DetourTravelTimes model = new DetourTravelTimes(1.3, 15);

  /** The model's metres taken for those of streets. */
  private final TravelTimes times =
      new TravelTimes() {
        @Override
        public TravelTimeMatrix between(
            List<GeoPoint> origins, List<GeoPoint> destinations, PairFactor factor) {
          return model.between(origins, destinations, factor);
        }

        @Override
        public boolean onStreets() {
          return true;
        }
      };

  private final Cells cells = new Cells();
  private final LegLearning learning = new LegLearning(times, cells, settings());

  private static LearningSettings.Legs settings() {
    return new LearningSettings.Legs() {
      @Override
      public double prior() {
        return 20;
      }

      @Override
      public double least() {
        return 0.7;
      }

      @Override
      public double most() {
        return 2;
      }

      @Override
      public double mostKmh() {
        return 25;
      }

      @Override
      public int leastSeconds() {
        return 90;
      }

      @Override
      public double mostRatio() {
        return 4;
      }

      @Override
      public double leastWayPart() {
        return 0.85;
      }
    };
  }

  private TravelFactors factors(LegLearning.Learned learned, int slot) {
    Map<TravelFactors.Key, RatioSketch> sketches = new HashMap<>();
    for (Count count : learned.counts()) {
      sketches
          .computeIfAbsent(new TravelFactors.Key(count.cell(), slot), key -> new RatioSketch())
          .add(count.bin(), count.count());
    }
    return TravelFactors.of(sketches, 20, 0.7, 2);
  }

  /** Twelve places, each in a cell of its own with its true factor, 0.8–1.7. */
  private Map<GeoPoint, Double> truth() {
    Map<GeoPoint, Double> truth = new HashMap<>();
    for (int i = 0; i < 12; i++) {
      truth.put(MIDDLE.offsetMetres((i % 4) * 2_500.0, (i / 4) * 2_500.0), 0.8 + 0.9 * i / 11);
    }
    return truth;
  }

  private List<Leg> rides(Random random, Map<GeoPoint, Double> truth, int each, double noise) {
    List<Leg> legs = new ArrayList<>();
    List<GeoPoint> places =
        truth.keySet().stream()
            .sorted(
                java.util.Comparator.comparingDouble(GeoPoint::lat).thenComparing(GeoPoint::lon))
            .toList();
    for (GeoPoint from : places) {
      for (int i = 0; i < each; i++) {
        GeoPoint to =
            from.offsetMetres(
                600 + random.nextDouble() * 1_500, random.nextDouble() * 2_000 - 1_000);
        double expected = times.between(List.of(from), List.of(to), 1).seconds(0, 0);
        double seconds = expected * truth.get(from) * Math.exp(random.nextGaussian() * noise);
        // Nobody of them is quicker than the cap.
        seconds = Math.max(seconds, expected * 15 / 24.9);
        legs.add(new Leg("r-" + i, from, to, NOON, seconds, 1));
      }
    }
    return legs;
  }

  @Test
  void noisyRidesTeachTheTrueFactorOfEachCell() {
    Map<GeoPoint, Double> truth = truth();
    TravelFactors learned =
        factors(learning.learn(rides(new Random(1), truth, 400, 0.25), leg -> null), 24);
    truth.forEach(
        (place, factor) ->
            assertThat(learned.factor(cells.of(place, LearnedCorrection.CELL_RESOLUTION), 24))
                .as("factor %.2f", factor)
                .isCloseTo(factor, within(0.07 * factor)));
  }

  @Test
  void moreRidesComeNearerToTheTruth() {
    Map<GeoPoint, Double> truth = truth();
    double last = Double.MAX_VALUE;
    for (int each : new int[] {5, 40, 640}) {
      TravelFactors learned =
          factors(learning.learn(rides(new Random(2), truth, each, 0.25), leg -> null), 24);
      double error =
          truth.entrySet().stream()
              .mapToDouble(
                  one ->
                      Math.abs(
                          learned.factor(
                                  cells.of(one.getKey(), LearnedCorrection.CELL_RESOLUTION), 24)
                              - one.getValue()))
              .sum();
      assertThat(error).as("%d rides a cell", each).isLessThan(last);
      last = error;
    }
  }

  @Test
  void speedingAndWrongWayRidesMoveNothing() {
    Map<GeoPoint, Double> truth = truth();
    List<Leg> honest = rides(new Random(3), truth, 200, 0.2);
    LegLearning.Learned before = learning.learn(honest, leg -> null);
    List<Leg> mixed = new ArrayList<>(honest);
    List<Leg> wrongWay = new ArrayList<>();
    List<Leg> phoneTooFast = new ArrayList<>();
    for (int i = 0; i < honest.size(); i += 2) {
      Leg leg = honest.get(i);
      double expected = times.between(List.of(leg.from()), List.of(leg.to()), 1).seconds(0, 0);
      // 28 km/h on average; and against the traffic through a gate, in four fifths of the time.
      mixed.add(new Leg("r-x", leg.from(), leg.to(), NOON, expected * 15 / 28, 1));
      Leg wrong = new Leg("r-y", leg.from(), leg.to(), NOON, expected * 0.8, 1);
      mixed.add(wrong);
      wrongWay.add(wrong);
      Leg racing = new Leg("r-z", leg.from(), leg.to(), NOON, expected * 0.75, 1);
      mixed.add(racing);
      phoneTooFast.add(racing);
    }
    LegLearning.Learned after =
        learning.learn(
            mixed,
            leg ->
                wrongWay.contains(leg)
                    ? new RiddenWays.Ridden(0.6 * leg.from().metresTo(leg.to()) * 1.3, 15)
                    : phoneTooFast.contains(leg)
                        ? new RiddenWays.Ridden(leg.from().metresTo(leg.to()) * 1.3, 38)
                        : null);
    assertThat(after.counts()).isEqualTo(before.counts());
    assertThat(after.verdicts())
        .containsEntry("WRONG_WAY", wrongWay.size())
        .containsEntry("TOO_FAST", 2 * wrongWay.size());
  }

  @Test
  void theRuleSaysWhatARideIsGoodFor() {
    LegRule rule = new LegRule(90, 25, 4, 0.85);
    assertThat(rule.judge(new Ride(300, null, null), 1_200, 288)).isEqualTo(Verdict.TEACHES);
    assertThat(rule.judge(new Ride(300, null, null), -1, 288)).isEqualTo(Verdict.NO_WAY);
    assertThat(rule.judge(new Ride(300, null, null), 300, 72)).isEqualTo(Verdict.SHORT);
    // 1,200 m in 172 s are 25.1 km/h, in 174 s 24.8.
    assertThat(rule.judge(new Ride(172, null, null), 1_200, 288)).isEqualTo(Verdict.TOO_FAST);
    assertThat(rule.judge(new Ride(174, null, null), 1_200, 288)).isEqualTo(Verdict.TEACHES);
    // A detour ridden fast is fast.
    assertThat(rule.judge(new Ride(200, 1_500.0, 20.0), 1_200, 288)).isEqualTo(Verdict.TOO_FAST);
    assertThat(rule.judge(new Ride(300, 1_000.0, 20.0), 1_200, 288)).isEqualTo(Verdict.WRONG_WAY);
    assertThat(rule.judge(new Ride(1_200, null, null), 1_200, 288)).isEqualTo(Verdict.PAUSE);
  }

  @Test
  void aShortRideIsNoWrongWayWhereNoStreetsAreKnown() {
    GeoPoint door = MIDDLE.offsetMetres(1_500, 0);
    List<Leg> straight = List.of(new Leg("r-x", MIDDLE, door, NOON, 470, 1));
    RiddenWays straightOn = leg -> new RiddenWays.Ridden(1_500, 12);
    assertThat(learning.learn(straight, straightOn).verdicts()).containsOnlyKeys("WRONG_WAY");
    assertThat(new LegLearning(model, cells, settings()).learn(straight, straightOn).verdicts())
        .containsOnlyKeys("TEACHES");
  }

  private static Stop stop(
      String job, Kind kind, GeoPoint place, int accepted, int arrived, int left) {
    return new Stop(
        job,
        1,
        kind,
        "r-1",
        "a-1",
        "s-1",
        place,
        NOON.plusSeconds(accepted),
        NOON,
        null,
        NOON.plusSeconds(arrived),
        null,
        0,
        NOON.plusSeconds(left),
        1);
  }

  @Test
  void aRideIsFromOneStopToTheNextInWhateverOrderTheyAreTold() {
    GeoPoint store = MIDDLE;
    GeoPoint first = MIDDLE.offsetMetres(800, 0);
    GeoPoint second = MIDDLE.offsetMetres(1_600, 0);
    List<Stop> stops =
        new ArrayList<>(
            List.of(
                stop("j-1", Kind.AT_STORE, store, 0, 100, 160),
                stop("j-2", Kind.AT_STORE, store, 0, 100, 170),
                stop("j-1", Kind.AT_CUSTOMER, first, 0, 400, 500),
                stop("j-2", Kind.AT_CUSTOMER, second, 0, 700, 800),
                // Taken on long after the last hand-over: nobody knows from where they came.
                stop("j-3", Kind.AT_STORE, store, 1_000, 1_300, 1_400)));
    Random random = new Random(5);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(stops, random);
      assertThat(Leg.between(stops))
          .extracting(Leg::from, Leg::to, Leg::seconds)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(store, first, 230.0),
              org.assertj.core.groups.Tuple.tuple(first, second, 200.0));
    }
  }

  @Test
  void theSameStopsInAnyOrderTeachTheSame() {
    Random random = new Random(6);
    List<Stop> stops = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < 60; i++) {
      at += 120 + random.nextInt(400);
      stops.add(
          stop(
              "j-" + i,
              i % 2 == 0 ? Kind.AT_STORE : Kind.AT_CUSTOMER,
              MIDDLE.offsetMetres(random.nextInt(2_000), random.nextInt(2_000)),
              0,
              at,
              at + 60));
    }
    LegLearning.Learned expected =
        learning.learn(LegLearning.rides(stops, NOON, NOON.plusSeconds(100_000)), leg -> null);
    assertThat(expected.counts()).isNotEmpty();
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(stops, random);
      assertThat(
              learning.learn(
                  LegLearning.rides(stops, NOON, NOON.plusSeconds(100_000)), leg -> null))
          .isEqualTo(expected);
    }
  }

  @Test
  void factorsAreBoundedAndWhereNothingIsKnownCellAndHourSpeak() {
    Map<TravelFactors.Key, RatioSketch> sketches = new HashMap<>();
    sketches.put(new TravelFactors.Key(7, 24), many(3.5, 5_000));
    sketches.put(new TravelFactors.Key(7, 30), many(1.0, 5_000));
    sketches.put(new TravelFactors.Key(8, 24), many(0.3, 5_000));
    sketches.put(new TravelFactors.Key(8, 30), many(1.0, 5_000));
    TravelFactors learned = TravelFactors.of(sketches, 20, 0.7, 2);
    assertThat(learned.factor(7, 24)).isEqualTo(2);
    assertThat(learned.factor(8, 24)).isEqualTo(0.7);
    assertThat(learned.factor(9, 12)).isEqualTo(learned.city().factor());
    assertThat(TravelFactors.NONE.factor(7, 24)).isEqualTo(1);
    assertThat(learned.at(7, 24).samples()).isEqualTo(5_000);
    assertThat(learned.at(9, 1).samples()).isZero();
    assertThat(learned.all()).hasSize(4);
  }

  @Test
  void oneCellAloneIsDrawnTowardsTheMapOnceAndNeverBeyondItsRides() {
    for (int samples = 1; samples < 2_000; samples *= 3) {
      TravelFactors learned =
          TravelFactors.of(Map.of(new TravelFactors.Key(7, 24), many(1.5, samples)), 20, 0.7, 2);
      assertThat(learned.factor(7, 24)).as("%d rides", samples).isBetween(1.0, 1.53);
      assertThat(learned.factor(7, 25)).isBetween(1.0, learned.factor(7, 24));
    }
  }

  private static RatioSketch many(double ratio, int count) {
    RatioSketch sketch = new RatioSketch();
    sketch.add(RatioSketch.bin(ratio), count);
    return sketch;
  }
}

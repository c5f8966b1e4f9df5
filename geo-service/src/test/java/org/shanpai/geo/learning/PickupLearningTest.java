package org.shanpai.geo.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;

class PickupLearningTest {

  private static final GeoPoint TOLD = new GeoPoint(31.23, 121.47);
  private static final GeoPoint DOOR = TOLD.offsetMetres(120, -60);

  private final PickupLearning learning = new PickupLearning(4, 250);

  private static List<GeoPoint> visits(Random random, int count) {
    List<GeoPoint> visits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      visits.add(DOOR.offsetMetres(random.nextGaussian() * 10, random.nextGaussian() * 10));
    }
    return visits;
  }

  @Test
  void fewVisitsStayNearThePlaceAsToldAndManyReachTheDoor() {
    assertThat(learning.learn(TOLD, List.of())).isEqualTo(new PickupPoint(TOLD, 0));
    Random random = new Random(1);
    // One of five: 1 ÷ (1 + 4) of the way.
    double one = learning.learn(TOLD, visits(random, 1)).place().metresTo(TOLD);
    assertThat(one).isBetween(20.0, 34.0);
    PickupPoint many = learning.learn(TOLD, visits(random, 60));
    assertThat(many.place().metresTo(DOOR)).isLessThan(14);
    assertThat(many.visits()).isGreaterThan(50);
  }

  @Test
  void ridersWhoWereElsewhereDoNotMoveIt() {
    Random random = new Random(2);
    for (int round = 0; round < 200; round++) {
      List<GeoPoint> honest = visits(random, 40);
      PickupPoint before = learning.learn(TOLD, honest);
      List<GeoPoint> mixed = new ArrayList<>(honest);
      for (int i = 0; i < 12; i++) {
        // A quarter: far away, or on the other side of the mall.
        mixed.add(i % 2 == 0 ? TOLD.offsetMetres(3_000, 0) : TOLD.offsetMetres(-150, 120));
      }
      assertThat(learning.learn(TOLD, mixed).place().metresTo(before.place()))
          .as("round %d", round)
          .isLessThan(12);
    }
  }

  @Test
  void itNeverMovesFurtherThanTheLimitAndOrderPlaysNoPart() {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      List<GeoPoint> visits = new ArrayList<>();
      int count = 1 + random.nextInt(60);
      for (int i = 0; i < count; i++) {
        visits.add(
            TOLD.offsetMetres(random.nextDouble() * 800 - 400, random.nextDouble() * 800 - 400));
      }
      PickupPoint learned = learning.learn(TOLD, visits);
      assertThat(learned.place().metresTo(TOLD)).isLessThanOrEqualTo(250.5);
      Collections.shuffle(visits, random);
      assertThat(learning.learn(TOLD, visits)).isEqualTo(learned);
    }
  }

  @Test
  void visitsBeyondTheLimitTeachNothingHoweverManyAgree() {
    List<GeoPoint> elsewhere = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      elsewhere.add(TOLD.offsetMetres(400 + i % 5, 0));
    }
    assertThat(learning.learn(TOLD, elsewhere)).isEqualTo(new PickupPoint(TOLD, 0));
  }

  @Test
  void theGeometricMedianHasTheLeastSumOfDistances() {
    Random random = new Random(4);
    for (int round = 0; round < 100; round++) {
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        points.add(new double[] {random.nextGaussian() * 50, random.nextGaussian() * 50});
      }
      double[] median = GeometricMedian.of(points);
      double least = sum(points, median[0], median[1]);
      for (int i = 0; i < 50; i++) {
        double x = median[0] + random.nextGaussian() * 5;
        double y = median[1] + random.nextGaussian() * 5;
        assertThat(sum(points, x, y)).isGreaterThan(least - 0.05);
      }
    }
  }

  private static double sum(List<double[]> points, double x, double y) {
    return points.stream().mapToDouble(p -> Math.hypot(p[0] - x, p[1] - y)).sum();
  }
}

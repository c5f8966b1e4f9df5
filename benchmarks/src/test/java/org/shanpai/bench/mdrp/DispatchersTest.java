package org.shanpai.bench.mdrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.shanpai.bench.mdrp.Crossroads.FAR;
import static org.shanpai.bench.mdrp.Crossroads.FIRST;
import static org.shanpai.bench.mdrp.Crossroads.LATE;
import static org.shanpai.bench.mdrp.Crossroads.LI;
import static org.shanpai.bench.mdrp.Crossroads.SECOND;
import static org.shanpai.bench.mdrp.Crossroads.WANG;
import static org.shanpai.bench.mdrp.Crossroads.ZHAO;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the two reference dispatchers do on days that can be worked out, and on random ones. */
class DispatchersTest {

  /** A day with everything at random, and with more orders than its couriers can bring. */
  static Instance randomDay(long seed, int orders, int couriers) {
    Random random = new Random(seed);
    List<Instance.Restaurant> restaurants = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      restaurants.add(
          new Instance.Restaurant("r" + i, random.nextInt(5_000), random.nextInt(5_000)));
    }
    List<Instance.Shift> shifts = new ArrayList<>();
    for (int i = 0; i < couriers; i++) {
      int on = 10 * random.nextInt(200);
      shifts.add(
          new Instance.Shift(
              "c" + i,
              random.nextInt(5_000),
              random.nextInt(5_000),
              on,
              on + 10 * random.nextInt(180)));
    }
    List<Instance.Order> placed = new ArrayList<>();
    for (int i = 0; i < orders; i++) {
      int at = 10 * (i * 240 / orders);
      placed.add(
          new Instance.Order(
              "o" + i,
              random.nextInt(5_000),
              random.nextInt(5_000),
              at,
              random.nextInt(6),
              at + 10 * random.nextInt(30)));
    }
    return new Instance(
        "random-" + seed,
        new Instance.Parameters(320, 20, 20, 400, 10, 15),
        restaurants,
        shifts,
        placed);
  }

  private static Solution run(Instance instance, Dispatcher dispatcher, int waveEvery) {
    return DaySimulator.run(instance, dispatcher, 1, waveEvery, () -> 0, passed -> {}).solution();
  }

  @Test
  void nearestFreeCourierGoesAtOnce() {
    Solution day = Crossroads.run(new NearestDispatcher()).solution();
    // first: li is 5 minutes away, wang 12. second: only wang is left. far waits for li until 24,
    // late for zhao, whose shift begins at 30.
    assertThat(day.courier(FIRST)).isEqualTo(LI);
    assertThat(day.courier(SECOND)).isEqualTo(WANG);
    assertThat(day.trips().get(1).assignedAt()).isEqualTo(20);
    assertThat(day.courier(FAR)).isEqualTo(LI);
    assertThat(day.trips().get(2).assignedAt()).isEqualTo(240);
    assertThat(day.trips()).allSatisfy(trip -> assertThat(trip.orders()).hasSize(1));
    assertThat(day.courier(LATE)).isEqualTo(ZHAO);
    assertThat(day.trips().get(3).assignedAt()).isEqualTo(300);
  }

  @Test
  void rollingMatchingBundlesWhatOneCourierCanTakeTogether() {
    Solution day = Crossroads.run(new RollingMatching()).solution();
    // Two couriers for three orders: bundles of two; first and second lie on one way.
    assertThat(day.courier(FIRST)).isEqualTo(day.courier(SECOND)).isEqualTo(LI);
    assertThat(day.pickup(FIRST)).isEqualTo(day.pickup(SECOND)).isEqualTo(120);
  }

  @Test
  void rollingMatchingBundlesOppositeWaysOnlyWhenCouriersAreFew() {
    List<Instance.Order> opposite =
        List.of(
            new Instance.Order("east", 2_000, 0, 0, 0, 100),
            new Instance.Order("west", -2_000, 0, 0, 0, 100));
    for (int couriers = 1; couriers <= 2; couriers++) {
      List<Instance.Shift> shifts = new ArrayList<>();
      for (int i = 0; i < couriers; i++) {
        shifts.add(new Instance.Shift("c" + i, 0, 100, 0, 2_000));
      }
      Instance instance =
          new Instance(
              "opposite",
              new Instance.Parameters(100, 20, 20, 900, 10, 15),
              List.of(new Instance.Restaurant("middle", 0, 0)),
              shifts,
              opposite);
      assertThat(run(instance, new RollingMatching(), 10).trips()).hasSize(couriers);
    }
  }

  @Test
  void rollingMatchingLeavesNoEarlierThanNeeded() {
    Solution day = Crossroads.run(new RollingMatching()).solution();
    // li needs 5 + 2 minutes to the pickup at 12: 5 is the last whole minute to leave.
    assertThat(day.trips().get(0).assignedAt()).isEqualTo(50);
  }

  @Test
  void everyDayKeepsTheRulesAndNobodyIsLeftWaitingForNothing() {
    for (long seed = 1; seed <= 40; seed++) {
      Instance instance = randomDay(seed, 60, 3 + (int) seed % 12);
      for (Dispatcher dispatcher : List.of(new NearestDispatcher(), new RollingMatching())) {
        // The simulator throws at the first broken rule.
        Solution day = run(instance, dispatcher, seed % 2 == 0 ? 10 : 50);
        assertThat(day.trips()).as("%s %s", instance.name(), dispatcher.name()).isNotEmpty();
      }
    }
  }

  @Test
  void sameDayTwiceIsTheSame() {
    Instance instance = randomDay(7, 80, 8);
    Solution once = run(instance, new RollingMatching(), 10);
    Solution again = run(instance, new RollingMatching(), 10);
    assertThat(again.moves()).isEqualTo(once.moves());
  }

  @Test
  void bundlesBeatSingleOrdersWhenCouriersAreFew() {
    double nearest = 0;
    double rolling = 0;
    for (long seed = 1; seed <= 20; seed++) {
      Instance instance = randomDay(seed, 90, 10);
      nearest += Metrics.of(instance, run(instance, new NearestDispatcher(), 10)).excessMean();
      rolling += Metrics.of(instance, run(instance, new RollingMatching(), 10)).excessMean();
    }
    assertThat(rolling).isLessThan(nearest);
  }
}

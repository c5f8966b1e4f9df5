package org.shanpai.geo.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;

class RiderIndexTest {

  private static final GeoPoint MIDDLE = new GeoPoint(31.23, 121.47);
  private static final long NOW = 1_790_000_000_000L;

  private static List<NearFix> bruteForce(
      Map<String, Fix> riders, GeoPoint centre, double radius, int limit, long oldest) {
    return riders.values().stream()
        .filter(fix -> fix.at() >= oldest)
        .map(fix -> new NearFix(fix, centre.metresTo(fix.place())))
        .filter(near -> near.metres() <= radius)
        .sorted(RiderIndex.NEAREST_FIRST)
        .limit(limit)
        .toList();
  }

  private static GeoPoint around(GeoPoint middle, double half, Random random) {
    double north = (random.nextDouble() * 2 - 1) * half;
    double east = (random.nextDouble() * 2 - 1) * half;
    // Stepping over the date line is more than offsetMetres does.
    GeoPoint moved = new GeoPoint(middle.lat(), 0).offsetMetres(north, east);
    double lon = middle.lon() + moved.lon();
    double wrapped = lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon;
    return RiderIndex.rounded(new GeoPoint(moved.lat(), wrapped));
  }

  /** Riders come, move, and go; after every round all questions are compared with brute force. */
  private static void agreesWithBruteForce(GeoPoint middle, double half, int riders, long seed) {
    Random random = new Random(seed);
    RiderIndex index = new RiderIndex();
    Map<String, Fix> model = new HashMap<>();
    for (int round = 0; round < 6; round++) {
      for (int i = 0; i < riders; i++) {
        String id = "r-" + random.nextInt(riders * 2);
        if (random.nextInt(4) == 0) {
          index.remove(id);
          model.remove(id);
        } else {
          Integer battery = random.nextBoolean() ? null : (Integer) random.nextInt(101);
          Fix before = model.get(id);
          GeoPoint place =
              before == null || random.nextBoolean()
                  ? around(middle, half, random)
                  : around(before.place(), 300, random);
          Fix fix = new Fix(id, place, NOW - random.nextInt(100_000), random.nextInt(101), battery);
          index.put(fix);
          model.put(id, fix);
        }
      }
      assertThat(index.size()).isEqualTo(model.size());
      for (int question = 0; question < 25; question++) {
        GeoPoint centre = around(middle, half * 1.2, random);
        double radius = Math.pow(10, 1 + random.nextDouble() * 3.6);
        int limit = 1 + random.nextInt(random.nextInt(4) == 0 ? 2 * riders : 60);
        long oldest = NOW - random.nextInt(120_000);
        String as =
            "seed %d, %s ± %.0f m, round %d.%d".formatted(seed, middle, half, round, question);
        assertThat(index.near(centre, radius, limit, oldest))
            .as(as)
            .isEqualTo(bruteForce(model, centre, radius, limit, oldest));
        assertThat(index.within(centre, radius, oldest))
            .as(as)
            .containsExactlyInAnyOrderElementsOf(
                bruteForce(model, centre, radius, Integer.MAX_VALUE, oldest).stream()
                    .map(NearFix::fix)
                    .toList());
      }
      model.forEach((id, fix) -> assertThat(index.find(id)).isEqualTo(fix));
      assertThat(index.find("nobody")).isNull();
    }
  }

  @Test
  void searchesAgreeWithBruteForceInAnyCity() {
    agreesWithBruteForce(MIDDLE, 4_000, 2_000, 1);
    agreesWithBruteForce(MIDDLE, 300, 500, 2);
    agreesWithBruteForce(MIDDLE, 40_000, 300, 3);
    agreesWithBruteForce(new GeoPoint(-33.87, -151.2), 10_000, 800, 4);
    agreesWithBruteForce(new GeoPoint(0, 0), 5_000, 800, 5);
    agreesWithBruteForce(new GeoPoint(69.65, 18.96), 8_000, 800, 6);
  }

  @Test
  void searchesAgreeAlsoWhereTheGridEnds() {
    agreesWithBruteForce(new GeoPoint(84, 20), 5_000, 300, 7);
    agreesWithBruteForce(new GeoPoint(-16.8, 179.99), 15_000, 300, 8);
  }

  @Test
  void wideSearchesLoseNobodyToThePlaneTheyRankOn() {
    Random random = new Random(14);
    RiderIndex index = new RiderIndex();
    Map<String, Fix> model = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      Fix fix = new Fix("r-" + i, around(MIDDLE, 40_000, random), NOW, 100, null);
      index.put(fix);
      model.put(fix.riderId(), fix);
    }
    for (int question = 0; question < 20; question++) {
      double radius = 30_000 + random.nextInt(10_000);
      assertThat(index.near(MIDDLE, radius, 5_000, NOW))
          .as("seed 14, %.0f m", radius)
          .isEqualTo(bruteForce(model, MIDDLE, radius, 5_000, NOW));
    }
  }

  @Test
  void ridersOnTheSameSpotComeById() {
    RiderIndex index = new RiderIndex();
    for (int i = 99; i >= 0; i--) {
      index.put(new Fix("r-" + (100 + i), MIDDLE, NOW, 100, null));
    }
    assertThat(index.near(MIDDLE, 10, 3, NOW))
        .extracting(near -> near.fix().riderId())
        .containsExactly("r-100", "r-101", "r-102");
  }

  @Test
  void aRiderWhoMovesIsAlwaysSomewhereAndOnlyOnce() throws InterruptedException {
    RiderIndex index = new RiderIndex();
    List<GeoPoint> places = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      places.add(MIDDLE.offsetMetres(i * 70, i % 7 * 90));
      index.put(new Fix("r-" + i, places.get(i), NOW, 100, null));
    }
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<String> trouble = new AtomicReference<>();
    Thread asks =
        new Thread(
            () -> {
              while (!done.get() && trouble.get() == null) {
                List<NearFix> found = index.near(MIDDLE, 20_000, 100, 0);
                long distinct = found.stream().map(near -> near.fix().riderId()).distinct().count();
                if (found.size() != 50 || distinct != 50) {
                  trouble.set(found.size() + " found, " + distinct + " distinct");
                }
              }
            });
    asks.start();
    Random random = new Random(9);
    for (int i = 0; i < 200_000; i++) {
      index.put(
          new Fix("r-" + random.nextInt(50), places.get(random.nextInt(50)), NOW + i, 100, null));
    }
    done.set(true);
    asks.join();
    assertThat(trouble.get()).isNull();
  }

  /** Everything there is for a rider: the id, the place, its share of all tables. */
  @Test
  void aRiderTakesAtMostTwoHundredBytes() throws InterruptedException {
    int riders = 100_000;
    Random random = new Random(10);
    long before = heap();
    RiderIndex index = new RiderIndex();
    for (int move = 0; move < 3 * riders; move++) {
      int rider = move % riders;
      String id = "r-01jd8f3k%018d".formatted(rider);
      index.put(new Fix(id, around(MIDDLE, 10_000, random), NOW, 100, 50));
    }
    long bytes = (heap() - before) / riders;
    assertThat(index.size()).isEqualTo(riders);
    assertThat(bytes).as("bytes a rider, ids of 28 characters included").isBetween(40L, 200L);
  }

  private static long heap() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(50);
      least =
          Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    return least;
  }
}

package org.shanpai.geo.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BestPlacesTest {

  /** Demand, and which of it each place reaches; a place's number is its cell. */
  private record Town(long[] weights, int[][] reaches) {

    static Town random(Random random, int places, int demands) {
      long[] weights = random.longs(demands, 0, 9).toArray();
      int[][] reaches = new int[places][];
      for (int place = 0; place < places; place++) {
        double share = random.nextDouble() * 0.6;
        reaches[place] =
            IntStream.range(0, demands).filter(d -> random.nextDouble() < share).toArray();
      }
      return new Town(weights, reaches);
    }

    List<BestPlaces.Candidate> candidates(Random random) {
      List<BestPlaces.Candidate> candidates = new ArrayList<>();
      for (int place = 0; place < reaches.length; place++) {
        // A bound that is not tight, as the straight line is none.
        candidates.add(
            new BestPlaces.Candidate(place, weightOf(List.of(place)) + random.nextInt(7)));
      }
      return candidates;
    }

    long weightOf(List<Integer> places) {
      BitSet served = new BitSet();
      for (int place : places) {
        for (int demand : reaches[place]) {
          served.set(demand);
        }
      }
      return served.stream().mapToLong(demand -> weights[demand]).sum();
    }

    long best(int k) {
      return best(new ArrayList<>(), 0, k);
    }

    private long best(List<Integer> chosen, int from, int k) {
      if (k == 0 || from == reaches.length) {
        return weightOf(chosen);
      }
      chosen.add(from);
      long with = best(chosen, from + 1, k - 1);
      chosen.remove(chosen.size() - 1);
      return Math.max(with, best(chosen, from + 1, k));
    }

    /** Greedy without any short cut. */
    List<Long> plainly(int k) {
      List<Integer> chosen = new ArrayList<>();
      while (chosen.size() < k) {
        long before = weightOf(chosen);
        long gain = 0;
        int next = -1;
        for (int place = 0; place < reaches.length; place++) {
          List<Integer> with = new ArrayList<>(chosen);
          with.add(place);
          long adds = weightOf(with) - before;
          if (adds > gain) {
            gain = adds;
            next = place;
          }
        }
        if (next < 0) {
          break;
        }
        chosen.add(next);
      }
      return chosen.stream().map(Integer::longValue).toList();
    }
  }

  private static List<BestPlaces.Chosen> choose(Town town, Random random, int k) {
    return new BestPlaces(town.weights(), cell -> town.reaches()[(int) cell])
        .choose(town.candidates(random), k);
  }

  @Test
  void theFirstPlaceIsTheBestThereIs() {
    Random random = new Random(41);
    for (int round = 0; round < 300; round++) {
      Town town = Town.random(random, 12, 20);
      List<BestPlaces.Chosen> chosen = choose(town, random, 1);
      assertThat(chosen.stream().mapToLong(BestPlaces.Chosen::adds).sum()).isEqualTo(town.best(1));
    }
  }

  @Test
  void someTogetherAreNeverWorseThanTheirBound() {
    Random random = new Random(42);
    for (int round = 0; round < 120; round++) {
      Town town = Town.random(random, 10, 24);
      for (int k = 2; k <= 4; k++) {
        long greedy = choose(town, random, k).stream().mapToLong(BestPlaces.Chosen::adds).sum();
        assertThat(greedy).isGreaterThanOrEqualTo((long) ((1 - 1 / Math.E) * town.best(k)));
        assertThat(greedy).isLessThanOrEqualTo(town.best(k));
      }
    }
  }

  @Test
  void lazinessChangesNothingAndTiesGoToTheLowerCell() {
    Random random = new Random(43);
    for (int round = 0; round < 300; round++) {
      Town town = Town.random(random, 14, 12);
      assertThat(choose(town, random, 5))
          .extracting(BestPlaces.Chosen::cell)
          .isEqualTo(town.plainly(5));
    }
  }

  @Test
  void whatPlacesAddAddsUpToWhatTheyServe() {
    Random random = new Random(44);
    for (int round = 0; round < 200; round++) {
      Town town = Town.random(random, 15, 30);
      List<BestPlaces.Chosen> chosen = choose(town, random, 6);
      List<Integer> places = new ArrayList<>();
      BitSet served = new BitSet();
      long last = Long.MAX_VALUE;
      for (BestPlaces.Chosen one : chosen) {
        long before = town.weightOf(places);
        places.add((int) one.cell());
        assertThat(one.adds()).isEqualTo(town.weightOf(places) - before).isPositive();
        assertThat(one.adds()).isLessThanOrEqualTo(last);
        last = one.adds();
        for (int demand : one.serves()) {
          assertThat(served.get(demand)).as("each demand is served by one place").isFalse();
          served.set(demand);
        }
        assertThat(IntStream.of(one.serves()).mapToLong(d -> town.weights()[d]).sum())
            .isEqualTo(one.adds());
      }
    }
  }

  @Test
  void placesThatAddNothingAreNotNamed() {
    long[] weights = {5, 0};
    int[][] reaches = {{0}, {0}, {1}};
    BestPlaces places = new BestPlaces(weights, cell -> reaches[(int) cell]);
    List<BestPlaces.Candidate> candidates =
        LongStream.range(0, 3).mapToObj(cell -> new BestPlaces.Candidate(cell, 5)).toList();
    assertThat(places.choose(candidates, 3))
        .extracting(BestPlaces.Chosen::cell)
        .containsExactly(0L);
    assertThat(new BestPlaces(new long[0], cell -> new int[0]).choose(List.of(), 5)).isEmpty();
  }

  @Test
  void whereWaysLeadIsAskedOnlyOfPlacesThatMayWin() {
    int towns = 400;
    long[] weights = new long[towns];
    List<BestPlaces.Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < towns; i++) {
      weights[i] = i;
      candidates.add(new BestPlaces.Candidate(i, i));
    }
    BestPlaces places = new BestPlaces(weights, cell -> new int[] {(int) cell});
    assertThat(places.choose(candidates, 5))
        .extracting(BestPlaces.Chosen::adds)
        .containsExactly(399L, 398L, 397L, 396L, 395L);
    assertThat(places.weighed()).isLessThan(12);
  }
}

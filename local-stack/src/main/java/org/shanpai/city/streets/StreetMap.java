package org.shanpai.city.streets;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Crossings, and streets that join them; ways along them are shortest by metres.
 *
 * <p>Doors lie beside crossings: the first and last few metres of a way lead straight from door to
 * crossing, never over the river. Immutable after {@link Builder#build()}, thread-safe.
 */
public final class StreetMap implements Ground {

  private static final double CELL_METRES = 250;

  private final List<Spot> crossings;
  private final int[][] neighbours;
  private final List<Street> streets;
  private final Predicate<Spot> farBank;
  private final Map<Long, List<Integer>> cells = new HashMap<>();

  private StreetMap(
      List<Spot> crossings, int[][] neighbours, List<Street> streets, Predicate<Spot> farBank) {
    this.crossings = crossings;
    this.neighbours = neighbours;
    this.streets = streets;
    this.farBank = farBank;
    for (int i = 0; i < crossings.size(); i++) {
      cells.computeIfAbsent(cell(crossings.get(i), 0, 0), any -> new ArrayList<>()).add(i);
    }
  }

  private static long cell(Spot spot, int moreEast, int moreNorth) {
    long east = (long) Math.floor(spot.east() / CELL_METRES) + moreEast;
    long north = (long) Math.floor(spot.north() / CELL_METRES) + moreNorth;
    return east * 1_000_003L + north;
  }

  public List<Spot> crossings() {
    return crossings;
  }

  @Override
  public List<Street> streets() {
    return streets;
  }

  /** The nearest crossing on the same bank of the river. */
  public Spot nearestCrossing(Spot spot) {
    return crossings.get(nearest(spot, 1).get(0));
  }

  @Override
  public List<Spot> way(Spot from, Spot to) {
    boolean sameBank = farBank.test(from) == farBank.test(to);
    if (sameBank && from.to(to) < 60) {
      return from.equals(to) ? List.of(to) : List.of(from, to);
    }
    double[] tails = new double[crossings.size()];
    Arrays.fill(tails, Double.NaN);
    for (int near : nearest(to, 3)) {
      tails[near] = crossings.get(near).to(to);
    }
    double[] best = new double[crossings.size()];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    int[] before = new int[crossings.size()];
    PriorityQueue<double[]> open = new PriorityQueue<>((a, b) -> Double.compare(a[0], b[0]));
    for (int near : nearest(from, 3)) {
      best[near] = from.to(crossings.get(near));
      before[near] = -1;
      open.add(new double[] {best[near] + crossings.get(near).to(to), near});
    }
    double shortest = Double.POSITIVE_INFINITY;
    int last = -1;
    while (!open.isEmpty() && open.peek()[0] < shortest) {
      double[] next = open.poll();
      int here = (int) next[1];
      if (next[0] > best[here] + crossings.get(here).to(to) + 1e-6) {
        continue;
      }
      if (!Double.isNaN(tails[here]) && best[here] + tails[here] < shortest) {
        shortest = best[here] + tails[here];
        last = here;
      }
      for (int there : neighbours[here]) {
        double metres = best[here] + crossings.get(here).to(crossings.get(there));
        if (metres < best[there] - 1e-9) {
          best[there] = metres;
          before[there] = here;
          open.add(new double[] {metres + crossings.get(there).to(to), there});
        }
      }
    }
    if (last < 0) {
      throw new IllegalStateException("No way from " + from + " to " + to);
    }
    Deque<Spot> way = new ArrayDeque<>();
    way.addFirst(to);
    for (int at = last; at >= 0; at = before[at]) {
      way.addFirst(crossings.get(at));
    }
    way.addFirst(from);
    return List.copyOf(way);
  }

  private List<Integer> nearest(Spot spot, int count) {
    boolean bank = farBank.test(spot);
    for (int reach = 1; reach < 60; reach *= 2) {
      List<Integer> found = new ArrayList<>();
      for (int east = -reach; east <= reach; east++) {
        for (int north = -reach; north <= reach; north++) {
          for (int i : cells.getOrDefault(cell(spot, east, north), List.of())) {
            if (farBank.test(crossings.get(i)) == bank) {
              found.add(i);
            }
          }
        }
      }
      if (found.size() >= count || (reach > 16 && !found.isEmpty())) {
        found.sort((a, b) -> Double.compare(crossings.get(a).to(spot), crossings.get(b).to(spot)));
        return found.subList(0, Math.min(count, found.size()));
      }
    }
    throw new IllegalStateException("No crossing near " + spot);
  }

  /** Collects crossings and streets. */
  public static final class Builder {
    private final List<Spot> crossings = new ArrayList<>();
    private final List<List<Integer>> neighbours = new ArrayList<>();
    private final List<Street> streets = new ArrayList<>();

    /** Adds a crossing and returns its number. */
    public int crossing(Spot spot) {
      crossings.add(spot);
      neighbours.add(new ArrayList<>());
      return crossings.size() - 1;
    }

    public Spot at(int crossing) {
      return crossings.get(crossing);
    }

    /** Adds a side street along these crossings, open both ways. */
    public void street(List<Integer> along) {
      street(Street.SIDE, along);
    }

    /** Adds a street of that kind along these crossings, open both ways. */
    public void street(String highway, List<Integer> along) {
      if (along.size() < 2) {
        return;
      }
      for (int i = 1; i < along.size(); i++) {
        int a = along.get(i - 1);
        int b = along.get(i);
        if (!neighbours.get(a).contains(b)) {
          neighbours.get(a).add(b);
          neighbours.get(b).add(a);
        }
      }
      streets.add(new Street(highway, along.stream().map(crossings::get).toList()));
    }

    /**
     * Keeps the largest part in which everything can be reached.
     *
     * @param farBank whether a place lies on the far bank of the river
     */
    public StreetMap build(Predicate<Spot> farBank) {
      int[] part = new int[crossings.size()];
      Map<Integer, Integer> sizes = new HashMap<>();
      int parts = 0;
      for (int i = 0; i < part.length; i++) {
        if (part[i] == 0) {
          parts++;
          sizes.put(parts, flood(i, parts, part));
        }
      }
      int largest =
          sizes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
      int[] number = new int[crossings.size()];
      List<Spot> kept = new ArrayList<>();
      for (int i = 0; i < part.length; i++) {
        number[i] = part[i] == largest ? kept.size() : -1;
        if (part[i] == largest) {
          kept.add(crossings.get(i));
        }
      }
      int[][] joined = new int[kept.size()][];
      for (int i = 0; i < part.length; i++) {
        if (number[i] >= 0) {
          joined[number[i]] = neighbours.get(i).stream().mapToInt(n -> number[n]).toArray();
        }
      }
      return new StreetMap(List.copyOf(kept), joined, List.copyOf(streets), farBank);
    }

    private int flood(int from, int name, int[] part) {
      Deque<Integer> open = new ArrayDeque<>(List.of(from));
      part[from] = name;
      int size = 0;
      while (!open.isEmpty()) {
        int here = open.poll();
        size++;
        for (int there : neighbours.get(here)) {
          if (part[there] == 0) {
            part[there] = name;
            open.add(there);
          }
        }
      }
      return size;
    }
  }
}

package org.shanpai.engine.routing;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Takes a few related jobs out of their routes and puts them back cheapest first, again and again,
 * under simulated annealing. Pickup and drop-off always travel together; committed work that may
 * not change couriers is put back on its own route.
 *
 * <p>What a job would cost on a courier is remembered until that courier's route changes, which
 * spares most of the riding. One thread; the same problem, start, chance and number of steps give
 * the same plan.
 */
public final class RuinRecreate {

  /** Temperature at the start of a cycle: a minute of riding, in mc. */
  private static final double HOT = 60_000;

  /** Share of the starting temperature that is left at the end of a cycle. */
  private static final double COLD_SHARE = 0.05;

  private static final int LARGEST_RUIN = 10;
  private static final int NEAR = 32;
  private static final int LISTS_FROM = 120;
  private static final int RELATED_SECONDS = 3600;

  /** Out of so many candidates one is overlooked on purpose, for variety. */
  private static final int BLINK = 40;

  private static final int HELD = -1;

  private final WaveProblem problem;
  private final RouteCost cost;
  private final Insertion insertion;
  private final SplittableRandom random;

  private final int items;
  private final int[] pickup;
  private final int[] dropoff;
  private final int[][] candidates;
  private final long[] holdCost;
  private final long[][] extra;
  private final long[][] extraStamp;
  private final int[][] near;

  private final int[][] route;
  private final int[] length;
  private final long[] routeCost;
  private final long[] stamp;
  private final int[] where;
  private long stamps;
  private long total;

  private final int[][] bestRoute;
  private final int[] bestLength;
  private final boolean[] stale;
  private final int[] staleCouriers;
  private int staleCount;
  private final int[] bestWhere;
  private long bestTotal;

  // What one ruin changed.
  private final int[] removed = new int[LARGEST_RUIN];
  private final int[] was = new int[LARGEST_RUIN];
  private int removedCount;
  private final boolean[] touched;
  private final int[] touchedCouriers = new int[2 * LARGEST_RUIN];
  private final int[][] savedRoute = new int[2 * LARGEST_RUIN][];
  private LongConsumer watch;
  private int[] focus = new int[0];
  private final int[] savedLength = new int[2 * LARGEST_RUIN];
  private final long[] savedCost = new long[2 * LARGEST_RUIN];
  private final long[] savedStamp = new long[2 * LARGEST_RUIN];
  private int touchedCount;
  private long next;

  /**
   * Starts from a feasible plan.
   *
   * @param releasing whether committed jobs that may be taken away may change couriers
   */
  public RuinRecreate(
      WaveProblem problem,
      RouteCost cost,
      PlanState from,
      SplittableRandom random,
      boolean releasing) {
    int free = releasing ? problem.jobCount : problem.openCount;
    this.problem = problem;
    this.cost = cost;
    this.insertion = new Insertion(problem, cost);
    this.random = random;
    boolean[] wanted = new boolean[problem.courierCount];
    int count = 0;
    for (int j = 0; j < free; j++) {
      if (problem.choosable(j)) {
        count++;
        for (int c : problem.candidates[j]) {
          wanted[c] = true;
        }
      }
    }
    for (int c = 0; c < wanted.length; c++) {
      if (wanted[c]) {
        count += committedPairs(c, null, 0);
      }
    }
    items = count;
    pickup = new int[items];
    dropoff = new int[items];
    candidates = new int[items][];
    holdCost = new long[items];
    int item = 0;
    for (int j = 0; j < free; j++) {
      if (problem.choosable(j)) {
        pickup[item] = WaveProblem.pickupOf(j);
        dropoff[item] = WaveProblem.dropoffOf(j);
        candidates[item] = problem.candidates[j];
        holdCost[item] = problem.holdCost[j];
        item++;
      }
    }
    for (int c = 0; c < wanted.length; c++) {
      if (wanted[c]) {
        item = committedPairs(c, new int[] {c}, item);
      }
    }
    extra = new long[items][];
    extraStamp = new long[items][];
    for (int k = 0; k < items; k++) {
      extra[k] = new long[candidates[k].length];
      extraStamp[k] = new long[candidates[k].length];
    }
    near = items >= LISTS_FROM ? new int[items][] : null;
    route = new int[problem.courierCount][];
    length = new int[problem.courierCount];
    routeCost = new long[problem.courierCount];
    stamp = new long[problem.courierCount];
    where = new int[items];
    bestRoute = new int[problem.courierCount][];
    bestLength = new int[problem.courierCount];
    stale = new boolean[problem.courierCount];
    staleCouriers = new int[problem.courierCount];
    bestWhere = new int[items];
    touched = new boolean[problem.courierCount];
    load(from);
  }

  /** Counts, or with {@code only} given adds, committed pairs that stay with their courier. */
  private int committedPairs(int courier, int[] only, int item) {
    int[] stops = problem.committed[courier];
    int found = 0;
    if (stops.length > 1) {
      for (int s : stops) {
        if (problem.pickup[s] || s < 2 * problem.jobCount && problem.choosable(s >> 1)) {
          continue;
        }
        if (only != null) {
          pickup[item] = problem.partner[s];
          dropoff[item] = s;
          candidates[item] = only;
          holdCost[item] = RouteCost.INFEASIBLE;
        }
        item++;
        found++;
      }
    }
    return only == null ? found : item;
  }

  /** Goes on from another feasible plan of the same problem. */
  public void load(PlanState from) {
    int[] courierOf = new int[problem.stopCount];
    Arrays.fill(courierOf, HELD);
    total = 0;
    for (int c = 0; c < problem.courierCount; c++) {
      int[] r = from.routes()[c];
      boolean same = route[c] != null && length[c] == r.length;
      for (int i = 0; i < r.length; i++) {
        courierOf[r[i]] = c;
        same = same && route[c][i] == r[i];
      }
      if (!same) {
        int room = Math.max(WaveProblem.LONGEST_ROUTE, problem.committed[c].length) + 4;
        if (route[c] == null || route[c].length < r.length + 4) {
          route[c] = new int[Math.max(room, r.length + 4)];
          bestRoute[c] = new int[route[c].length];
        }
        System.arraycopy(r, 0, route[c], 0, r.length);
        length[c] = r.length;
        routeCost[c] = problem.usable[c] ? cost.of(c, route[c], length[c]) : 0;
        stamp[c] = ++stamps;
      }
      total += routeCost[c];
      System.arraycopy(route[c], 0, bestRoute[c], 0, length[c]);
      bestLength[c] = length[c];
      stale[c] = false;
    }
    staleCount = 0;
    for (int k = 0; k < items; k++) {
      where[k] = courierOf[dropoff[k]];
      total += where[k] == HELD ? holdCost[k] : 0;
    }
    System.arraycopy(where, 0, bestWhere, 0, items);
    bestTotal = total;
  }

  /** Tells every cost that is reached, mc; for checking. */
  public void watch(LongConsumer watch) {
    this.watch = watch;
  }

  /** The working routes: courier index, then stops; last the held jobs behind a -1. */
  public int[][] snapshot() {
    int[][] all = new int[problem.courierCount + 1][];
    int couriers = 0;
    for (int c = 0; c < problem.courierCount; c++) {
      if (problem.usable[c]) {
        int[] line = new int[length[c] + 1];
        line[0] = c;
        System.arraycopy(route[c], 0, line, 1, length[c]);
        all[couriers++] = line;
      }
    }
    int[] held = new int[1 + 2 * items];
    int n = 1;
    held[0] = HELD;
    for (int k = 0; k < items; k++) {
      if (where[k] == HELD) {
        held[n++] = pickup[k];
        held[n++] = dropoff[k];
      }
    }
    all[couriers++] = Arrays.copyOf(held, n);
    return Arrays.copyOf(all, couriers);
  }

  /** Lets three of four ruins begin at one of these jobs; those that may not move are left out. */
  public void focusOn(Set<Integer> jobs) {
    int[] found = new int[jobs.size()];
    int n = 0;
    for (int k = 0; k < items; k++) {
      if (pickup[k] >= 0 && jobs.contains(WaveProblem.jobOf(pickup[k]))) {
        found[n++] = k;
      }
    }
    focus = Arrays.copyOf(found, n);
  }

  /** Whether there is anything to take out. */
  public boolean idle() {
    return items == 0;
  }

  /** Puts the jobs that nobody has where they are cheapest, in the order of their numbers. */
  public void insertHeld() {
    for (int k = 0; k < items; k++) {
      if (where[k] == HELD) {
        touchedCount = 0;
        next = total - holdCost[k];
        if (insert(k, false)) {
          accept();
        } else {
          restoreRoutes();
        }
      }
    }
  }

  /**
   * Searches through one cooling cycle and returns to the best plan found in it.
   *
   * @param steps moves in the cycle
   * @param goOn asked before each move
   * @param improved told the new best cost, mc
   */
  public void cycle(int steps, BooleanSupplier goOn, LongConsumer improved) {
    double temperature = HOT;
    double cooling = Math.pow(COLD_SHARE, 1.0 / Math.max(1, steps));
    for (int step = 0; step < steps && goOn.getAsBoolean(); step++) {
      temperature *= cooling;
      ruin();
      boolean feasible = true;
      for (int i = 0; i < removedCount && feasible; i++) {
        feasible = insert(removed[i], true);
      }
      if (feasible && next < total - temperature * Math.log(random.nextDouble())) {
        accept();
        if (watch != null) {
          watch.accept(total);
        }
        if (total < bestTotal) {
          keepBest();
          improved.accept(total);
        }
      } else {
        undo();
      }
    }
    backToBest();
  }

  private void ruin() {
    int most = Math.min(LARGEST_RUIN, items);
    int size = 1 + random.nextInt(most);
    int seed =
        focus.length > 0 && random.nextInt(4) != 0
            ? focus[random.nextInt(focus.length)]
            : random.nextInt(items);
    removedCount = 0;
    removed[removedCount++] = seed;
    for (int tries = 0; removedCount < size && tries < 2 * size; tries++) {
      int other = near == null ? nearest(seed) : listed(seed);
      if (other >= 0 && !taken(other)) {
        removed[removedCount++] = other;
      }
    }
    order();
    touchedCount = 0;
    next = total;
    for (int i = 0; i < removedCount; i++) {
      int k = removed[i];
      was[i] = where[k];
      if (where[k] == HELD) {
        next -= holdCost[k];
      } else {
        takeOut(k);
      }
    }
  }

  private boolean taken(int item) {
    for (int i = 0; i < removedCount; i++) {
      if (removed[i] == item) {
        return true;
      }
    }
    return false;
  }

  /** The most related of a few drawn at random. */
  private int nearest(int seed) {
    int draws = 3 + items / 12;
    int found = -1;
    int closest = Integer.MAX_VALUE;
    for (int i = 0; i < draws; i++) {
      int other = random.nextInt(items);
      if (!taken(other)) {
        int d = distance(seed, other);
        if (d < closest) {
          closest = d;
          found = other;
        }
      }
    }
    return found;
  }

  private int listed(int seed) {
    if (near[seed] == null) {
      Smallest nearest = new Smallest(Math.min(NEAR, items - 1));
      for (int k = 0; k < items; k++) {
        if (k != seed) {
          nearest.offer(((long) distance(seed, k) << 32) | k);
        }
      }
      near[seed] = nearest.numbers();
    }
    double r = random.nextDouble();
    int[] list = near[seed];
    return list.length == 0 ? -1 : list[(int) (r * r * list.length)];
  }

  private int distance(int one, int other) {
    int shops = pickup[one] < 0 || pickup[other] < 0 ? 0 : seconds(pickup[one], pickup[other]);
    int doors = seconds(dropoff[one], dropoff[other]);
    int ready =
        pickup[one] < 0 || pickup[other] < 0
            ? 0
            : Math.abs(problem.earliest[pickup[one]] - problem.earliest[pickup[other]]);
    int together = where[one] >= 0 && where[one] == where[other] ? 300 : 0;
    return Math.max(0, 2 * shops + doors + Math.min(ready, RELATED_SECONDS) - together);
  }

  private int seconds(int stop, int other) {
    return Math.min(
        problem.times.seconds(problem.place[stop], problem.place[other]), RELATED_SECONDS);
  }

  private void order() {
    for (int i = removedCount - 1; i > 0; i--) {
      int k = random.nextInt(i + 1);
      int swap = removed[i];
      removed[i] = removed[k];
      removed[k] = swap;
    }
    if (random.nextInt(3) == 0) {
      boolean byDue = random.nextBoolean();
      for (int i = 1; i < removedCount; i++) {
        int item = removed[i];
        int k = i;
        while (k > 0 && key(removed[k - 1], byDue) > key(item, byDue)) {
          removed[k] = removed[k - 1];
          k--;
        }
        removed[k] = item;
      }
    }
  }

  private int key(int item, boolean byDue) {
    return byDue || pickup[item] < 0 ? problem.due[dropoff[item]] : problem.earliest[pickup[item]];
  }

  private void touch(int c) {
    if (touched[c]) {
      return;
    }
    touched[c] = true;
    int t = touchedCount++;
    touchedCouriers[t] = c;
    if (savedRoute[t] == null || savedRoute[t].length < length[c]) {
      savedRoute[t] = new int[route[c].length];
    }
    System.arraycopy(route[c], 0, savedRoute[t], 0, length[c]);
    savedLength[t] = length[c];
    savedCost[t] = routeCost[c];
    savedStamp[t] = stamp[c];
  }

  private void takeOut(int item) {
    int c = where[item];
    touch(c);
    int[] r = route[c];
    int kept = 0;
    for (int i = 0; i < length[c]; i++) {
      if (r[i] != pickup[item] && r[i] != dropoff[item]) {
        r[kept++] = r[i];
      }
    }
    length[c] = kept;
    priced(c);
    where[item] = HELD;
  }

  private void priced(int c) {
    next -= routeCost[c];
    routeCost[c] = cost.of(c, route[c], length[c]);
    next += routeCost[c];
    stamp[c] = ++stamps;
  }

  /** False when there is neither a feasible route nor the holder. */
  private boolean insert(int item, boolean blinking) {
    int[] couriers = candidates[item];
    long cheapest = holdCost[item];
    int chosen = HELD;
    for (int i = 0; i < couriers.length; i++) {
      if (blinking && couriers.length > 1 && random.nextInt(BLINK) == 0) {
        continue;
      }
      int c = couriers[i];
      if (extraStamp[item][i] != stamp[c]) {
        extraStamp[item][i] = stamp[c];
        long with =
            routeCost[c] >= RouteCost.INFEASIBLE
                ? RouteCost.INFEASIBLE
                : insertion.best(c, route[c], length[c], pickup[item], dropoff[item]);
        extra[item][i] = with >= RouteCost.INFEASIBLE ? RouteCost.INFEASIBLE : with - routeCost[c];
      }
      if (extra[item][i] < cheapest) {
        cheapest = extra[item][i];
        chosen = c;
      }
    }
    if (chosen == HELD) {
      if (cheapest >= RouteCost.INFEASIBLE) {
        return false;
      }
      next += holdCost[item];
      return true;
    }
    touch(chosen);
    insertion.best(chosen, route[chosen], length[chosen], pickup[item], dropoff[item]);
    int[] r = route[chosen];
    if (pickup[item] >= 0) {
      shift(r, insertion.pickupAt(), length[chosen]++, pickup[item]);
    }
    shift(r, insertion.dropoffAt(), length[chosen]++, dropoff[item]);
    priced(chosen);
    where[item] = chosen;
    return routeCost[chosen] < RouteCost.INFEASIBLE;
  }

  private static void shift(int[] route, int at, int length, int stop) {
    System.arraycopy(route, at, route, at + 1, length - at);
    route[at] = stop;
  }

  private void accept() {
    total = next;
    for (int t = 0; t < touchedCount; t++) {
      int c = touchedCouriers[t];
      touched[c] = false;
      if (!stale[c]) {
        stale[c] = true;
        staleCouriers[staleCount++] = c;
      }
    }
    touchedCount = 0;
  }

  private void undo() {
    restoreRoutes();
    for (int i = 0; i < removedCount; i++) {
      where[removed[i]] = was[i];
    }
  }

  private void restoreRoutes() {
    for (int t = 0; t < touchedCount; t++) {
      int c = touchedCouriers[t];
      touched[c] = false;
      System.arraycopy(savedRoute[t], 0, route[c], 0, savedLength[t]);
      length[c] = savedLength[t];
      routeCost[c] = savedCost[t];
      stamp[c] = savedStamp[t];
    }
    touchedCount = 0;
  }

  private void keepBest() {
    for (int i = 0; i < staleCount; i++) {
      int c = staleCouriers[i];
      stale[c] = false;
      System.arraycopy(route[c], 0, bestRoute[c], 0, length[c]);
      bestLength[c] = length[c];
    }
    staleCount = 0;
    System.arraycopy(where, 0, bestWhere, 0, items);
    bestTotal = total;
  }

  private void backToBest() {
    for (int i = 0; i < staleCount; i++) {
      int c = staleCouriers[i];
      stale[c] = false;
      System.arraycopy(bestRoute[c], 0, route[c], 0, bestLength[c]);
      length[c] = bestLength[c];
      routeCost[c] = cost.of(c, route[c], length[c]);
      stamp[c] = ++stamps;
    }
    staleCount = 0;
    System.arraycopy(bestWhere, 0, where, 0, items);
    total = bestTotal;
  }

  /** Cost of all routes and held jobs that the search may change, mc. */
  public long total() {
    return total;
  }

  /** The plan as it stands. */
  public PlanState state() {
    int[][] routes = new int[problem.courierCount][];
    for (int c = 0; c < routes.length; c++) {
      routes[c] = Arrays.copyOf(route[c], length[c]);
    }
    boolean[] held = new boolean[problem.jobCount];
    Arrays.fill(held, 0, problem.openCount, true);
    for (int[] r : routes) {
      for (int s : r) {
        if (s < 2 * problem.jobCount) {
          held[s >> 1] = false;
        }
      }
    }
    return new PlanState(routes, held);
  }
}

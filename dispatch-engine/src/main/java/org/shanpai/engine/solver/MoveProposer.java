package org.shanpai.engine.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.shanpai.engine.routing.Insertion;
import org.shanpai.engine.routing.RouteCost;
import org.shanpai.engine.routing.WaveProblem;

/**
 * Thinks up moves: a job goes to the best place on another near courier, two jobs change couriers,
 * a committed job gets a better place on its own route, or several related jobs are taken out and
 * put back cheapest first (ruin and recreate). A committed job that may be taken away moves like an
 * open one, but never to the holder. Only feasible routes are proposed.
 */
final class MoveProposer {

  private static final int RELATED_SECONDS = 3600;
  private static final int LARGEST_RUIN = 6;

  private final RoutePlan plan;
  private final SearchRun run;
  private final WaveProblem problem;
  private final RouteCost cost;
  private final Insertion insertion;
  private final SplittableRandom random;
  private final StopNode[] nodes;
  private final int[] slotOfCourier;
  private final int[][] candidateSlots;
  private final int holderSlot;
  private final int[] jobs;
  private final int[][] committedPairs;

  /** Routes as the moves of this step see them; null = not read yet. */
  private final int[][] current;

  private final int[] slotOfStop;

  MoveProposer(RoutePlan plan) {
    this.plan = plan;
    this.run = plan.run();
    this.problem = run.problem();
    this.cost = new RouteCost(problem);
    this.insertion = new Insertion(problem, cost);
    this.random = run.random();
    this.nodes = new StopNode[problem.stopCount];
    this.slotOfStop = new int[problem.stopCount];
    this.slotOfCourier = new int[problem.courierCount];
    this.current = new int[plan.routes().size()][];
    Arrays.fill(slotOfCourier, -1);
    int holder = -1;
    List<int[]> pairs = new ArrayList<>();
    for (CourierRoute route : plan.routes()) {
      if (route.isHolder()) {
        holder = route.slot();
      } else {
        slotOfCourier[route.courier()] = route.slot();
        committedPairs(route.courier(), pairs);
      }
      for (StopNode node : route.stops()) {
        nodes[node.index()] = node;
      }
    }
    this.holderSlot = holder;
    this.committedPairs = pairs.toArray(new int[0][]);
    this.jobs =
        java.util.stream.IntStream.range(0, problem.jobCount).filter(problem::choosable).toArray();
    this.candidateSlots = new int[problem.jobCount][];
    for (int j = 0; j < problem.jobCount; j++) {
      if (!problem.choosable(j)) {
        continue;
      }
      candidateSlots[j] = Arrays.stream(problem.candidates[j]).map(c -> slotOfCourier[c]).toArray();
    }
  }

  private void committedPairs(int courier, List<int[]> pairs) {
    int[] stops = problem.committed[courier];
    if (stops.length < 2) {
      return;
    }
    for (int stop : stops) {
      if (!problem.pickup[stop]) {
        pairs.add(new int[] {courier, problem.partner[stop], stop});
      }
    }
  }

  /** An endless iterator until the run's limit is reached. */
  Iterator<RoutesMove> fromHere() {
    for (CourierRoute route : plan.routes()) {
      current[route.slot()] = route.indexes();
      for (int stop : current[route.slot()]) {
        slotOfStop[stop] = route.slot();
      }
    }
    return new Iterator<>() {
      private RoutesMove next;

      @Override
      public boolean hasNext() {
        while (next == null) {
          if (!run.takeStep()) {
            return false;
          }
          next = propose();
        }
        return true;
      }

      @Override
      public RoutesMove next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        RoutesMove move = next;
        next = null;
        return move;
      }
    };
  }

  private RoutesMove propose() {
    int dice = random.nextInt(100);
    if (dice < 15) {
      if (committedPairs.length > 0 && random.nextBoolean()) {
        return resequence();
      }
      int slot = slotOfStop[WaveProblem.pickupOf(jobs[random.nextInt(jobs.length)])];
      return slot == holderSlot ? null : rebuild(plan.routes().get(slot).courier());
    }
    if (dice < 45 || jobs.length < 2) {
      return relocate();
    }
    if (dice < 60) {
      return swap();
    }
    return ruinAndRecreate();
  }

  /** One committed job, or several jobs of its courier, get better places on the same route. */
  private RoutesMove resequence() {
    int[] pair = committedPairs[random.nextInt(committedPairs.length)];
    // A committed job that may be taken away need not be on its first courier's route any more.
    int courier = plan.routes().get(slotOfStop[pair[2]]).courier();
    return random.nextBoolean() ? replace(courier, pair) : rebuild(courier);
  }

  private RoutesMove replace(int courier, int[]... pairs) {
    int slot = slotOfCourier[courier];
    int[] route = current[slot];
    for (int[] pair : pairs) {
      route = Insertion.without(route, pair[1], pair[2]);
    }
    for (int[] pair : pairs) {
      if (insertion.best(courier, route, pair[1], pair[2]) == RouteCost.INFEASIBLE) {
        return null;
      }
      route = insertion.apply(route, pair[1], pair[2]);
    }
    Draft draft = new Draft();
    draft.set(slot, route);
    return draft.toMove();
  }

  /** Takes some or all jobs of a route out and puts them back one after the other, in any order. */
  private RoutesMove rebuild(int courier) {
    List<int[]> pairs = new ArrayList<>();
    for (int stop : current[slotOfCourier[courier]]) {
      if (!problem.pickup[stop] && random.nextInt(4) != 0) {
        pairs.add(
            random.nextInt(pairs.size() + 1), new int[] {courier, problem.partner[stop], stop});
      }
    }
    return pairs.isEmpty() ? null : replace(courier, pairs.toArray(new int[0][]));
  }

  private RoutesMove relocate() {
    int job = jobs[random.nextInt(jobs.length)];
    Draft draft = new Draft();
    draft.takeOut(job);
    boolean hold = random.nextInt(16) == 0 && mayGo(job, holderSlot);
    int target = hold ? holderSlot : nearSlot(job);
    return draft.putIn(job, target) ? draft.toMove() : null;
  }

  private RoutesMove swap() {
    int one = jobs[random.nextInt(jobs.length)];
    int other = jobs[random.nextInt(jobs.length)];
    int slotOne = slotOfStop[WaveProblem.pickupOf(one)];
    int slotOther = slotOfStop[WaveProblem.pickupOf(other)];
    if (slotOne == slotOther || !mayGo(one, slotOther) || !mayGo(other, slotOne)) {
      return null;
    }
    Draft draft = new Draft();
    draft.takeOut(one);
    draft.takeOut(other);
    return draft.putIn(one, slotOther) && draft.putIn(other, slotOne) ? draft.toMove() : null;
  }

  private RoutesMove ruinAndRecreate() {
    int seed = jobs[random.nextInt(jobs.length)];
    int size = Math.min(jobs.length, 2 + random.nextInt(LARGEST_RUIN - 1));
    int[] removed = related(seed, size);
    Draft draft = new Draft();
    for (int job : removed) {
      draft.takeOut(job);
    }
    order(removed);
    for (int job : removed) {
      long cheapest = problem.holdCost[job];
      int target = holderSlot;
      for (int slot : candidateSlots[job]) {
        if (random.nextInt(20) == 0) {
          continue;
        }
        int[] route = draft.get(slot);
        int courier = plan.routes().get(slot).courier();
        long with =
            insertion.best(courier, route, WaveProblem.pickupOf(job), WaveProblem.dropoffOf(job));
        if (with == RouteCost.INFEASIBLE) {
          continue;
        }
        long extra = with - cost.of(courier, route);
        if (extra < cheapest) {
          cheapest = extra;
          target = slot;
        }
      }
      if (!draft.putIn(job, target)) {
        return null;
      }
    }
    return draft.toMove();
  }

  /** Jobs near the seed by shop, door and readiness, drawn with a preference for the nearest. */
  private int[] related(int seed, int size) {
    long[] ranked = new long[jobs.length];
    for (int i = 0; i < jobs.length; i++) {
      int job = jobs[i];
      ranked[i] = ((long) (job == seed ? 0 : 1 + distance(seed, job)) << 32) | job;
    }
    Arrays.sort(ranked);
    int[] chosen = new int[size];
    chosen[0] = seed;
    boolean[] used = new boolean[ranked.length];
    used[0] = true;
    for (int k = 1; k < size; k++) {
      double r = random.nextDouble();
      int at = 1 + (int) (r * r * r * (ranked.length - 1));
      while (used[at]) {
        at = at + 1 == ranked.length ? 1 : at + 1;
      }
      used[at] = true;
      chosen[k] = (int) ranked[at];
    }
    return chosen;
  }

  private int distance(int one, int other) {
    int shops = seconds(WaveProblem.pickupOf(one), WaveProblem.pickupOf(other));
    int doors = seconds(WaveProblem.dropoffOf(one), WaveProblem.dropoffOf(other));
    int ready =
        Math.abs(
            problem.earliest[WaveProblem.pickupOf(one)]
                - problem.earliest[WaveProblem.pickupOf(other)]);
    return shops + doors + Math.min(ready, RELATED_SECONDS) / 2;
  }

  private int seconds(int stop, int other) {
    return Math.min(
        problem.times.seconds(problem.place[stop], problem.place[other]), RELATED_SECONDS);
  }

  private void order(int[] removed) {
    switch (random.nextInt(3)) {
      case 0 -> {
        for (int i = removed.length - 1; i > 0; i--) {
          int k = random.nextInt(i + 1);
          int swap = removed[i];
          removed[i] = removed[k];
          removed[k] = swap;
        }
      }
      case 1 -> sortBy(removed, job -> problem.due[WaveProblem.dropoffOf(job)]);
      default -> sortBy(removed, job -> problem.earliest[WaveProblem.pickupOf(job)]);
    }
  }

  private static void sortBy(int[] jobs, java.util.function.IntUnaryOperator key) {
    for (int i = 1; i < jobs.length; i++) {
      int job = jobs[i];
      int k = i;
      while (k > 0 && key.applyAsInt(jobs[k - 1]) > key.applyAsInt(job)) {
        jobs[k] = jobs[k - 1];
        k--;
      }
      jobs[k] = job;
    }
  }

  private int nearSlot(int job) {
    double r = random.nextDouble();
    return candidateSlots[job][(int) (r * r * candidateSlots[job].length)];
  }

  private boolean mayGo(int job, int slot) {
    if (slot == holderSlot) {
      return job < problem.openCount;
    }
    for (int candidate : candidateSlots[job]) {
      if (candidate == slot) {
        return true;
      }
    }
    return false;
  }

  /** Routes with changes on top of the current ones. */
  private final class Draft {
    private final List<Integer> slots = new ArrayList<>(4);
    private final List<int[]> routes = new ArrayList<>(4);

    int[] get(int slot) {
      int at = slots.indexOf(slot);
      return at < 0 ? current[slot] : routes.get(at);
    }

    void set(int slot, int[] route) {
      int at = slots.indexOf(slot);
      if (at < 0) {
        slots.add(slot);
        routes.add(route);
      } else {
        routes.set(at, route);
      }
    }

    void takeOut(int job) {
      int pickup = WaveProblem.pickupOf(job);
      int slot = slotOfStop[pickup];
      set(slot, Insertion.without(get(slot), pickup, WaveProblem.dropoffOf(job)));
    }

    /** False when there is no feasible place. */
    boolean putIn(int job, int slot) {
      int pickup = WaveProblem.pickupOf(job);
      int dropoff = WaveProblem.dropoffOf(job);
      int[] route = get(slot);
      if (slot == holderSlot) {
        if (!mayGo(job, holderSlot)) {
          return false;
        }
        int[] longer = Arrays.copyOf(route, route.length + 2);
        longer[route.length] = pickup;
        longer[route.length + 1] = dropoff;
        set(slot, longer);
        return true;
      }
      if (insertion.best(plan.routes().get(slot).courier(), route, pickup, dropoff)
          == RouteCost.INFEASIBLE) {
        return false;
      }
      set(slot, insertion.apply(route, pickup, dropoff));
      return true;
    }

    /** Null when nothing differs from the current routes. */
    RoutesMove toMove() {
      List<CourierRoute> changed = new ArrayList<>(slots.size());
      List<List<StopNode>> lists = new ArrayList<>(slots.size());
      for (int i = 0; i < slots.size(); i++) {
        if (Arrays.equals(current[slots.get(i)], routes.get(i))) {
          continue;
        }
        changed.add(plan.routes().get(slots.get(i)));
        List<StopNode> list = new ArrayList<>(routes.get(i).length);
        for (int stop : routes.get(i)) {
          list.add(nodes[stop]);
        }
        lists.add(list);
      }
      if (changed.isEmpty()) {
        return null;
      }
      @SuppressWarnings("unchecked")
      List<StopNode>[] asArray = lists.toArray(new List[0]);
      return new RoutesMove(changed.toArray(new CourierRoute[0]), asArray);
    }
  }
}

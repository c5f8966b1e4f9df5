package org.shanpai.engine.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.shanpai.engine.routing.PlanState;
import org.shanpai.engine.routing.RouteCost;
import org.shanpai.engine.routing.RuinRecreate;
import org.shanpai.engine.routing.WaveProblem;

/**
 * Thinks up moves. One move is what a whole cooling cycle of {@link RuinRecreate} has found, so
 * that the solver's own cost of a step is spread over hundreds of ruins.
 */
final class MoveProposer {

  private final RoutePlan plan;
  private final SearchRun run;
  private final WaveProblem problem;
  private final StopNode[] nodes;
  private final RuinRecreate search;

  /**
   * @param plan the working solution
   */
  MoveProposer(RoutePlan plan) {
    this.plan = plan;
    this.run = plan.run();
    this.problem = run.problem();
    this.nodes = new StopNode[problem.stopCount];
    for (CourierRoute route : plan.routes()) {
      for (StopNode node : route.stops()) {
        nodes[node.index()] = node;
      }
    }
    this.search = new RuinRecreate(problem, new RouteCost(problem), state(), run.random(), true);
    if (run.watch() != StepWatch.NONE) {
      search.watch(total -> run.watch().scored(() -> search.snapshot(), 0, -total));
    }
  }

  private PlanState state() {
    int[][] routes = problem.committed.clone();
    boolean[] held = new boolean[problem.jobCount];
    for (CourierRoute route : plan.routes()) {
      if (route.isHolder()) {
        for (StopNode node : route.stops()) {
          held[WaveProblem.jobOf(node.index())] = true;
        }
      } else {
        routes[route.courier()] = route.indexes();
      }
    }
    return new PlanState(routes, held);
  }

  /** Moves from the working solution, until the run's limit is reached. */
  Iterator<RoutesMove> fromHere() {
    return new Iterator<>() {
      private RoutesMove next;

      @Override
      public boolean hasNext() {
        while (next == null && !search.idle() && run.mayGoOn()) {
          next = propose();
        }
        return next != null;
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

  /** Null when the cycle found nothing better. */
  private RoutesMove propose() {
    PlanState from = state();
    search.load(from);
    search.cycle(run.cycleSteps(), run::takeStep, run::reached);
    PlanState to = search.state();
    List<CourierRoute> changed = new ArrayList<>();
    List<List<StopNode>> lists = new ArrayList<>();
    for (CourierRoute route : plan.routes()) {
      if (route.isHolder()) {
        if (!Arrays.equals(from.held(), to.held())) {
          changed.add(route);
          lists.add(held(to.held()));
        }
      } else if (!Arrays.equals(from.routes()[route.courier()], to.routes()[route.courier()])) {
        changed.add(route);
        lists.add(nodes(to.routes()[route.courier()]));
      }
    }
    if (changed.isEmpty()) {
      return null;
    }
    @SuppressWarnings("unchecked")
    List<StopNode>[] asArray = lists.toArray(new List[0]);
    return new RoutesMove(changed.toArray(new CourierRoute[0]), asArray);
  }

  private List<StopNode> held(boolean[] held) {
    List<StopNode> list = new ArrayList<>();
    for (int j = 0; j < held.length; j++) {
      if (held[j]) {
        list.add(nodes[WaveProblem.pickupOf(j)]);
        list.add(nodes[WaveProblem.dropoffOf(j)]);
      }
    }
    return list;
  }

  private List<StopNode> nodes(int[] route) {
    List<StopNode> list = new ArrayList<>(route.length);
    for (int stop : route) {
      list.add(nodes[stop]);
    }
    return list;
  }
}

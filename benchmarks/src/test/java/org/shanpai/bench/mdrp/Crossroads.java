package org.shanpai.bench.mdrp;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * An invented day that can be worked out by hand: 100 m a minute, services of 4 minutes.
 *
 * <pre>
 *   noodles (0,0), buns (1000,0)
 *   li (-500,0) 0–120, wang (1200,0) 0–60, zhao (0,3000) 30–90
 *   first  noodles → (0,800)      placed  0, ready 10   (number 0)
 *   second noodles → (0,900)      placed  2, ready 12   (number 1)
 *   far    noodles → (0,-950)     placed  5, ready 25   (number 2)
 *   late   buns    → (1000,1000)  placed 20, ready 30   (number 3)
 * </pre>
 */
final class Crossroads {

  static final int LI = 0;
  static final int WANG = 1;
  static final int ZHAO = 2;
  static final int FIRST = 0;
  static final int SECOND = 1;
  static final int FAR = 2;
  static final int LATE = 3;

  private Crossroads() {}

  static Path folder() {
    try {
      return Path.of(Crossroads.class.getResource("/instances/crossroads").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Instance read() {
    return InstanceReader.read(folder());
  }

  static Assignment to(int courier, int... orders) {
    return new Assignment(courier, orders);
  }

  static DaySimulator.Day run(Dispatcher dispatcher) {
    return DaySimulator.run(
        read(), dispatcher, 1, Ticks.PER_MINUTE, new TickingClock()::next, passed -> {});
  }

  /** Does what it is told at given minutes. */
  static final class Script implements Dispatcher {
    private final Map<Integer, Deque<Function<DayFacts, List<Assignment>>>> atTick =
        new TreeMap<>();
    private DayFacts facts;

    Script at(double minute, Assignment... assignments) {
      return at(minute, facts -> Arrays.asList(assignments));
    }

    Script at(double minute, Function<DayFacts, List<Assignment>> what) {
      atTick.computeIfAbsent(Ticks.ofMinutes(minute), t -> new ArrayDeque<>()).add(what);
      return this;
    }

    @Override
    public String name() {
      return "script";
    }

    @Override
    public void begin(DayFacts facts, long seed) {
      this.facts = facts;
    }

    @Override
    public List<Assignment> wave(WaveView view) {
      Deque<Function<DayFacts, List<Assignment>>> due = atTick.remove(view.now());
      return due == null
          ? List.of()
          : due.stream().flatMap(what -> what.apply(facts).stream()).toList();
    }
  }

  /** Goes on by a millisecond whenever it is read. */
  static final class TickingClock {
    private long nanos;

    long next() {
      return nanos += 1_000_000;
    }
  }
}

package org.shanpai.engine.routing;

import java.util.List;
import java.util.Map;
import org.shanpai.engine.Courier;
import org.shanpai.engine.DecisionRule;
import org.shanpai.engine.EngineWeights;
import org.shanpai.engine.Job;
import org.shanpai.engine.RejectRule;
import org.shanpai.engine.Stop;
import org.shanpai.engine.TravelTimes;
import org.shanpai.engine.Wave;

/**
 * A checked wave as flat arrays for the inner loops. Never changed after {@link WaveCompiler} made
 * it; safe to share between threads.
 *
 * <p>Jobs 0 to {@code openCount - 1} are open, those up to {@code jobCount - 1} are on a committed
 * route but may be taken away. Job j has pickup stop 2j and drop-off stop 2j + 1. The other
 * committed stops that are not pinned follow. Pinned stops are folded into their courier's start.
 */
public final class WaveProblem {

  /** A moment that never comes, in seconds; also the largest time a sum may start from. */
  public static final int NEVER = 1_000_000_000;

  /** Stops planned ahead on one route; a route that has this many takes no new job. */
  public static final int LONGEST_ROUTE = 24;

  /** Price of leaving a job that may be held no longer without a courier; beats any lateness. */
  public static final long MUST_GO = 10_000_000_000_000L;

  /** The wave this was made from. */
  public final Wave wave;

  public final TravelTimes times;

  /** Price of ending a route at a place, mc. */
  public final int[] endPrice;

  public final EngineWeights weights;

  /** Number of open jobs that passed the checks. */
  public final int openCount;

  /** Number of jobs that may change couriers: the open ones, then the releasable ones. */
  public final int jobCount;

  /** Index of open job j in {@code wave.jobs()}. */
  public final int[] waveJob;

  /** Jobs that did not pass, by index in {@code wave.jobs()}. */
  public final Map<Integer, DecisionRule> refused;

  // By stop.
  public final int stopCount;
  public final int[] place;
  public final boolean[] pickup;
  public final int[] earliest;
  public final int[] due;
  public final int[] service;
  public final int[] units;
  public final int[] grams;
  public final boolean[] open;

  /**
   * Pickups of foreseen jobs: second at which the job becomes known, so that nobody sets out for it
   * sooner; 0 for all others.
   */
  public final int[] knownFrom;

  /** Whether any job is foreseen only. */
  public boolean foresees;

  public final boolean[] direct;

  /** The other stop of the same job within the plan, or -1 when the goods are already aboard. */
  public final int[] partner;

  /** Courier on whose committed route the stop is, or -1. To anybody else the job is new. */
  public final int[] home;

  /**
   * Drop-offs: longest carry in seconds for a courier to whom the job is new; {@link #NEVER} =
   * none.
   */
  public final int[] freshCarry;

  /**
   * Drop-offs on their committed route: the same, but never less than the route had already. With
   * no pickup left to make, the second of the hand-over instead of a duration.
   */
  public final int[] homeCarry;

  /** Committed pickups: load allowed after them and latest start; what the route had already. */
  public final int[] loadLimit;

  public final int[] gramsLimit;

  public final int[] latestStart;

  /** The stop as it came or as it will be given out. */
  public final Stop[] stop;

  // By courier, indexed as in the wave.
  public final int courierCount;

  /** Data in range and committed route ridable; others keep their route and get nothing. */
  public final boolean[] usable;

  public final int[] startPlace;
  public final int[] startTime;
  public final int[] startLoad;
  public final int[] startAboard;
  public final int[] startGrams;
  public final int[] capacity;
  public final int[] capacityGrams;
  public final int[] shiftEnd;

  /** Second by which a route with anything new has to be finished. */
  public final int[] dutyEnd;

  /** Travel factor in 1/1024; 1024 = as in the matrix. */
  public final int[] slowness;

  public final long[] equityPerJob;

  /** New jobs that the guaranteed pay covers. */
  public final int[] coveredJobs;

  /** Level tie-break as millionths of the route's cost. */
  public final int[] levelShareMicros;

  /** Committed stops that are not pinned, in the order given. */
  public final int[][] committed;

  // By job, filled by CandidateSearch.
  /** Feasible couriers, nearest first; before them the one who has it, if it is committed. */
  public final int[][] candidates;

  /**
   * Price of leaving the job unplanned; at least {@link #MUST_GO} when that is not allowed, {@link
   * RouteCost#INFEASIBLE} when it is on a committed route.
   */
  public final long[] holdCost;

  /** Seconds for which leaving it unplanned stays harmless; 0 = not at all. */
  public final int[] holdSeconds;

  /** Count of couriers by rejecting rule, indexed by ordinal. */
  public final int[][] rejectedBy;

  private final List<Job> releasable;

  WaveProblem(
      Wave wave,
      int[] waveJob,
      List<Job> releasable,
      Map<Integer, DecisionRule> refused,
      int stopCount,
      int courierCount) {
    this.wave = wave;
    this.times = wave.times();
    this.weights = wave.weights();
    this.openCount = waveJob.length;
    this.jobCount = waveJob.length + releasable.size();
    this.releasable = List.copyOf(releasable);
    this.waveJob = waveJob;
    this.refused = refused;
    this.stopCount = stopCount;
    this.place = new int[stopCount];
    this.pickup = new boolean[stopCount];
    this.earliest = new int[stopCount];
    this.due = new int[stopCount];
    this.service = new int[stopCount];
    this.units = new int[stopCount];
    this.grams = new int[stopCount];
    this.open = new boolean[stopCount];
    this.knownFrom = new int[stopCount];
    this.direct = new boolean[stopCount];
    this.partner = new int[stopCount];
    this.home = new int[stopCount];
    this.freshCarry = new int[stopCount];
    this.homeCarry = new int[stopCount];
    this.loadLimit = new int[stopCount];
    this.gramsLimit = new int[stopCount];
    this.latestStart = new int[stopCount];
    this.stop = new Stop[stopCount];
    this.courierCount = courierCount;
    this.usable = new boolean[courierCount];
    this.startPlace = new int[courierCount];
    this.startTime = new int[courierCount];
    this.startLoad = new int[courierCount];
    this.startAboard = new int[courierCount];
    this.startGrams = new int[courierCount];
    this.capacity = new int[courierCount];
    this.capacityGrams = new int[courierCount];
    this.shiftEnd = new int[courierCount];
    this.dutyEnd = new int[courierCount];
    this.slowness = new int[courierCount];
    this.equityPerJob = new long[courierCount];
    this.coveredJobs = new int[courierCount];
    this.endPrice = new int[wave.times().places()];
    for (int i = 0; i < endPrice.length; i++) {
      endPrice[i] = wave.foresight().endPrice(i);
    }
    this.levelShareMicros = new int[courierCount];
    this.committed = new int[courierCount][];
    this.candidates = new int[jobCount][];
    this.holdCost = new long[jobCount];
    this.holdSeconds = new int[jobCount];
    this.rejectedBy = new int[jobCount][RejectRule.values().length];
  }

  /** Pickup stop of job j. */
  public static int pickupOf(int job) {
    return 2 * job;
  }

  /** Drop-off stop of job j. */
  public static int dropoffOf(int job) {
    return 2 * job + 1;
  }

  /** The job a stop belongs to; only for stops of jobs that may change couriers. */
  public static int jobOf(int stop) {
    return stop >> 1;
  }

  public Job job(int job) {
    return job < openCount ? wave.jobs().get(waveJob[job]) : releasable.get(job - openCount);
  }

  /** Courier who has job j on their committed route, or -1 for an open one. */
  public int homeOf(int job) {
    return home[pickupOf(job)];
  }

  /** Whether job j is on a committed route and there is somebody else to take it. */
  public boolean releasable(int job) {
    return job >= openCount && candidates[job].length > 1;
  }

  /** Whether the search has anything to decide about job j. */
  public boolean choosable(int job) {
    return job < openCount ? candidates[job].length > 0 : releasable(job);
  }

  public Courier courier(int courier) {
    return wave.couriers().get(courier);
  }

  /** Seconds this courier rides between two places, or -1 when there is no way. */
  public int leg(int courier, int from, int to) {
    int seconds = times.seconds(from, to);
    if (seconds == TravelTimes.UNREACHABLE) {
      return -1;
    }
    int slow = slowness[courier];
    return slow == 1024 ? seconds : (seconds * slow + 1023) >> 10;
  }

  /** City epoch ms of a time in seconds from the wave's now. */
  public long millis(int seconds) {
    return wave.nowMillis() + seconds * 1000L;
  }
}

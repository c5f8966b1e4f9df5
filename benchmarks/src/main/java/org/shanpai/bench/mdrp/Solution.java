package org.shanpai.bench.mdrp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What happened in a day: who brought which order when. Times are {@link Ticks}; numbers are the
 * instance's.
 */
public final class Solution {

  /** In place of a courier or a time where an order was not delivered. */
  public static final int NONE = -1;

  /**
   * An executed assignment.
   *
   * @param assignedAt when it was decided; the courier left at the same tick
   * @param pickupAt the middle of the pickup service
   */
  public record Trip(int courier, int assignedAt, int pickupAt, int[] orders) {}

  /** A courier left one place for another. */
  public record Move(int courier, int departure, int from, int to) {}

  private final List<Trip> trips = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();
  private final int[] courier;
  private final int[] pickup;
  private final int[] dropoff;

  Solution(int orders) {
    courier = new int[orders];
    pickup = new int[orders];
    dropoff = new int[orders];
    Arrays.fill(courier, NONE);
    Arrays.fill(pickup, NONE);
    Arrays.fill(dropoff, NONE);
  }

  void add(Trip trip) {
    trips.add(trip);
  }

  void add(Move move) {
    moves.add(move);
  }

  void pickUp(int order, int at) {
    pickup[order] = at;
  }

  void deliver(int order, int by, int pickedUpAt, int droppedOffAt) {
    courier[order] = by;
    pickup[order] = pickedUpAt;
    dropoff[order] = droppedOffAt;
  }

  /** Trips in the sequence of their decisions. */
  public List<Trip> trips() {
    return Collections.unmodifiableList(trips);
  }

  /** Moves; those of one courier in sequence. */
  public List<Move> moves() {
    return Collections.unmodifiableList(moves);
  }

  public int orders() {
    return courier.length;
  }

  public boolean delivered(int order) {
    return courier[order] != NONE;
  }

  /** Who brought it, or {@link #NONE}. */
  public int courier(int order) {
    return courier[order];
  }

  public int pickup(int order) {
    return pickup[order];
  }

  /** The middle of the service at the door, or {@link #NONE}. */
  public int dropoff(int order) {
    return dropoff[order];
  }
}

package org.shanpai.engine;

import java.util.Objects;

/**
 * Directed travel times between the n places of one wave, for the speed at which plans are made.
 *
 * <ul>
 *   <li>Unit: whole seconds, rounded up by the maker, so that an arrival built from it errs late.
 *   <li>Shape: n × n, row-major, {@code cells[from * n + to]}; need not be symmetric.
 *   <li>Range: 0 to {@link #LONGEST_LEG_SECONDS}. A negative or longer cell counts as {@link
 *       #UNREACHABLE}; {@link #rejectedCells()} says how many did.
 *   <li>Legal speed: the maker keeps to it; the engine never plans faster than this matrix.
 * </ul>
 *
 * Immutable and thread-safe.
 */
public final class TravelTimes {

  /** No path. Test before adding: the sum would overflow. */
  public static final int UNREACHABLE = Integer.MAX_VALUE;

  /** The longest leg that counts as reachable: six hours. Anything above is bad data. */
  public static final int LONGEST_LEG_SECONDS = 6 * 3600;

  private final int places;
  private final int[] cells;
  private final int rejectedCells;

  private TravelTimes(int places, int[] cells, int rejectedCells) {
    this.places = places;
    this.cells = cells;
    this.rejectedCells = rejectedCells;
  }

  /**
   * Copies a row-major matrix.
   *
   * @param places n, not negative
   * @param cells n × n whole seconds
   * @throws IllegalArgumentException when the length is not n × n
   */
  public static TravelTimes of(int places, int[] cells) {
    Objects.requireNonNull(cells, "cells");
    if (places < 0 || (long) places * places != cells.length) {
      throw new IllegalArgumentException(
          "a matrix of %d places needs %d cells, got %d"
              .formatted(places, (long) places * places, cells.length));
    }
    int[] copy = cells.clone();
    int rejected = 0;
    for (int i = 0; i < copy.length; i++) {
      if (copy[i] == UNREACHABLE) {
        continue;
      }
      if (copy[i] < 0 || copy[i] > LONGEST_LEG_SECONDS) {
        copy[i] = UNREACHABLE;
        rejected++;
      }
    }
    return new TravelTimes(places, copy, rejected);
  }

  /** Number of places, n. */
  public int places() {
    return places;
  }

  /** Whole seconds from one place to another, or {@link #UNREACHABLE}. */
  public int seconds(int from, int to) {
    return cells[from * places + to];
  }

  /** Whether a way exists. */
  public boolean reachable(int from, int to) {
    return seconds(from, to) != UNREACHABLE;
  }

  /** Whether the index names a place of this matrix. */
  public boolean knows(int place) {
    return place >= 0 && place < places;
  }

  /** Cells that were negative or absurdly long and were turned into {@link #UNREACHABLE}. */
  public int rejectedCells() {
    return rejectedCells;
  }

  /** A copy of the matrix, row-major, for storing a wave. */
  public int[] toCells() {
    return cells.clone();
  }
}

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
 * A matrix of thousands of places does not fit: {@link #onPlane} computes the same times from
 * coordinates instead.
 *
 * <p>Immutable and thread-safe.
 */
public final class TravelTimes {

  /** No path. Test before adding: the sum would overflow. */
  public static final int UNREACHABLE = Integer.MAX_VALUE;

  /** The longest leg that counts as reachable: six hours. Anything above is bad data. */
  public static final int LONGEST_LEG_SECONDS = 6 * 3600;

  /** A row-major matrix of more places than this would not fit into an array. */
  private static final int MOST_MATRIX_PLACES = 46_340;

  private final int places;

  /** Null when times are computed from coordinates. */
  private final int[] cells;

  private final double[] x;
  private final double[] y;
  private final double secondsPerMetre;
  private final int rejectedCells;

  private TravelTimes(
      int places, int[] cells, double[] x, double[] y, double secondsPerMetre, int rejectedCells) {
    this.places = places;
    this.cells = cells;
    this.x = x;
    this.y = y;
    this.secondsPerMetre = secondsPerMetre;
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
    return new TravelTimes(places, copy, null, null, 0, rejected);
  }

  /**
   * Times computed when asked for, from places on a plane: straight distance times {@code
   * secondsPerMetre}, rounded up. Needs 16 bytes a place instead of 4n. A place whose coordinates
   * are not finite cannot be reached, not even from itself.
   *
   * @param xMetres easting by place
   * @param yMetres northing by place, as many
   * @param secondsPerMetre detour factor ÷ speed in m/s; finite, above 0
   * @throws IllegalArgumentException when lengths differ or the pace is out of range
   */
  public static TravelTimes onPlane(double[] xMetres, double[] yMetres, double secondsPerMetre) {
    Objects.requireNonNull(xMetres, "xMetres");
    Objects.requireNonNull(yMetres, "yMetres");
    if (xMetres.length != yMetres.length) {
      throw new IllegalArgumentException(
          "%d eastings but %d northings".formatted(xMetres.length, yMetres.length));
    }
    if (!(secondsPerMetre > 0) || Double.isInfinite(secondsPerMetre)) {
      throw new IllegalArgumentException("pace is %s s/m".formatted(secondsPerMetre));
    }
    return new TravelTimes(
        xMetres.length, null, xMetres.clone(), yMetres.clone(), secondsPerMetre, 0);
  }

  /** Number of places, n. */
  public int places() {
    return places;
  }

  /** Whole seconds from one place to another, or {@link #UNREACHABLE}. */
  public int seconds(int from, int to) {
    return cells != null ? cells[from * places + to] : computed(from, to);
  }

  private int computed(int from, int to) {
    double dx = x[from] - x[to];
    double dy = y[from] - y[to];
    // Square roots are exact to the last bit everywhere; Math.hypot is slower and need not be.
    double seconds = Math.ceil(Math.sqrt(dx * dx + dy * dy) * secondsPerMetre);
    return seconds <= LONGEST_LEG_SECONDS ? (int) seconds : UNREACHABLE;
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

  /**
   * A copy of the matrix, row-major, for storing a wave.
   *
   * @throws IllegalStateException when computed times of so many places do not fit into a matrix
   */
  public int[] toCells() {
    if (cells != null) {
      return cells.clone();
    }
    if (places > MOST_MATRIX_PLACES) {
      throw new IllegalStateException("%d places do not fit into a matrix".formatted(places));
    }
    int[] all = new int[places * places];
    for (int from = 0; from < places; from++) {
      for (int to = 0; to < places; to++) {
        all[from * places + to] = computed(from, to);
      }
    }
    return all;
  }
}

package org.shanpai.geo.position;

import java.util.ArrayList;
import java.util.List;
import org.shanpai.contracts.GeoPoint;

/** One search: the grid's cells in rings around the centre, the best so far in a heap. */
final class NearestSearch {

  interface SlotVisitor {
    void visit(int slot);
  }

  // The search ranks on a plane.
  private static final double PLANE_SLACK = 1.0001;
  private static final double EARTH_RADIUS_METRES = 6_371_008.8;

  // A grid of degrees has no square cells up there, and none at all across the date line.
  private static final double GRID_ENDS_AT_LATITUDE = 80;

  private final RiderIndex index;

  private final GeoPoint centre;
  private final double radius;
  private final long oldest;
  private final int lat0;
  private final int lon0;
  private final int row0;
  private final int column0;
  private final double cosine;
  private final double sine;

  // A heap whose first is the furthest of the best.
  private final double[] squares;
  private final int[] best;
  private int count;
  private double reach2;

  private long blockKey = Long.MIN_VALUE;
  private GridBlock block;

  NearestSearch(RiderIndex index, GeoPoint centre, double radius, int most, long oldest) {
    this.index = index;
    this.centre = centre;
    this.radius = radius;
    this.oldest = oldest;
    this.lat0 = RiderIndex.steps(centre.lat());
    this.lon0 = RiderIndex.steps(centre.lon());
    this.row0 = lat0 >> RiderIndex.CELL_BITS;
    this.column0 = lon0 >> RiderIndex.CELL_BITS;
    this.cosine = Math.cos(Math.toRadians(centre.lat()));
    this.sine = Math.sin(Math.toRadians(centre.lat()));
    this.squares = new double[most];
    this.best = new int[most];
    this.reach2 = square(radius * PLANE_SLACK + 1);
  }

  private static double square(double value) {
    return value * value;
  }

  /** Whether the grid is no good for this search. */
  private boolean offGrid() {
    double north =
        Math.abs(centre.lat()) + radius / RiderIndex.METRES_PER_STEP / RiderIndex.STEPS_PER_DEGREE;
    double east =
        radius / RiderIndex.METRES_PER_STEP / RiderIndex.STEPS_PER_DEGREE / Math.max(0.01, cosine);
    return north > GRID_ENDS_AT_LATITUDE || Math.abs(centre.lon()) + east * 1.5 > 179.9;
  }

  void run() {
    if (offGrid()) {
      everybody(this::considerOnSphere);
      return;
    }
    for (int ring = 0; ; ring++) {
      if ((long) ring * ring > 256L + index.size) {
        // Fewer riders than cells to look into.
        count = 0;
        reach2 = square(radius * PLANE_SLACK + 1);
        everybody(slot -> consider(slot, index.lats[slot], index.lons[slot]));
        return;
      }
      ring(ring);
      double sure = surelyWithin(ring);
      if (sure > radius * PLANE_SLACK || (count == best.length && square(sure) > reach2)) {
        return;
      }
    }
  }

  /** All within the radius, not only the nearest. */
  void scan(SlotVisitor visitor) {
    int rows = 1 + (int) (radius / RiderIndex.METRES_PER_STEP / RiderIndex.CELL_STEPS);
    if (offGrid() || square(rows) > 64 + index.size / 4.0) {
      everybody(visitor);
      return;
    }
    double mostNorth =
        Math.cos(Math.toRadians(Math.abs(centre.lat())) + radius / EARTH_RADIUS_METRES);
    int columns =
        1 + (int) (radius / mostNorth / RiderIndex.METRES_PER_STEP / RiderIndex.CELL_STEPS);
    for (int row = row0 - rows; row <= row0 + rows; row++) {
      for (int column = column0 - columns; column <= column0 + columns; column++) {
        int[] held = cellAt(row, column);
        if (held == null) {
          column = block == null ? column | GridBlock.SIDE - 1 : column;
          continue;
        }
        for (int i = 1, end = 1 + 3 * held[0]; i < end; i += 3) {
          if (index.times[held[i]] >= oldest) {
            visitor.visit(held[i]);
          }
        }
      }
    }
  }

  private void everybody(SlotVisitor visitor) {
    for (int slot = 0; slot < index.used; slot++) {
      if (index.ids[slot] != null && index.times[slot] >= oldest) {
        visitor.visit(slot);
      }
    }
  }

  private void ring(int ring) {
    if (ring == 0) {
      cell(row0, column0);
      return;
    }
    row(row0 - ring, ring);
    row(row0 + ring, ring);
    for (int row = row0 - ring + 1; row < row0 + ring; row++) {
      cell(row, column0 - ring);
    }
    for (int row = row0 - ring + 1; row < row0 + ring; row++) {
      cell(row, column0 + ring);
    }
  }

  private void row(int row, int ring) {
    for (int column = column0 - ring; column <= column0 + ring; column++) {
      cell(row, column);
      if (block == null) {
        column |= GridBlock.SIDE - 1;
      }
    }
  }

  private int[] cellAt(int row, int column) {
    long key = RiderIndex.blockKey(row, column);
    if (key != blockKey) {
      blockKey = key;
      block = index.blocks.get(key);
    }
    return block == null ? null : block.cells[RiderIndex.cell(row, column)];
  }

  private void cell(int row, int column) {
    int[] held = cellAt(row, column);
    if (held != null) {
      for (int i = 1, end = 1 + 3 * held[0]; i < end; i += 3) {
        consider(held[i], held[i + 1], held[i + 2]);
      }
    }
  }

  /** Distance to the nearest side of the square of cells looked into so far, metres. */
  private double surelyWithin(int ring) {
    double south = lat0 - (double) (row0 - ring) * RiderIndex.CELL_STEPS;
    double north = (double) (row0 + ring + 1) * RiderIndex.CELL_STEPS - lat0;
    double west = lon0 - (double) (column0 - ring) * RiderIndex.CELL_STEPS;
    double east = (double) (column0 + ring + 1) * RiderIndex.CELL_STEPS - lon0;
    double narrowest =
        Math.cos(
            Math.abs(Math.toRadians(centre.lat()))
                + Math.max(south, north) * RiderIndex.RADIANS_PER_STEP);
    return Math.min(Math.min(south, north), Math.min(west, east) * narrowest)
        * RiderIndex.METRES_PER_STEP
        / PLANE_SLACK;
  }

  private void consider(int slot, int lat, int lon) {
    double north = (lat - lat0) * RiderIndex.RADIANS_PER_STEP;
    // The cosine half way between, to the first order.
    double east = (lon - (double) lon0) * RiderIndex.RADIANS_PER_STEP * (cosine - sine * north / 2);
    double square = (north * north + east * east) * square(EARTH_RADIUS_METRES);
    if (square <= reach2 && index.times[slot] >= oldest) {
      keep(slot, square);
    }
  }

  private void considerOnSphere(int slot) {
    double square = square(centre.metresTo(index.placeAt(slot)));
    if (square <= reach2) {
      keep(slot, square);
    }
  }

  private boolean worse(double square, int slot, double than, int thanSlot) {
    return square > than || (square == than && index.ids[slot].compareTo(index.ids[thanSlot]) > 0);
  }

  private void keep(int slot, double square) {
    if (count < best.length) {
      int i = count++;
      while (i > 0) {
        int parent = (i - 1) / 2;
        if (!worse(square, slot, squares[parent], best[parent])) {
          break;
        }
        squares[i] = squares[parent];
        best[i] = best[parent];
        i = parent;
      }
      squares[i] = square;
      best[i] = slot;
    } else if (worse(squares[0], best[0], square, slot)) {
      int i = 0;
      for (int child = 1; child < count; child = 2 * i + 1) {
        if (child + 1 < count
            && worse(squares[child + 1], best[child + 1], squares[child], best[child])) {
          child++;
        }
        if (!worse(squares[child], best[child], square, slot)) {
          break;
        }
        squares[i] = squares[child];
        best[i] = best[child];
        i = child;
      }
      squares[i] = square;
      best[i] = slot;
    }
    if (count == best.length) {
      reach2 = Math.min(reach2, squares[0]);
    }
  }

  List<NearFix> answer(int limit) {
    List<NearFix> found = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Fix fix = index.fix(best[i]);
      double metres = centre.metresTo(fix.place());
      if (metres <= radius) {
        found.add(new NearFix(fix, metres));
      }
    }
    found.sort(RiderIndex.NEAREST_FIRST);
    return found.size() > limit ? new ArrayList<>(found.subList(0, limit)) : found;
  }
}

package org.shanpai.geo.polygon;

import java.util.Arrays;
import java.util.List;

/**
 * Finds the first of many polygons that covers a place. A grid over all of them knows of each cell
 * which polygons hold it whole, where no geometry is asked any more, and whose borders pass through
 * it, where the few that do are asked in turn.
 *
 * <p>Plain squares of degrees play the part that H3 cells could: to find a square takes two
 * multiplications, see docs/decisions/0008. No objects are made by a question. Immutable,
 * thread-safe.
 */
public final class PolygonGrid {

  /** No polygon covers the place. */
  public static final int NONE = -1;

  private static final int FEWEST_CELLS = 4_096;
  private static final int MOST_CELLS = 1 << 20;
  private static final int CELLS_A_POLYGON = 256;

  // Polygons that lie over each other are each in every cell; then cells must be fewer.
  private static final double MOST_ENTRIES = 8_000_000;

  // In cells: an edge so close to a cell counts as in it, whatever the last bits say.
  private static final double SLACK = 1e-6;

  private static final int END = -1;

  private final BandedPolygon[] polygons;
  private final double west;
  private final double south;
  private final double east;
  private final double north;
  private final int columns;
  private final int rows;
  private final double columnsPerDegree;
  private final double rowsPerDegree;

  // 0: nothing there; below: the polygon ~n holds the cell and none comes before it; above: where
  // in the lists its candidates begin.
  private final int[] cells;

  // Candidates as 2 × polygon, + 1 when it holds the whole cell; END behind the last.
  private final int[] lists;

  /**
   * @param polygons those that come first win
   */
  public PolygonGrid(List<BandedPolygon> polygons) {
    this.polygons = polygons.toArray(BandedPolygon[]::new);
    double[] box = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
    for (BandedPolygon polygon : polygons) {
      box[0] = Math.min(box[0], polygon.west());
      box[1] = Math.min(box[1], polygon.south());
      box[2] = Math.max(box[2], polygon.east());
      box[3] = Math.max(box[3], polygon.north());
    }
    this.west = box[0];
    this.south = box[1];
    this.east = box[2];
    this.north = box[3];
    double width = east - west;
    double height = north - south;
    double wanted =
        Math.max(FEWEST_CELLS, Math.min(MOST_CELLS, (double) CELLS_A_POLYGON * polygons.size()));
    double layers = 0;
    for (BandedPolygon polygon : polygons) {
      layers +=
          (polygon.east() - polygon.west()) * (polygon.north() - polygon.south()) / width / height;
    }
    wanted = Math.max(1, Math.min(wanted, MOST_ENTRIES / Math.max(1, layers)));
    this.columns = (int) Math.max(1, Math.min(wanted, Math.sqrt(wanted * width / height)));
    this.rows = (int) Math.max(1, wanted / columns);
    this.columnsPerDegree = columns / width;
    this.rowsPerDegree = rows / height;
    if (polygons.isEmpty()) {
      this.cells = new int[0];
      this.lists = new int[0];
    } else {
      Builder builder = new Builder();
      this.cells = builder.cells();
      this.lists = builder.lists;
    }
  }

  private int column(double lon) {
    return Math.min(columns - 1, (int) ((lon - west) * columnsPerDegree));
  }

  private int row(double lat) {
    return Math.min(rows - 1, (int) ((lat - south) * rowsPerDegree));
  }

  /**
   * The first polygon that covers the place; borders belong to it.
   *
   * @return its place in the list this was made of, or {@link #NONE}
   */
  public int first(double lat, double lon) {
    if (!(lon >= west && lon <= east && lat >= south && lat <= north)) {
      return NONE;
    }
    int cell = cells[row(lat) * columns + column(lon)];
    if (cell <= 0) {
      return ~cell;
    }
    for (int i = cell; lists[i] != END; i++) {
      int candidate = lists[i];
      if ((candidate & 1) == 1 || polygons[candidate >> 1].covers(lat, lon)) {
        return candidate >> 1;
      }
    }
    return NONE;
  }

  /** Fills the cells, polygon by polygon in their order. */
  private final class Builder {

    private int[] heads = new int[columns * rows];
    private int[] tails = new int[columns * rows];
    private int[] values = new int[1 << 12];
    private int[] nexts = new int[1 << 12];
    private int entries;
    private int[] lists;

    // The last polygon whose border passes through a cell, + 1.
    private final int[] passed = new int[columns * rows];

    int[] cells() {
      for (int n = 0; n < polygons.length; n++) {
        add(n);
      }
      int[] cells = new int[heads.length];
      lists = new int[entries + heads.length + 1];
      int next = 1;
      for (int cell = 0; cell < heads.length; cell++) {
        int entry = heads[cell];
        if (entry == 0) {
          // The complement of NONE.
          cells[cell] = 0;
        } else if ((values[entry] & 1) == 1) {
          cells[cell] = ~(values[entry] >> 1);
        } else {
          cells[cell] = next;
          for (; entry != 0; entry = nexts[entry]) {
            lists[next++] = values[entry];
          }
          lists[next++] = END;
        }
      }
      lists = Arrays.copyOf(lists, next);
      return cells;
    }

    private void add(int n) {
      BandedPolygon polygon = polygons[n];
      polygon.edges((x1, y1, x2, y2) -> pass(n + 1, x1, y1, x2, y2));
      int firstColumn = column(polygon.west());
      int lastColumn = column(polygon.east());
      for (int row = row(polygon.south()); row <= row(polygon.north()); row++) {
        // Between two borders all cells are inside, or all are outside.
        boolean known = false;
        boolean inside = false;
        double middle = south + (row + 0.5) / rowsPerDegree;
        for (int column = firstColumn; column <= lastColumn; column++) {
          int cell = row * columns + column;
          if (passed[cell] == n + 1) {
            append(cell, 2 * n);
            known = false;
          } else {
            if (!known) {
              inside = polygon.covers(middle, west + (column + 0.5) / columnsPerDegree);
              known = true;
            }
            if (inside) {
              append(cell, 2 * n + 1);
            }
          }
        }
      }
    }

    private void append(int cell, int value) {
      int tail = tails[cell];
      if (tail != 0 && (values[tail] & 1) == 1) {
        // Whatever comes behind a polygon that holds the whole cell is never asked.
        return;
      }
      entries++;
      if (entries == values.length) {
        values = Arrays.copyOf(values, 2 * entries);
        nexts = Arrays.copyOf(nexts, 2 * entries);
      }
      values[entries] = value;
      if (tail == 0) {
        heads[cell] = entries;
      } else {
        nexts[tail] = entries;
      }
      tails[cell] = entries;
    }

    /** Marks the cells an edge touches, and perhaps one it nearly does. */
    private void pass(int mark, double x1, double y1, double x2, double y2) {
      double fromX = (x1 - west) * columnsPerDegree;
      double fromY = (y1 - south) * rowsPerDegree;
      double toX = (x2 - west) * columnsPerDegree;
      double toY = (y2 - south) * rowsPerDegree;
      double low = Math.min(fromY, toY);
      double high = Math.max(fromY, toY);
      int lastRow = clamp(high + SLACK, rows);
      for (int row = clamp(low - SLACK, rows); row <= lastRow; row++) {
        double bottom = Math.max(low, row - SLACK);
        double top = Math.min(high, row + 1 + SLACK);
        double atBottom = x(fromX, fromY, toX, toY, bottom);
        double atTop = x(fromX, fromY, toX, toY, top);
        boolean flat = high - low < SLACK;
        double left = flat ? Math.min(fromX, toX) : Math.min(atBottom, atTop);
        double right = flat ? Math.max(fromX, toX) : Math.max(atBottom, atTop);
        int lastColumn = clamp(right + SLACK, columns);
        for (int column = clamp(left - SLACK, columns); column <= lastColumn; column++) {
          passed[row * columns + column] = mark;
        }
      }
    }

    private static double x(double fromX, double fromY, double toX, double toY, double y) {
      return fromY == toY ? fromX : fromX + (toX - fromX) * ((y - fromY) / (toY - fromY));
    }

    private static int clamp(double index, int count) {
      return (int) Math.max(0, Math.min(count - 1, Math.floor(index)));
    }
  }
}

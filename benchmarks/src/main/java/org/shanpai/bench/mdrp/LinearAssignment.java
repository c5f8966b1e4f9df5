package org.shanpai.bench.mdrp;

import java.util.Arrays;

/**
 * Matches rows to columns at the least sum of costs, each row to one column and each column to at
 * most one row: the Hungarian method with potentials, growing a shortest path for one row after the
 * other. O(rows² · columns).
 */
final class LinearAssignment {

  private LinearAssignment() {}

  /**
   * Solves it.
   *
   * @param cost rectangular, finite, at least as many columns as rows
   * @return the column of each row
   */
  static int[] solve(double[][] cost) {
    int rows = cost.length;
    if (rows == 0) {
      return new int[0];
    }
    int columns = cost[0].length;
    if (columns < rows) {
      throw new IllegalArgumentException(
          "%d rows cannot be matched to %d columns".formatted(rows, columns));
    }
    // Index 0 is the artificial start; rows and columns count from 1.
    double[] rowPotential = new double[rows + 1];
    double[] columnPotential = new double[columns + 1];
    int[] rowOf = new int[columns + 1];
    int[] reachedFrom = new int[columns + 1];
    double[] distance = new double[columns + 1];
    boolean[] done = new boolean[columns + 1];
    for (int row = 1; row <= rows; row++) {
      rowOf[0] = row;
      int column = 0;
      Arrays.fill(distance, Double.POSITIVE_INFINITY);
      Arrays.fill(done, false);
      do {
        done[column] = true;
        int from = rowOf[column];
        double[] costs = cost[from - 1];
        double least = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int c = 1; c <= columns; c++) {
          if (done[c]) {
            continue;
          }
          double reduced = costs[c - 1] - rowPotential[from] - columnPotential[c];
          if (reduced < distance[c]) {
            distance[c] = reduced;
            reachedFrom[c] = column;
          }
          if (distance[c] < least) {
            least = distance[c];
            next = c;
          }
        }
        for (int c = 0; c <= columns; c++) {
          if (done[c]) {
            rowPotential[rowOf[c]] += least;
            columnPotential[c] -= least;
          } else {
            distance[c] -= least;
          }
        }
        column = next;
      } while (rowOf[column] != 0);
      while (column != 0) {
        rowOf[column] = rowOf[reachedFrom[column]];
        column = reachedFrom[column];
      }
    }
    int[] columnOf = new int[rows];
    for (int c = 1; c <= columns; c++) {
      if (rowOf[c] > 0) {
        columnOf[rowOf[c] - 1] = c - 1;
      }
    }
    return columnOf;
  }
}

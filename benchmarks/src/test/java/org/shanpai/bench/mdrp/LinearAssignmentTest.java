package org.shanpai.bench.mdrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against every matching there is, on small matrices. */
class LinearAssignmentTest {

  private static double least(double[][] cost, int row, boolean[] taken) {
    if (row == cost.length) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int column = 0; column < taken.length; column++) {
      if (!taken[column]) {
        taken[column] = true;
        least = Math.min(least, cost[row][column] + least(cost, row + 1, taken));
        taken[column] = false;
      }
    }
    return least;
  }

  @Test
  void costIsTheLeastOfAllMatchings() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      int rows = 1 + random.nextInt(5);
      int columns = rows + random.nextInt(3);
      double[][] cost = new double[rows][columns];
      for (double[] row : cost) {
        for (int c = 0; c < columns; c++) {
          // Few different values, negative ones too: ties and zero reduced costs.
          row[c] = random.nextInt(7) - 3;
        }
      }
      int[] columnOf = LinearAssignment.solve(cost);
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += cost[row][columnOf[row]];
      }
      assertThat(columnOf).as("seed %d", seed).doesNotHaveDuplicates();
      assertThat(sum)
          .as("seed %d", seed)
          .isCloseTo(least(cost, 0, new boolean[columns]), within(1e-9));
    }
  }

  @Test
  void nothingToMatchIsNoMatch() {
    assertThat(LinearAssignment.solve(new double[0][0])).isEmpty();
  }

  @Test
  void moreRowsThanColumnsAreRefused() {
    assertThatThrownBy(() -> LinearAssignment.solve(new double[][] {{1}, {2}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 rows cannot be matched to 1 columns");
  }
}

package org.shanpai.bench.mdrp;

import java.util.Arrays;

/**
 * What a day's solution is worth. Minutes, and money as in the instance.
 *
 * @param orders orders of the day
 * @param undelivered orders never delivered
 * @param excessMean mean over all orders of click-to-door less its lower bound (a courier waits at
 *     the restaurant's door); an undelivered order counts as 120 minutes click-to-door
 * @param onTime share of all orders delivered within the target
 * @param clickToDoorP50 median over delivered orders; NaN without any
 * @param clickToDoorP90 nine in ten delivered orders were at least as quick
 * @param clickToDoorMax the slowest delivered order
 * @param cost pay of all couriers: for orders, or for the shift where that is more
 * @param costPerOrder cost for a delivered order; 0 without any
 * @param ordersPerTrip orders delivered for each assignment
 */
public record Metrics(
    int orders,
    int undelivered,
    double excessMean,
    double onTime,
    double clickToDoorP50,
    double clickToDoorP90,
    double clickToDoorMax,
    double cost,
    double costPerOrder,
    double ordersPerTrip) {

  /** Measures a solution. */
  public static Metrics of(Instance instance, Solution solution) {
    int orders = instance.orders();
    double[] clickToDoor = new double[orders];
    int[] served = new int[instance.couriers()];
    int delivered = 0;
    int onTime = 0;
    long excess = 0;
    for (int order = 0; order < orders; order++) {
      int placed = instance.placed(order);
      int counted = Instance.undeliveredCountsAs();
      if (solution.delivered(order)) {
        counted = solution.dropoff(order) - placed;
        clickToDoor[delivered++] = Ticks.toMinutes(counted);
        served[solution.courier(order)]++;
        if (counted <= instance.parameters().target()) {
          onTime++;
        }
      }
      excess += counted - (instance.soonestDropoff(order) - placed);
    }
    double[] sorted = Arrays.copyOf(clickToDoor, delivered);
    Arrays.sort(sorted);
    double cost = cost(instance, served);
    return new Metrics(
        orders,
        orders - delivered,
        orders == 0 ? 0 : (double) excess / Ticks.PER_MINUTE / orders,
        orders == 0 ? 0 : (double) onTime / orders,
        quantile(sorted, 0.5),
        quantile(sorted, 0.9),
        quantile(sorted, 1),
        cost,
        delivered == 0 ? 0 : cost / delivered,
        solution.trips().isEmpty() ? 0 : (double) delivered / solution.trips().size());
  }

  private static double cost(Instance instance, int[] served) {
    double sum = 0;
    for (int courier = 0; courier < served.length; courier++) {
      double hours = Ticks.toMinutes(instance.offTime(courier) - instance.onTime(courier)) / 60;
      sum +=
          Math.max(
              served[courier] * instance.parameters().payPerOrder(),
              hours * instance.parameters().payPerHour());
    }
    return sum;
  }

  /**
   * The value below which a share of the values lies, straight between neighbours.
   *
   * @param sorted ascending
   * @param share 0 to 1
   * @return NaN without values
   */
  public static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = (sorted.length - 1) * share;
    int low = (int) Math.floor(at);
    int high = (int) Math.ceil(at);
    return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
  }
}

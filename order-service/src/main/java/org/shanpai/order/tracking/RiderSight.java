package org.shanpai.order.tracking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.OrderStatus;

/**
 * What a customer may see of where the rider is.
 *
 * <p>Nothing before this order's pickup: a rider on the way to the store may come from anywhere,
 * home included. From the pickup on the place; while doors of others come first only the middle of
 * a cell of some 500 m, so that nobody learns where the neighbours order. Nothing from the end on.
 *
 * @param place WGS-84
 * @param at when the rider was there, city time
 * @param coarse whether it is the middle of a cell
 */
@Schema(name = "RiderSight")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RiderSight(GeoPoint place, Instant at, boolean coarse) {

  /** 0.005 degrees of latitude, about 550 m; of longitude a little less in the cities served. */
  private static final double CELLS_A_DEGREE = 200;

  /** Whether the order stands so that its rider may be seen at all. */
  static boolean allowed(OrderStatus status) {
    return status == OrderStatus.PICKED_UP || status == OrderStatus.RIDER_AT_CUSTOMER;
  }

  /**
   * @param fix as geo-service knows it, or null
   * @param doorsBefore doors of others on the way
   * @param oldest fixes from before are not shown
   * @return null when there is nothing to show
   */
  static RiderSight of(
      OrderStatus status, RiderFix fix, int doorsBefore, Instant now, Duration oldest) {
    if (!allowed(status) || fix == null || fix.at().isBefore(now.minus(oldest))) {
      return null;
    }
    return doorsBefore > 0
        ? new RiderSight(cellOf(fix.place()), fix.at(), true)
        : new RiderSight(fix.place(), fix.at(), false);
  }

  private static GeoPoint cellOf(GeoPoint place) {
    return new GeoPoint(middle(place.lat()), middle(place.lon()));
  }

  private static double middle(double degrees) {
    return Math.round((Math.floor(degrees * CELLS_A_DEGREE) + 0.5) / CELLS_A_DEGREE * 1e6) / 1e6;
  }
}

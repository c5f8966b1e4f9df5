package org.shanpai.geo.learning;

import java.time.Instant;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.GeofenceEvent;

/**
 * A rider's finished stop, with what was tapped and what positions proved.
 *
 * @param kind {@code AT_STORE} for a pickup, {@code AT_CUSTOMER} for a drop-off
 * @param place as told by merchant or customer
 * @param acceptedAt city time at which the rider took the job
 * @param createdAt city time of the order
 * @param readyAt when the merchant said ready; null when it did not
 * @param tappedAt when the rider said they arrived; null when they did not
 * @param seenAt when positions first prove them within the fence; null when they do not
 * @param seenMetres how far from the fence's centre they were then
 * @param leftAt city time of the pickup or hand-over
 * @param travelFactor what the weather multiplied travel times with
 */
public record Stop(
    String jobId,
    long epoch,
    GeofenceEvent.Kind kind,
    String riderId,
    String areaId,
    String storeId,
    GeoPoint place,
    Instant acceptedAt,
    Instant createdAt,
    Instant readyAt,
    Instant tappedAt,
    Instant seenAt,
    int seenMetres,
    Instant leftAt,
    double travelFactor) {

  // A rider within the fence has the last metres still to go, at the speed plans count on.
  private static final double METRES_PER_SECOND = 15 / 3.6;

  /**
   * When the rider was there: as positions prove it, plus the metres from the fence's edge to its
   * centre; else as tapped; never after they left. Null when neither is known.
   */
  public Instant arrivedAt() {
    Instant arrived =
        seenAt == null
            ? tappedAt
            : seenAt.plusMillis(Math.round(seenMetres / METRES_PER_SECOND * 1_000));
    return arrived == null || arrived.isBefore(leftAt) ? arrived : leftAt;
  }
}

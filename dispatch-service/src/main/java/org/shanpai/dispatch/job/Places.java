package org.shanpai.dispatch.job;

import jakarta.persistence.Embeddable;
import org.shanpai.contracts.GeoPoint;

/** Where a job begins and ends. */
@Embeddable
class Places {

  private double pickupLat;
  private double pickupLon;
  private double dropoffLat;
  private double dropoffLon;

  protected Places() {}

  static Places of(GeoPoint pickup, GeoPoint dropoff) {
    Places places = new Places();
    places.pickupLat = pickup.lat();
    places.pickupLon = pickup.lon();
    places.dropoff(dropoff);
    return places;
  }

  GeoPoint pickup() {
    return new GeoPoint(pickupLat, pickupLon);
  }

  GeoPoint dropoff() {
    return new GeoPoint(dropoffLat, dropoffLon);
  }

  final void dropoff(GeoPoint door) {
    dropoffLat = door.lat();
    dropoffLon = door.lon();
  }
}

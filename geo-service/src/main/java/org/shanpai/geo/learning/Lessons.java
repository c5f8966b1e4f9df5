package org.shanpai.geo.learning;

import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;

/**
 * What finished jobs taught, as this replica knows it; where they taught nothing, what is assumed.
 */
@ApplicationScoped
public class Lessons {

  private final LearningSettings settings;

  public Lessons(LearningSettings settings) {
    this.settings = settings;
  }

  /**
   * Where riders stand at a store.
   *
   * @param told the place as told by the merchant
   */
  public PickupPoint pickup(StoreId storeId, GeoPoint told) {
    return new PickupPoint(told, 0);
  }

  /** From arrival with ready goods to departure. */
  public StopTime atStore(StoreId storeId) {
    return new StopTime(settings.stops().storeSeconds(), settings.stops().storeP80Seconds(), 0);
  }

  /** From arrival to hand-over in the building around that place. */
  public StopTime atDoor(GeoPoint place) {
    return new StopTime(
        settings.stops().buildingSeconds(), settings.stops().buildingP80Seconds(), 0);
  }

  /**
   * @param toldSeconds preparation as the merchant tells it
   */
  public KitchenTime kitchen(StoreId storeId, int toldSeconds) {
    return new KitchenTime(
        toldSeconds, (int) Math.ceil(toldSeconds * settings.kitchen().p80Ratio()), 0);
  }
}

package org.shanpai.city.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What the run shows of places and times. Figures that nobody tells, because a service is away or
 * older, are null; nothing of this fails a run.
 *
 * @param arrivals geofence events against what riders tapped, at stores and at doors
 * @param pickups what visits taught about where stores truly are
 * @param pings readings sent, and those not believed by reason
 * @param trust of riders who cheat and of others
 * @param etaCalibration as geo-service tells it
 * @param missed demand as geo-service counts it, by reason
 * @param asked customers who could not be served, as the city made them, by what they heard
 * @param suggestion the first place that geo-service would open a store at; null when there is none
 */
public record GeoFigures(
    Arrivals arrivals,
    Pickups pickups,
    Pings pings,
    Object trust,
    JsonNode etaCalibration,
    JsonNode missed,
    Map<String, Integer> asked,
    Suggestion suggestion) {

  /**
   * Jobs that were picked up or delivered.
   *
   * @param atStore arrivals at stores that were tapped
   * @param atStoreProven of them, those proven by positions
   * @param storeProofBeforeTapSeconds median city seconds from the proof to the tap; negative when
   *     the tap came first
   * @param atCustomer the same at the customers'
   */
  public record Arrivals(
      int atStore,
      int atStoreProven,
      Double storeProofBeforeTapSeconds,
      int atCustomer,
      int atCustomerProven,
      Double customerProofBeforeTapSeconds) {}

  /**
   * Stores with a learned pickup point.
   *
   * @param stores how many there are
   * @param learned of how many one was learned
   * @param toldMetres median distance from where the merchant put the pin to the true door
   * @param learnedMetres the same from the learned point
   */
  public record Pickups(int stores, int learned, Double toldMetres, Double learnedMetres) {}

  /**
   * Readings of phones.
   *
   * @param faked of cheats
   */
  public record Pings(int sent, int faked, Map<String, Integer> rejected) {}

  /**
   * Where a store would serve most.
   *
   * @param adds orders it would have served
   * @param metresFromNewTown how far it lies from where most of the unserved live
   */
  public record Suggestion(JsonNode place, double adds, Double metresFromNewTown) {}
}

package org.shanpai.contracts.event;

import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;

/**
 * A rider's call for help. Published by rider-service.
 *
 * @param sosId the key
 * @param place the last one known for certain, else as the phone told it; null when neither is
 * @param placeAt city time of the place; null without one
 * @param placeTrusted whether positions prove it
 * @param jobs in hand when it was raised
 * @param raisedAt city time
 * @param by who acknowledged or closed it; null while open
 */
public record SosState(
    String sosId,
    RiderId riderId,
    CityId cityId,
    long version,
    Status status,
    GeoPoint place,
    Instant placeAt,
    boolean placeTrusted,
    List<JobId> jobs,
    Instant raisedAt,
    String by) {

  /** How far help is. */
  public enum Status {
    OPEN,
    ACKNOWLEDGED,
    CLOSED
  }
}

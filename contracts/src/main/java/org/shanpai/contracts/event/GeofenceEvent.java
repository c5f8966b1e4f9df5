package org.shanpai.contracts.event;

import java.time.Instant;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;

/**
 * A rider came to a place of a job, as their positions show; what they tapped plays no part.
 * Published by geo-service, once for each job, epoch and kind.
 *
 * @param epoch the job's fencing token while the rider was seen
 * @param kind which place
 * @param at city time of the first of the readings that prove it
 * @param place the centre of the fence: the learned pickup point, or the customer's place
 * @param metres how far from it the last of those readings lies
 * @param readings how many readings prove it
 * @param trust the lowest trust among them, 0–100
 * @param learned whether the centre was learned from earlier visits, or is the place as told
 */
public record GeofenceEvent(
    JobId jobId,
    RiderId riderId,
    CityId cityId,
    AreaId areaId,
    StoreId storeId,
    long epoch,
    Kind kind,
    Instant at,
    GeoPoint place,
    int metres,
    int readings,
    int trust,
    boolean learned) {

  /** See the members. */
  public enum Kind {
    /** At the store, goods not picked up yet. */
    AT_STORE,
    /** At the customer's, goods aboard. */
    AT_CUSTOMER
  }
}

package org.shanpai.dispatch.hall;

import java.time.Instant;
import java.util.Set;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;

/**
 * A job of the hall as a rider sees it.
 *
 * @param epoch to send back with the grab: it says which state of the job the rider saw
 * @param pay what it pays this rider, a step for its having waited included
 * @param tip what the merchant adds, apart from the pay; null for none
 * @param expectedReadyAt city time
 * @param metresToStore straight line from the rider's last ping
 */
public record HallJob(
    JobId jobId,
    long epoch,
    AreaId areaId,
    StoreId storeId,
    GeoPoint pickup,
    GeoPoint dropoff,
    TimeWindow promise,
    Instant expectedReadyAt,
    int loadUnits,
    int weightGrams,
    Set<String> needs,
    boolean direct,
    Money pay,
    Money tip,
    int metresToStore) {}

package org.shanpai.geo.fence;

import java.time.Instant;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.GeofenceEvent;

/**
 * What positions proved about a job, as kept.
 *
 * @param at city time of the first reading of the row
 * @param place centre of the fence
 * @param firstMetres how far from it the first reading lies
 * @param metres how far the last one lies
 * @param trust the lowest among the readings
 * @param learned whether the centre was learned
 */
public record FenceEvidence(
    String jobId,
    long epoch,
    GeofenceEvent.Kind kind,
    String riderId,
    Instant at,
    GeoPoint place,
    int firstMetres,
    int metres,
    int readings,
    int trust,
    boolean learned) {}

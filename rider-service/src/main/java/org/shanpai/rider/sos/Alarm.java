package org.shanpai.rider.sos;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.SosState;

/**
 * A rider's call for help.
 *
 * @param words of the rider; null for none
 * @param jobs in hand when it was raised
 * @param place the last one known for certain, else as the phone told it; null when neither is
 * @param placeTrusted whether positions prove it
 * @param outcome what came of it; null until it is closed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SosAlarm")
public record Alarm(
    @Schema(examples = "sos-17") String sosId,
    @Schema(examples = "r-23") String riderId,
    long version,
    SosState.Status status,
    @Schema(examples = "摔车了，腿动不了") String words,
    List<String> jobs,
    GeoPoint place,
    Instant placeAt,
    boolean placeTrusted,
    Instant raisedAt,
    @Schema(examples = "dee") String acknowledgedBy,
    Instant acknowledgedAt,
    String closedBy,
    Instant closedAt,
    @Schema(examples = "救护车已到，订单改派") String outcome) {

  SosState state(CityId city) {
    return new SosState(
        sosId,
        RiderId.of(riderId),
        city,
        version,
        status,
        place,
        placeAt,
        placeTrusted,
        jobs.stream().map(JobId::of).toList(),
        raisedAt,
        closedBy == null ? acknowledgedBy : closedBy);
  }
}

package org.shanpai.rider.block;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.RiderBlock;

/**
 * A customer whose orders a rider does not want any more, as the rider knows them: by an order.
 *
 * @param blockId names it to dispatch-service; not shown
 * @param version rises by one with every change; not shown
 * @param day the business date of the order
 * @param setAt city time
 * @param until city time at which it ends by itself
 * @param liftedAt city time; null while it stands
 */
@Schema(name = "CustomerBlock")
public record CustomerBlock(
    @JsonIgnore String blockId,
    @JsonIgnore String riderId,
    @JsonIgnore long version,
    @Schema(examples = "j-01jd") String jobId,
    @Schema(examples = "o-01jd") String orderId,
    LocalDate day,
    @Schema(examples = "ABUSE") Reason reason,
    Instant setAt,
    Instant until,
    @JsonIgnore Instant liftedAt) {

  /** What happened. */
  public enum Reason {
    /** Insulted (辱骂). */
    ABUSE,
    /** Pestered (骚扰). */
    HARASSMENT,
    /** Threatened (威胁). */
    THREAT,
    /** The place is not safe: a dog, a staircase, the dark (地点不安全). */
    UNSAFE_PLACE,
    OTHER
  }

  boolean stands(Instant now) {
    return liftedAt == null && until.isAfter(now);
  }

  RiderBlock state(CityId city) {
    return new RiderBlock(
        blockId,
        city,
        RiderId.of(riderId),
        version,
        JobId.of(jobId),
        liftedAt == null ? until : null);
  }
}

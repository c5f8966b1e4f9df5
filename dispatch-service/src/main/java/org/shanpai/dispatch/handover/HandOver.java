package org.shanpai.dispatch.handover;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;

/**
 * A job on its way from one rider to another.
 *
 * @param epoch of the job when it was asked
 * @param faceToFace the goods are out: the two have to meet, and the one who takes them scans a
 *     code
 * @param code what the one who gives shows; null for everybody else
 * @param expiresAt city time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HandOver(
    @Schema(examples = "ho-17") String handOverId,
    JobId jobId,
    long epoch,
    RiderId fromRiderId,
    RiderId toRiderId,
    State state,
    boolean faceToFace,
    @Schema(examples = "481516") String code,
    Instant askedAt,
    Instant expiresAt) {

  /** ASKED until it is answered, taken back, or out of time. */
  public enum State {
    ASKED,
    ACCEPTED,
    DECLINED,
    WITHDRAWN,
    EXPIRED
  }

  /** As everybody but the one who gives may see it. */
  HandOver withoutCode() {
    return new HandOver(
        handOverId,
        jobId,
        epoch,
        fromRiderId,
        toRiderId,
        state,
        faceToFace,
        null,
        askedAt,
        expiresAt);
  }
}

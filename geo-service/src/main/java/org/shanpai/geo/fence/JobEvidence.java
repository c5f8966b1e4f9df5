package org.shanpai.geo.fence;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What positions say about a job.
 *
 * @param assignments riders who had it, oldest first
 * @param events what was proved, oldest first
 * @param times answers to the times asked for, in their order
 */
@Schema(name = "JobEvidence")
public record JobEvidence(
    String jobId,
    List<Assignment> assignments,
    List<FenceEvidence> events,
    List<Whereabouts> times) {

  /**
   * A rider's time with the job, city time.
   *
   * @param endedAt null while it is the rider's
   */
  @Schema(name = "EvidenceAssignment")
  public record Assignment(
      long epoch, String riderId, Instant acceptedAt, Instant pickedUpAt, Instant endedAt) {}

  /**
   * Where the rider was around a time.
   *
   * @param at as asked
   * @param riderId who had the job then; null when nobody did, and the rest is null too
   * @param readAt city time of the believed reading nearest in time; null when there is none
   * @param metresToPickup from the pickup point
   * @param metresToDoor from the customer's place
   * @param accuracyMetres of the reading
   * @param trust of the reading, 0–100
   */
  @Schema(name = "Whereabouts")
  public record Whereabouts(
      Instant at,
      String riderId,
      Instant readAt,
      Double metresToPickup,
      Double metresToDoor,
      Double accuracyMetres,
      Integer trust) {}
}

package org.shanpai.controlroom.story;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.Fault;

/**
 * One event of an order's life.
 *
 * @param at city time
 * @param recordedAt wall time
 * @param what code the page puts into words, such as {@code JOB_ASSIGNED}, {@code KITCHEN_READY}
 * @param quiet a mere echo of another line
 * @param seen what proves {@code SEEN_AT_STORE} and {@code SEEN_AT_CUSTOMER}; null for others
 * @param actor who caused it; null when the platform itself did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoryLine(
    @Schema(examples = "0190f0e0-1111-7000-8000-000000000000") String eventId,
    Instant at,
    Instant recordedAt,
    @Schema(examples = "JOB_ASSIGNED") String what,
    boolean quiet,
    RiderId riderId,
    @Schema(examples = "ACCEPTED") String reason,
    Fault fault,
    String actor,
    String detail,
    Sighting seen) {

  /**
   * What positions tell of a rider at a store or at a door.
   *
   * @param metres how far from the place the last reading lies
   * @param readings how many prove it
   * @param trust the lowest among them, 0–100
   * @param learned whether the place was learned from earlier visits
   */
  @Schema(name = "StorySighting")
  public record Sighting(
      @Schema(examples = "18") int metres,
      @Schema(examples = "3") int readings,
      @Schema(examples = "96") int trust,
      boolean learned) {}
}

package org.shanpai.dispatch.pool;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What riders of one pool are asked to do, and how. Durations are city seconds.
 *
 * @param autoAccept an offer is accepted for the rider at once (dedicated riders work by shifts)
 * @param declineNeedsReason declining without saying why is refused
 * @param offerSeconds life of an offer
 * @param unansweredBeforePause unanswered offers in a row after which a rider is paused
 * @param pauseSeconds how long that pause is
 * @param mayGrab whether they see the grab hall
 * @param reachMetres how far outside an area they still serve it, from where they are or will next
 *     be free, whichever is nearer
 * @param neighbourReachMetres the same for a job that nobody nearer takes
 * @param carryCap jobs a rider has in hand at most
 * @param newcomerCarryCap the same in the first days
 * @param newcomerDays how many days those are, the first one counted
 * @param payStepFen what a job pays more, once nobody has taken it for a while
 */
public record PoolRules(
    @NotNull @Schema(examples = "false") Boolean autoAccept,
    @NotNull @Schema(examples = "false") Boolean declineNeedsReason,
    @NotNull @Min(5) @Max(600) @Schema(examples = "30") Integer offerSeconds,
    @NotNull @Min(1) @Max(100) @Schema(examples = "3") Integer unansweredBeforePause,
    @NotNull @Min(0) @Max(86_400) @Schema(examples = "600") Integer pauseSeconds,
    @NotNull @Schema(examples = "true") Boolean mayGrab,
    @NotNull @Min(0) @Max(20_000) @Schema(examples = "1500") Integer reachMetres,
    @NotNull @Min(0) @Max(20_000) @Schema(examples = "3000") Integer neighbourReachMetres,
    @NotNull @Min(1) @Max(64) @Schema(examples = "8") Integer carryCap,
    @NotNull @Min(1) @Max(64) @Schema(examples = "3") Integer newcomerCarryCap,
    @NotNull @Min(0) @Max(366) @Schema(examples = "14") Integer newcomerDays,
    @NotNull @Min(0) @Max(100_000) @Schema(examples = "100") Integer payStepFen) {

  /** Jobs a rider may have in hand. */
  public int carryCap(boolean newcomer) {
    return newcomer ? Math.min(carryCap, newcomerCarryCap) : carryCap;
  }
}

package org.shanpai.dispatch.job;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.chassis.problem.Problem;

/**
 * What is done about a job that nobody takes, in city seconds since somebody was first wanted for
 * it; each step no earlier than the one before.
 *
 * @param payStepSeconds then it pays a step more
 * @param neighboursSeconds then riders of every pool from farther away may have it
 * @param operatorSeconds then an operator is called
 * @param freeCancelSeconds then the customer may cancel free of charge
 */
public record Patience(
    @NotNull @Min(0) @Max(86_400) @Schema(examples = "120") Integer payStepSeconds,
    @NotNull @Min(0) @Max(86_400) @Schema(examples = "240") Integer neighboursSeconds,
    @NotNull @Min(0) @Max(86_400) @Schema(examples = "360") Integer operatorSeconds,
    @NotNull @Min(0) @Max(86_400) @Schema(examples = "600") Integer freeCancelSeconds) {

  /** As long as no operator has said otherwise. */
  public static final Patience USUAL = new Patience(120, 240, 360, 600);

  /**
   * @throws Problem 422 naming the first step that would come before the one it follows
   */
  public void requireInOrder() {
    requireNotBefore("neighboursSeconds", neighboursSeconds, payStepSeconds);
    requireNotBefore("operatorSeconds", operatorSeconds, neighboursSeconds);
    requireNotBefore("freeCancelSeconds", freeCancelSeconds, operatorSeconds);
  }

  /** How long after the beginning a step is due. */
  public Duration until(Unclaimed step) {
    return Duration.ofSeconds(
        switch (step) {
          case PAY_RAISED -> payStepSeconds;
          case NEIGHBOURS_ASKED -> neighboursSeconds;
          case OPERATOR_CALLED -> operatorSeconds;
          case FREE_CANCEL -> freeCancelSeconds;
        });
  }

  /** The farthest step that is due; empty when none is. */
  Optional<Unclaimed> due(Instant since, Instant now) {
    Unclaimed farthest = null;
    for (Unclaimed step : Unclaimed.values()) {
      if (!since.plus(until(step)).isAfter(now)) {
        farthest = step;
      }
    }
    return Optional.ofNullable(farthest);
  }

  private static void requireNotBefore(String field, int seconds, int before) {
    if (seconds < before) {
      throw Problem.unprocessable(
          field, "This step cannot come before the one it follows, at " + before + " s.");
    }
  }
}

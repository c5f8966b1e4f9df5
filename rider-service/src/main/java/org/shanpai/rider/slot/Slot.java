package org.shanpai.rider.slot;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.rider.roster.Pool;

/**
 * A planned slot (班次) as it is published; it is not changed after.
 *
 * @param stationId for its riders only; null for every rider of the pool
 * @param startsAt city time
 * @param endsAt city time
 * @param peak one of those that count for the score when worked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Slot(
    @NotNull @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") @Schema(examples = "a-1") String areaId,
    @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") String stationId,
    @NotNull @Schema(examples = "CROWDSOURCED") Pool pool,
    @NotNull @Schema(examples = "2099-11-22T03:00:00Z") Instant startsAt,
    @NotNull @Schema(examples = "2099-11-22T05:00:00Z") Instant endsAt,
    @NotNull @Min(1) @Max(10_000) @Schema(examples = "40") Integer places,
    @NotNull @Schema(examples = "true") Boolean peak) {

  /** The same with its times as finely as they are kept. */
  Slot asStored() {
    return new Slot(
        areaId,
        stationId,
        pool,
        startsAt.truncatedTo(ChronoUnit.MICROS),
        endsAt.truncatedTo(ChronoUnit.MICROS),
        places,
        peak);
  }
}

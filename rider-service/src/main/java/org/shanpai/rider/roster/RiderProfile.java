package org.shanpai.rider.roster;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an operator writes down about a rider.
 *
 * @param label what the control room shows; no personal data
 * @param capacityUnits how much the box holds, 1–64
 * @param equipment such as {@code COLD_BOX}; null for none
 * @param priorOrders orders proven to have been carried elsewhere; the newcomer waiver counts on
 *     from here; null for 0
 * @param startedOn first working day, business date; riders carry less at once in their first days;
 *     null for long ago
 * @param active false closes the account; null for true
 */
public record RiderProfile(
    @NotBlank @Size(max = 64) @Schema(examples = "骑手 023") String label,
    @NotBlank @Size(max = 64) @Schema(examples = "王小明") String name,
    @NotNull @Pattern(regexp = "\\+?[0-9 -]{5,20}") @Schema(examples = "13800000023") String phone,
    @NotNull @Schema(examples = "CROWDSOURCED") Pool pool,
    @NotNull @Min(1) @Max(64) @Schema(examples = "8") Integer capacityUnits,
    @Size(max = 16) @Schema(examples = "[\"COLD_BOX\"]")
        Set<@NotNull @Pattern(regexp = "[A-Z0-9_]{1,32}") String> equipment,
    @Min(0) @Max(1_000_000) @Schema(examples = "0") Integer priorOrders,
    @Schema(examples = "true") Boolean active,
    @Schema(examples = "2026-11-20") LocalDate startedOn) {

  /** A rider who started long ago. */
  public RiderProfile(
      String label,
      String name,
      String phone,
      Pool pool,
      Integer capacityUnits,
      Set<String> equipment,
      Integer priorOrders,
      Boolean active) {
    this(label, name, phone, pool, capacityUnits, equipment, priorOrders, active, null);
  }

  /** The same with every default filled in and the equipment in a fixed order. */
  RiderProfile complete() {
    return new RiderProfile(
        label,
        name,
        phone,
        pool,
        capacityUnits,
        equipment == null ? Set.of() : new TreeSet<>(equipment),
        priorOrders == null ? 0 : priorOrders,
        active == null || active,
        startedOn);
  }
}

package org.shanpai.rider.welfare;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.chassis.problem.Problem;

/**
 * A scheme of the social-insurance subsidy, whole, as data. Published once, never changed; it holds
 * until the month another one begins with.
 *
 * @param fromMonth the first month it holds for
 * @param minDays with an order, for a week to be eligible, 1–7
 * @param minOrders in the week
 * @param leaveCounts whether a week with granted leave is eligible too
 * @param steps by eligible weeks, rising
 */
@Schema(name = "WelfareScheme")
public record SchemeTerms(
    @NotNull
        @Pattern(regexp = "20[0-9]{2}-(0[1-9]|1[0-2])")
        @Schema(examples = "2099-02", required = true)
        String fromMonth,
    @NotNull @Min(1) @Max(7) @Schema(examples = "5", required = true) Integer minDays,
    @NotNull @Min(1) @Max(2_000) @Schema(examples = "60", required = true) Integer minOrders,
    @NotNull @Schema(examples = "true", required = true) Boolean leaveCounts,
    @NotEmpty @Size(max = 5) List<@NotNull @Valid Step> steps) {

  /**
   * What so many eligible weeks of a month bring.
   *
   * @param weeks 1–5
   * @param amountFen fen, 0 or more
   */
  @Schema(name = "WelfareSchemeStep")
  public record Step(
      @NotNull @Min(1) @Max(5) @Schema(examples = "4", required = true) Integer weeks,
      @NotNull @Min(0) @Max(1_000_000) @Schema(examples = "30000", required = true)
          Long amountFen) {}

  /** The first day of its first month. */
  LocalDate firstDay() {
    return LocalDate.parse(fromMonth + "-01");
  }

  /**
   * What no single field can tell.
   *
   * @throws Problem 422 {@code scheme-refused} naming the field
   */
  void check() {
    refuseIf(
        minOrders < minDays,
        "minOrders",
        "minOrders must be at least minDays: a day has an order.");
    for (int i = 1; i < steps.size(); i++) {
      refuseIf(
          steps.get(i).weeks() <= steps.get(i - 1).weeks(),
          "steps",
          "Each step needs more weeks than the one before.");
      refuseIf(
          steps.get(i).amountFen() < steps.get(i - 1).amountFen(),
          "steps",
          "More weeks never bring less.");
    }
    refuseIf(
        steps.get(steps.size() - 1).amountFen() == 0,
        "steps",
        "A scheme that pays nothing is none.");
  }

  private static void refuseIf(boolean wrong, String field, String detail) {
    if (wrong) {
      throw Problem.unprocessable("scheme-refused", field, detail);
    }
  }
}

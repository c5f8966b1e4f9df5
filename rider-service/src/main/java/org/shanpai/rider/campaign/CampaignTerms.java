package org.shanpai.rider.campaign;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.rider.roster.Pool;

/**
 * The terms of a campaign, whole, as data. Published once, never changed.
 *
 * @param areas only orders of these areas count; empty for the whole city
 * @param pools who may sign up
 * @param signUpFrom city time, included
 * @param signUpUntil city time, not included
 * @param places how many may take part
 * @param proof what has to be shown of the time before
 * @param proofWithinDays a place without a proof goes to the next one after so many days, 1–60
 * @param newcomersOnly whether only riders may sign up who had carried nothing here before
 * @param weeks so many weeks, Monday to Sunday, one after the other, 1–52
 * @param minDays of each week with enough orders, 0–7
 * @param minOrders in each week
 * @param minOrdersADay so many make a day count, at least 1
 * @param weeklyRewardFen for each week, fen
 * @param rewardFen for all of them together, fen
 * @param inviterFen for who invited the rider, once all weeks are done, fen
 * @param holdDays the money is paid so many days after it is earned, 7–60
 */
public record CampaignTerms(
    @NotBlank @Size(max = 120) @Schema(examples = "跳槽奖：四周得3000元") String titleZh,
    @NotBlank @Size(max = 120) @Schema(examples = "Four weeks here: 3000 yuan") String titleEn,
    @NotNull @Size(max = 200) @Schema(examples = "[\"a-1\"]", required = true)
        Set<@NotNull @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") String> areas,
    @NotEmpty @Schema(examples = "[\"CROWDSOURCED\", \"PREFERRED\"]") Set<@NotNull Pool> pools,
    @NotNull @Schema(examples = "2099-12-26T00:00:00+08:00") Instant signUpFrom,
    @NotNull @Schema(examples = "2099-12-29T00:00:00+08:00") Instant signUpUntil,
    @NotNull @Min(1) @Max(100_000) @Schema(examples = "500") Integer places,
    @NotNull @Valid Elsewhere proof,
    @NotNull @Min(1) @Max(60) @Schema(examples = "7") Integer proofWithinDays,
    @NotNull @Schema(examples = "true") Boolean newcomersOnly,
    @NotNull @Min(1) @Max(52) @Schema(examples = "4") Integer weeks,
    @NotNull @Min(0) @Max(7) @Schema(examples = "6") Integer minDays,
    @NotNull @Min(0) @Max(2_000) @Schema(examples = "140") Integer minOrders,
    @NotNull @Min(1) @Max(300) @Schema(examples = "1") Integer minOrdersADay,
    @NotNull @Min(0) @Max(10_000_000) @Schema(examples = "0") Long weeklyRewardFen,
    @NotNull @Min(0) @Max(10_000_000) @Schema(examples = "300000") Long rewardFen,
    @NotNull @Min(0) @Max(10_000_000) @Schema(examples = "100000") Long inviterFen,
    @NotNull @Min(7) @Max(60) @Schema(examples = "7") Integer holdDays) {

  private static final int LONGEST_WINDOW_DAYS = 366;

  /**
   * Orders carried on other platforms.
   *
   * @param moreThanOrders strictly more than so many
   * @param from first day, included
   * @param until last day, included
   */
  public record Elsewhere(
      @NotNull @Min(0) @Max(100_000) @Schema(examples = "140") Integer moreThanOrders,
      @NotNull @Schema(examples = "2099-12-15") LocalDate from,
      @NotNull @Schema(examples = "2099-12-21") LocalDate until) {

    /** Whether so many orders are enough. */
    public boolean met(int orders) {
      return orders > moreThanOrders;
    }
  }

  /** Whether riders could take part in both: the sign-ups, areas and pools of the two meet. */
  boolean meets(CampaignTerms other) {
    return signUpFrom.isBefore(other.signUpUntil)
        && other.signUpFrom.isBefore(signUpUntil)
        && (areas.isEmpty()
            || other.areas.isEmpty()
            || areas.stream().anyMatch(other.areas::contains))
        && pools.stream().anyMatch(other.pools::contains);
  }

  /** Whether one may sign up at that city time, to the millisecond. */
  public boolean openAt(Instant at) {
    return !at.isBefore(signUpFrom) && at.isBefore(signUpUntil);
  }

  /** Whether a week with that work is enough. */
  public boolean met(int days, int orders) {
    return days >= minDays && orders >= minOrders;
  }

  /**
   * What has to be so when it is published, besides {@link #check}.
   *
   * @throws Problem 422 {@code campaign-refused} naming the field
   */
  void checkAhead(Instant now) {
    refuseIf(!signUpUntil.isAfter(now), "signUpUntil", "signUpUntil is past already.");
  }

  /**
   * What no single field can tell.
   *
   * @param zone the city's
   * @throws Problem 422 {@code campaign-refused} naming the field
   */
  void check(ZoneId zone) {
    refuseIf(
        !signUpUntil.isAfter(signUpFrom), "signUpUntil", "signUpUntil must be after signUpFrom.");
    refuseIf(
        signUpUntil.isAfter(signUpFrom.plusSeconds(LONGEST_WINDOW_DAYS * 86_400L)),
        "signUpUntil",
        "One may sign up for a year at most.");
    refuseIf(
        proof.until().isBefore(proof.from()), "proof.until", "proof.until is before proof.from.");
    LocalDate opens = signUpFrom.atZone(zone).toLocalDate();
    refuseIf(
        !proof.until().isBefore(opens),
        "proof.until",
        "The proof's days overlap the sign-up, which opens on "
            + opens
            + "; whoever signs up has to know by then whether they qualify.");
    refuseIf(
        weeklyRewardFen == 0 && rewardFen == 0,
        "rewardFen",
        "A campaign that pays nothing is none.");
    refuseIf(
        minDays == 0 && minOrders == 0, "minOrders", "A week needs at least a day or an order.");
    refuseIf(
        minOrders < minDays * minOrdersADay,
        "minOrders",
        "minOrders must be at least minDays × minOrdersADay, or riders read it wrong.");
  }

  private static void refuseIf(boolean wrong, String field, String detail) {
    if (wrong) {
      throw Problem.unprocessable("campaign-refused", field, detail);
    }
  }
}

package org.shanpai.order.pricelock.http;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.ToldPlace;
import org.shanpai.order.PlainText;
import org.shanpai.order.intake.Ask;
import org.shanpai.order.intake.CategoryRules;
import org.shanpai.order.intake.GoodsTotals;
import org.shanpai.order.intake.http.OrderBody;
import org.shanpai.order.intake.http.OrderBody.Line;
import org.shanpai.order.orders.Item;
import org.shanpai.order.orders.PromiseTier;

/** What a quote is asked for. */
@Schema(name = "NewQuote")
public record QuoteBody(
    @NotNull StoreId storeId,
    @Size(min = 1, max = 64)
        @PlainText
        @Schema(description = "Your own number, when the order has one already")
        String merchantOrderNo,
    @NotNull @Valid Door dropoff,
    @Size(min = 1, max = 100) @Schema(description = "The lines of the order; or else goods")
        List<@NotNull @Valid Line> items,
    @Valid @Schema(description = "All goods together; or else items") Together goods,
    @Min(1) @Schema(description = "Room the goods need, 1-8 units; worked out when missing")
        Integer loadUnits,
    @Schema(description = "STANDARD when missing") PromiseTier promiseTier,
    @Min(0)
        @Max(10_800)
        @Schema(description = "Until the goods are ready; the store's usual time when missing")
        Integer expectedReadySeconds,
    @Schema(description = "The promise asked for, 600-5400; the tier's usual one when missing")
        Integer promiseSeconds,
    @Schema(
            description =
                "Pre-booked: the window in which it is to come, 30 to 120 minutes long, beginning"
                    + " within 7 days; city time")
        TimeWindow deliverBetween) {

  /** Where the goods would go; nothing of it is kept but the place. */
  @Schema(name = "QuoteDropoff")
  public record Door(
      @NotNull(message = CoordinateSystem.MUST_BE_NAMED)
          @Schema(description = "The system of the place", required = true)
          CoordinateSystem coordinateSystem,
      @NotNull @Schema(description = "Degrees in the system named") ToldPlace place,
      @Size(max = 200) @PlainText String address) {

    @Override
    public String toString() {
      return "Door[…]";
    }
  }

  /** All goods together. */
  @Schema(name = "QuoteGoods")
  public record Together(
      @NotNull @Min(0) @Max(1_000_000) @Schema(examples = "2100") Integer weightGrams,
      @Min(1) @Max(99_900) @Schema(description = "1 when missing") Integer pieces,
      @Min(1) @Max(10_000_000) @Schema(description = "Cubic centimetres") Integer volumeCm3,
      @Valid @Schema(description = "The outside of the one parcel") OrderBody.Outside size,
      @Min(0) @Max(1_000_000_000) @Schema(description = "Fen") Long valueFen,
      @Size(max = 8) Set<@NotNull @Pattern(regexp = "[A-Z][A-Z0-9_]{0,31}") String> needs,
      @Min(1) @Max(1_440) @Schema(description = "From pickup to door at most")
          Integer longestCarryMinutes) {

    GoodsTotals totals(Integer loadUnits) {
      long volume = volumeCm3 != null ? volumeCm3 : size == null ? 0 : size.size().volumeCm3();
      return new GoodsTotals(
          weightGrams,
          pieces == null ? 1 : pieces,
          volume,
          loadUnits,
          valueFen,
          needs == null ? Set.of() : new TreeSet<>(needs));
    }
  }

  /** What is split where one rider does not carry it; null where nobody can split it. */
  List<Item> divisible() {
    return items == null || loadUnits != null ? null : items.stream().map(Line::item).toList();
  }

  /**
   * @throws Problem 422 without goods, or with goods told twice
   */
  Ask ask(CategoryRules rules) {
    if ((items == null) == (goods == null)) {
      throw Problem.unprocessable("items", "Tell either items or goods.");
    }
    List<Item> lines = items == null ? List.of() : items.stream().map(Line::item).toList();
    Integer carry =
        items != null
            ? rules.longestCarrySeconds(lines)
            : goods.longestCarryMinutes() == null
                ? null
                : Integer.valueOf(goods.longestCarryMinutes() * 60);
    return new Ask(
        storeId,
        merchantOrderNo,
        new Ask.Told(dropoff.place(), dropoff.coordinateSystem()),
        items != null ? GoodsTotals.of(lines, loadUnits) : goods.totals(loadUnits),
        carry,
        promiseTier == null ? PromiseTier.STANDARD : promiseTier,
        expectedReadySeconds,
        promiseSeconds,
        deliverBetween);
  }
}

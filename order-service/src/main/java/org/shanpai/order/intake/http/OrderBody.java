package org.shanpai.order.intake.http;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.ToldPlace;
import org.shanpai.order.PlainText;
import org.shanpai.order.intake.Ask;
import org.shanpai.order.intake.OrderRequest;
import org.shanpai.order.orders.Category;
import org.shanpai.order.orders.Contact;
import org.shanpai.order.orders.HandoverCheck;
import org.shanpai.order.orders.Item;
import org.shanpai.order.orders.ItemSize;
import org.shanpai.order.orders.PromiseTier;
import org.shanpai.order.sandbox.Pace;
import org.shanpai.order.sandbox.Plays;
import org.shanpai.order.sandbox.SandboxWish;

/** The body of a new order. */
@Schema(name = "NewOrder")
public record OrderBody(
    @NotNull StoreId storeId,
    @Size(min = 1, max = 64)
        @PlainText
        @Schema(description = "Your own number; unique among your orders")
        String merchantOrderNo,
    @NotNull @Valid Dropoff dropoff,
    @NotEmpty @Size(max = 100) List<@NotNull @Valid Line> items,
    @Min(1) @Schema(description = "Room the goods need, 1-8 units; worked out when missing")
        Integer loadUnits,
    @Schema(description = "STANDARD when missing, or as quoted") PromiseTier promiseTier,
    @Min(0)
        @Max(10_800)
        @Schema(
            description =
                "Until the goods are ready, of a pre-booked order from its release; the store's"
                    + " usual time when missing")
        Integer expectedReadySeconds,
    @Schema(
            description =
                "The promise asked for, 600-5400; when missing 1800, for members 1500, or longer"
                    + " where that cannot be kept")
        Integer promiseSeconds,
    @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}")
        @Schema(description = "A quote of yours, whose price and promise are honoured")
        String quoteId,
    @Size(max = 3) @Schema(description = "What the rider must see at the door")
        Set<@NotNull HandoverCheck> checks,
    @Valid @Schema(description = "Whether the goods may be left at a place agreed")
        DropPoint dropPoint,
    @Size(max = 200) @PlainText @Schema(description = "What the customer asks for (备注)")
        String note,
    @Schema(
            description =
                "Pre-booked: the window in which it is to come, 30 to 120 minutes long, beginning"
                    + " within 7 days; city time")
        TimeWindow deliverBetween,
    @Valid @Schema(description = "Only play a life: no rider, no fee") Sandbox sandbox) {
  /** The life an order of the sandbox plays. */
  @Schema(name = "SandboxWish")
  public record Sandbox(
      @NotNull
          @Pattern(regexp = "[A-Z][A-Z0-9_]{0,63}")
          @Schema(
              examples = "DELIVERED",
              description = "A name of GET /v1/sandbox/plays, such as DELIVERED or RETURNED")
          String play,
      @Schema(description = "FAST when missing: a minute takes a second") Pace pace) {

    SandboxWish wish() {
      return new SandboxWish(
          Plays.find(play)
              .orElseThrow(
                  () ->
                      Problem.unprocessable(
                          "unknown-play",
                          "sandbox.play",
                          "There is no play " + play + "; GET /v1/sandbox/plays lists them.")),
          pace == null ? Pace.FAST : pace);
    }
  }

  /** Where the goods go, and to whom. */
  @Schema(name = "Dropoff")
  public record Dropoff(
      @NotNull(message = CoordinateSystem.MUST_BE_NAMED)
          @Schema(description = "The system of the place", required = true)
          CoordinateSystem coordinateSystem,
      @NotNull @Schema(description = "Degrees in the system named") ToldPlace place,
      @NotBlank @Size(max = 200) @PlainText String address,
      @NotBlank @Size(max = 60) @PlainText String contactName,
      @NotBlank @Pattern(regexp = "\\+?[0-9][0-9 \\-]{4,22}") String contactPhone) {

    @Override
    public String toString() {
      return "Dropoff[…]";
    }
  }

  /**
   * An agreed place to leave the goods without a code.
   *
   * @param instruction where; personal as the address is
   */
  @Schema(name = "DropPoint")
  public record DropPoint(
      @NotNull @Schema(examples = "true") Boolean allowed,
      @Size(max = 200) @PlainText @Schema(examples = "门口鞋柜上") String instruction) {

    @Override
    public String toString() {
      return "DropPoint[…]";
    }
  }

  /** The outside of one piece. */
  @Schema(name = "ItemSize")
  public record Outside(
      @NotNull @Min(1) @Max(5_000) @Schema(examples = "300") Integer lengthMm,
      @NotNull @Min(1) @Max(5_000) @Schema(examples = "200") Integer widthMm,
      @NotNull @Min(1) @Max(5_000) @Schema(examples = "150") Integer heightMm) {

    public ItemSize size() {
      return new ItemSize(lengthMm, widthMm, heightMm);
    }
  }

  /** One line of the order. */
  @Schema(name = "OrderItem")
  public record Line(
      @NotBlank @Size(max = 120) @PlainText String name,
      @NotNull @Min(1) @Max(999) Integer quantity,
      @NotNull @Min(0) @Max(10_000_000) @Schema(description = "Value of one piece, fen")
          Long valueFen,
      @NotNull @Min(0) @Max(50_000) @Schema(description = "Weight of one piece, grams")
          Integer weightGrams,
      @Size(max = 8) @Schema(description = "Equipment the carrier must have, such as COLD_BOX")
          Set<@NotNull @Pattern(regexp = "[A-Z][A-Z0-9_]{0,31}") String> needs,
      @Schema(description = "Its usual longest carry, checks and so on count where none are told")
          Category category,
      @Size(min = 1, max = 64) @PlainText @Schema(description = "Your number of the article")
          String sku,
      @Valid @Schema(description = "The outside of one piece") Outside size,
      @Min(1)
          @Max(1_000_000)
          @Schema(description = "Of one piece, cubic centimetres; from the size when missing")
          Integer volumeCm3,
      @Min(1)
          @Max(1_440)
          @Schema(description = "From pickup to door at most; the category's when missing")
          Integer longestCarryMinutes,
      @Schema(
              description =
                  "Disposed of, not brought back, when nobody takes it; the category's when"
                      + " missing")
          Boolean perishable) {

    public Item item() {
      ItemSize outside = size == null ? null : size.size();
      return new Item(
          name.strip(),
          quantity,
          valueFen,
          weightGrams,
          needs == null ? Set.of() : needs,
          category,
          sku,
          outside,
          volumeCm3 != null || outside == null
              ? volumeCm3
              : Integer.valueOf((int) outside.volumeCm3()),
          longestCarryMinutes,
          perishable);
    }
  }

  /** Says nothing of the customer. */
  @Override
  public String toString() {
    return "OrderBody[" + storeId + "]";
  }

  OrderRequest request() {
    boolean drop = dropPoint != null && dropPoint.allowed();
    return new OrderRequest(
        storeId,
        merchantOrderNo,
        new Ask.Told(dropoff.place(), dropoff.coordinateSystem()),
        new Contact(
            dropoff.contactName().strip(),
            dropoff.contactPhone(),
            dropoff.address().strip(),
            note,
            drop ? dropPoint.instruction() : null),
        items.stream().map(Line::item).toList(),
        loadUnits,
        promiseTier,
        expectedReadySeconds,
        promiseSeconds,
        quoteId,
        checks == null ? Set.of() : checks,
        drop,
        deliverBetween,
        sandbox == null ? null : sandbox.wish());
  }
}

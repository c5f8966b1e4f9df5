package org.shanpai.order.tracking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.feedback.http.FeedbackView;

/**
 * An order as its customer sees it. No name, phone, address text, item or price is in it. All
 * instants are city time; what does not hold now is left out.
 *
 * @param orderNo the merchant's own number, else the end of the order's id: what people read to
 *     each other
 * @param now the city's clock, for the page to run on from
 * @param speed how fast the city's clock runs, 1 in production
 * @param promise what was told at creation, never moved
 * @param arrival when it is expected, while it is on its way
 * @param store where it comes from, until the order ends
 * @param door where it goes, until the order ends
 * @param steps what happened, the oldest first, each status once
 * @param riderChanged whether another rider took over before the pickup
 * @param deliveryCode what the customer tells the rider, until the order ends
 * @param ended whether nothing changes any more: neither the order nor what was bought with it
 * @param parts where the purchase takes several riders: all loads, the one that leads first; null
 *     for one load
 */
@Schema(name = "TrackedOrder")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrackedOrder(
    @Schema(examples = "A-1043") String orderNo,
    @Schema(examples = "晨光便利 · 静安店") String storeName,
    OrderStatus status,
    Instant statusAt,
    boolean ended,
    Instant now,
    @Schema(examples = "1") double speed,
    @Schema(examples = "Asia/Shanghai") String zone,
    TimeWindow promise,
    Arrival arrival,
    GeoPoint store,
    GeoPoint door,
    Rider rider,
    List<Step> steps,
    boolean riderChanged,
    @Schema(examples = "483920") String deliveryCode,
    DropPoint dropPoint,
    Voice voice,
    List<Part> parts) {

  /**
   * Who brings it.
   *
   * @param name masked; empty when it is not known
   * @param sight where they are, while that may be seen
   * @param doorsBefore doors of others on the way, from the pickup on
   */
  @Schema(name = "TrackedRider")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Rider(
      @Schema(examples = "王**") String name,
      RiderSight sight,
      @Schema(examples = "0") Integer doorsBefore,
      @Schema(description = "Whether a number to call can be had") boolean callable) {}

  /**
   * One load of a purchase that takes several riders.
   *
   * @param no counted from 1
   * @param path its own page
   * @param here whether it is the one told of
   */
  @Schema(name = "TrackedPart")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Part(
      @Schema(examples = "1") int no,
      OrderStatus status,
      @Schema(examples = "483920") String deliveryCode,
      @Schema(examples = "/t/o-01jd0000000000000000000000Zk3") String path,
      boolean here) {
    @Override
    public String toString() {
      return "Part[" + no + "]";
    }
  }

  /** A status the order came to. */
  @Schema(name = "TrackedStep")
  public record Step(OrderStatus status, Instant at) {}

  /** Where the goods may be left, as agreed when the order was made. */
  @Schema(name = "TrackedDropPoint")
  public record DropPoint(@Schema(examples = "门口鞋柜上") String instruction) {
    @Override
    public String toString() {
      return "DropPoint[…]";
    }
  }

  /**
   * What the customer said, and whether they may say more.
   *
   * @param rate whether a rating or a praise is taken now
   * @param complain whether a complaint is taken now
   * @param until when that ends; null while the order goes on
   */
  @Schema(name = "CustomerVoice")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Voice(boolean rate, boolean complain, Instant until, List<FeedbackView> said) {}

  /** Whether two views differ in nothing but the time they were made. */
  boolean sameAs(TrackedOrder other) {
    return other != null && equals(other.at(now));
  }

  private TrackedOrder at(Instant when) {
    return new TrackedOrder(
        orderNo,
        storeName,
        status,
        statusAt,
        ended,
        when,
        speed,
        zone,
        promise,
        arrival,
        store,
        door,
        rider,
        steps,
        riderChanged,
        deliveryCode,
        dropPoint,
        voice,
        parts);
  }

  @Override
  public String toString() {
    return "TrackedOrder[" + status + "]";
  }
}

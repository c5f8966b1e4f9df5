package org.shanpai.order.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a delivery fee is made of, fen; each part 0 or more.
 *
 * @param baseFen for the nearest deliveries
 * @param distanceFen for what lies beyond
 * @param weightFen for heavy goods
 * @param tierFen for the promise tier
 * @param timeFen at night and at the peak
 * @param weatherFen in bad weather
 * @param furtherLoadFen for a load after the first of a purchase that takes several riders; null
 *     for any other
 */
@Schema(name = "FeeParts")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeeParts(
    @Schema(examples = "400", description = "For the nearest deliveries") long baseFen,
    @Schema(examples = "60", description = "For each begun step beyond") long distanceFen,
    @Schema(examples = "0", description = "For heavy goods") long weightFen,
    @Schema(examples = "0", description = "For MEMBER or DIRECT") long tierFen,
    @Schema(examples = "0", description = "At night (夜间) and at the peak (高峰)") long timeFen,
    @Schema(examples = "0", description = "In bad weather") long weatherFen,
    @Schema(examples = "0", description = "For loads after the first of one purchase")
        Long furtherLoadFen) {

  /** Of an order that is not a further load of another's purchase. */
  public FeeParts(
      long baseFen, long distanceFen, long weightFen, long tierFen, long timeFen, long weatherFen) {
    this(baseFen, distanceFen, weightFen, tierFen, timeFen, weatherFen, null);
  }

  /** Of a further load: the first has paid for the way. */
  public static FeeParts ofFurtherLoad(long fen) {
    return new FeeParts(0, 0, 0, 0, 0, 0, fen);
  }

  /** The same, and what the loads after the first cost. */
  public FeeParts withFurtherLoads(long fen) {
    return new FeeParts(baseFen, distanceFen, weightFen, tierFen, timeFen, weatherFen, fen);
  }

  /** What the merchant pays. */
  public long sumFen() {
    return baseFen
        + distanceFen
        + weightFen
        + tierFen
        + timeFen
        + weatherFen
        + (furtherLoadFen == null ? 0 : furtherLoadFen);
  }
}

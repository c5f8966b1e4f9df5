package org.shanpai.order.orders;

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
 */
@Schema(name = "FeeParts")
public record FeeParts(
    @Schema(examples = "400", description = "For the nearest deliveries") long baseFen,
    @Schema(examples = "60", description = "For each begun step beyond") long distanceFen,
    @Schema(examples = "0", description = "For heavy goods") long weightFen,
    @Schema(examples = "0", description = "For MEMBER or DIRECT") long tierFen,
    @Schema(examples = "0", description = "At night (夜间) and at the peak (高峰)") long timeFen,
    @Schema(examples = "0", description = "In bad weather") long weatherFen) {

  /** What the merchant pays. */
  public long sumFen() {
    return baseFen + distanceFen + weightFen + tierFen + timeFen + weatherFen;
  }
}

package org.shanpai.order.orders;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.Set;

/**
 * What was agreed when an order was taken in, and does not change afterwards.
 *
 * @param quoteId the quote whose price and promise are honoured; null for none
 * @param fee what the fee was made of; null for orders from before there were parts
 * @param roadMetres from store to door by road; null when nobody could tell
 * @param releaseAt city time; a pre-booked order is dispatched from then on; null for at once
 * @param longestCarrySeconds from pickup to door at most; null for no limit
 * @param perishable disposed of, not brought back, when nobody takes the goods
 * @param checks what the rider must see at the door
 * @param dropPoint whether the goods may be left at a place agreed (放置点); where, is in the contact
 */
@Embeddable
public record Terms(
    @Enumerated(EnumType.STRING) @Column(name = "promise_tier") PromiseTier tier,
    @Column(name = "quote_id") String quoteId,
    @Convert(converter = FeePartsColumn.class) @Column(name = "fee_parts") FeeParts fee,
    @Column(name = "road_metres") Integer roadMetres,
    @Column(name = "release_at") Instant releaseAt,
    @Column(name = "longest_carry_seconds") Integer longestCarrySeconds,
    @Column(name = "perishable") boolean perishable,
    @Convert(converter = ChecksColumn.class) @Column(name = "checks") Set<HandoverCheck> checks,
    @Column(name = "drop_point") boolean dropPoint) {

  /** Nothing but the usual. */
  public static Terms usual(boolean direct) {
    return new Terms(
        direct ? PromiseTier.DIRECT : PromiseTier.STANDARD,
        null,
        null,
        null,
        null,
        null,
        false,
        Set.of(),
        false);
  }
}

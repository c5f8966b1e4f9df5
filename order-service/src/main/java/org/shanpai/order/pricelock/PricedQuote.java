package org.shanpai.order.pricelock;

import java.time.Instant;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.order.intake.Ask;
import org.shanpai.order.intake.Conditions;

/**
 * A price and a promise told to a merchant, and honoured for a while.
 *
 * @param createdAt city time
 * @param expiresAt city time; honoured until then, that moment included
 * @param usedBy the order made of it; null for none yet
 */
public record PricedQuote(
    String quoteId,
    MerchantId merchantId,
    Ask ask,
    Conditions conditions,
    Instant createdAt,
    Instant expiresAt,
    OrderId usedBy) {}

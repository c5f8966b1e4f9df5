package org.shanpai.order.live;

/**
 * What a merchant that listens is told.
 *
 * @param seq counts the merchant's events without a gap
 * @param type the event's name on the stream
 * @param body JSON
 */
public record MerchantEvent(String merchantId, long seq, String type, String body) {}

package org.shanpai.order.intake;

import java.util.List;
import java.util.Set;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.order.orders.Contact;
import org.shanpai.order.orders.HandoverCheck;
import org.shanpai.order.orders.Item;
import org.shanpai.order.orders.PromiseTier;
import org.shanpai.order.sandbox.SandboxWish;

/**
 * What a merchant asks for; well-formed, not yet checked against the store and the city.
 *
 * @param merchantOrderNo null when none
 * @param told where the goods go, in the merchant's words
 * @param loadUnits 1–8; null to have it worked out
 * @param tier null for STANDARD, or for what was quoted
 * @param expectedReadySeconds from now; null for the store's usual time
 * @param promiseSeconds null for the tier's usual promise
 * @param quoteId the quote to be honoured; null for none
 * @param checks what the rider must see at the door
 * @param dropPoint whether the goods may be left at a place agreed
 * @param deliverBetween the window of a pre-booked order; null for as soon as possible
 * @param sandbox the life it shall play; null for an order that is carried out
 */
public record OrderRequest(
    StoreId storeId,
    String merchantOrderNo,
    Ask.Told told,
    Contact contact,
    List<Item> items,
    Integer loadUnits,
    PromiseTier tier,
    Integer expectedReadySeconds,
    Integer promiseSeconds,
    String quoteId,
    Set<HandoverCheck> checks,
    boolean dropPoint,
    TimeWindow deliverBetween,
    SandboxWish sandbox) {

  Ask ask(CategoryRules categories) {
    return new Ask(
        storeId,
        merchantOrderNo,
        told,
        GoodsTotals.of(items, loadUnits),
        categories.longestCarrySeconds(items),
        tier == null ? PromiseTier.STANDARD : tier,
        expectedReadySeconds,
        promiseSeconds,
        deliverBetween);
  }
}

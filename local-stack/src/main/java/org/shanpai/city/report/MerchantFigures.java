package org.shanpai.city.report;

import java.util.Map;

/**
 * What the merchants of a run used of the platform, and how it kept its words to them.
 *
 * @param quotes prices asked for and told
 * @param ordersOnQuotes orders made of a quote
 * @param locksHonoured of these, those that had the quoted price and promise to their end
 * @param locksRunOut quotes that were too old when the order came
 * @param bulkyPurchases purchases that were more than one rider's load
 * @param linkedOrders orders that these became besides the one that leads (切箱)
 * @param preBooked orders for a window to come
 * @param tippedOrders orders with a tip
 * @param tips tips given or raised
 * @param cancelsPriced cancels whose price was asked for
 * @param cancelsAsked of these, those that were asked for at that price
 * @param doorsAsked other doors asked for, at a price told before
 * @param doorsApplied of these, those that the goods went to
 * @param doorsRefused of these, those that came too late
 * @param phonesChanged other phone numbers
 * @param nudges customers who asked where it stays (催单)
 * @param billsRight ended orders whose fee, tip, promise and bill are as said
 * @param wordsBroken what is not as said; any is a failure
 * @param webhooksTaken signed notices taken
 * @param webhooksRepeated notices that came again, and were known
 * @param webhooksTurnedAway notices answered with 503, to be sent again
 * @param webhooksNotBelieved notices without a good and fresh signature; any is a failure
 * @param endsUntold ended orders whose end no webhook told
 * @param lastWordsUntold ended orders of whose last change no webhook told
 * @param sandboxOrders lives asked for in the sandbox
 * @param sandboxEnded of these, those that were played to their end
 */
public record MerchantFigures(
    int quotes,
    int ordersOnQuotes,
    int locksHonoured,
    int locksRunOut,
    int bulkyPurchases,
    int linkedOrders,
    int preBooked,
    int tippedOrders,
    int tips,
    int cancelsPriced,
    int cancelsAsked,
    int doorsAsked,
    int doorsApplied,
    int doorsRefused,
    int phonesChanged,
    int nudges,
    int billsRight,
    int wordsBroken,
    int webhooksTaken,
    int webhooksRepeated,
    int webhooksTurnedAway,
    int webhooksNotBelieved,
    int endsUntold,
    int lastWordsUntold,
    int sandboxOrders,
    int sandboxEnded) {

  /** The figures as they stand. */
  public static MerchantFigures of(CityLog log, Agreements agreements) {
    Map<String, Integer> counts = log.figures().counts();
    Agreements.Kept kept = agreements.kept();
    return new MerchantFigures(
        of(counts, "quotes"),
        kept.onQuotes(),
        kept.locksHonoured(),
        of(counts, "price locks run out"),
        of(counts, "bulky purchases"),
        of(counts, "linked orders"),
        of(counts, "pre-booked orders"),
        kept.tipped(),
        of(counts, "tips"),
        of(counts, "cancels priced"),
        of(counts, "cancels asked"),
        of(counts, "doors asked"),
        kept.doorsApplied(),
        kept.doorsRefused(),
        of(counts, "phones changed"),
        of(counts, "nudges"),
        kept.right(),
        agreements.breaches().size(),
        of(counts, "webhooks taken"),
        of(counts, "webhooks repeated"),
        of(counts, "webhooks turned away"),
        of(counts, "webhooks not signed") + of(counts, "webhooks stale"),
        log.endsUntold().size(),
        agreements.untold().size(),
        of(counts, "sandbox orders"),
        of(counts, "sandbox orders ended"));
  }

  private static int of(Map<String, Integer> counts, String what) {
    return counts.getOrDefault(what, 0);
  }
}

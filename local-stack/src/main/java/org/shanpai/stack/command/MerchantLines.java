package org.shanpai.stack.command;

import java.util.List;
import org.shanpai.city.report.MerchantFigures;

/** What a run's merchants used and how they were kept word to, in lines for people. */
final class MerchantLines {

  private MerchantLines() {}

  static List<String> of(MerchantFigures m) {
    if (m == null) {
      return List.of();
    }
    return List.of(
        "quotes: %d, %d orders on them, %d price locks honoured, %d run out; %d bulky purchases became %d linked orders more; %d pre-booked"
            .formatted(
                m.quotes(),
                m.ordersOnQuotes(),
                m.locksHonoured(),
                m.locksRunOut(),
                m.bulkyPurchases(),
                m.linkedOrders(),
                m.preBooked()),
        "after the order: %d orders tipped (%d tips), %d cancels priced, %d asked; %d other doors asked, %d applied, %d too late; %d phones changed, %d nudges; %d bills right, %d words broken"
            .formatted(
                m.tippedOrders(),
                m.tips(),
                m.cancelsPriced(),
                m.cancelsAsked(),
                m.doorsAsked(),
                m.doorsApplied(),
                m.doorsRefused(),
                m.phonesChanged(),
                m.nudges(),
                m.billsRight(),
                m.wordsBroken()),
        "webhooks: %d taken, %d repeated, %d turned away, %d not believed, %d ends untold; sandbox: %d of %d lives played"
            .formatted(
                m.webhooksTaken(),
                m.webhooksRepeated(),
                m.webhooksTurnedAway(),
                m.webhooksNotBelieved(),
                m.endsUntold(),
                m.sandboxEnded(),
                m.sandboxOrders()));
  }
}

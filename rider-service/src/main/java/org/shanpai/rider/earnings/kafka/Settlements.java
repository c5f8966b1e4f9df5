package org.shanpai.rider.earnings.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.chassis.LogContext;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.Settlement;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;
import org.shanpai.rider.earnings.EarningsLedger;
import org.shanpai.rider.earnings.EarningsLine;

/** What campaigns and welfare owe becomes a line, once, however often it is told. */
@ApplicationScoped
class Settlements implements EventHandler<Settlement> {

  private final EarningsLedger ledger;

  Settlements(EarningsLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public EventType<Settlement> type() {
    return EventType.SETTLEMENT;
  }

  @Override
  public Uni<Void> on(Event<Settlement> event) {
    Settlement due = event.data();
    if (due.riderId() == null
        || due.kind() == null
        || due.subject() == null
        || due.businessDate() == null
        || due.at() == null) {
      throw new PoisonException("a settlement without rider, kind, subject or day");
    }
    LogContext.rider(due.riderId().value());
    EarningsLine line;
    try {
      line =
          new EarningsLine(
              due.riderId().value(),
              due.subject(),
              EarningsLine.Kind.valueOf(due.kind().name()),
              due.amount(),
              due.businessDate(),
              due.at());
    } catch (IllegalArgumentException unpayable) {
      throw new PoisonException(unpayable.getMessage(), unpayable);
    }
    return ledger.add(line);
  }
}

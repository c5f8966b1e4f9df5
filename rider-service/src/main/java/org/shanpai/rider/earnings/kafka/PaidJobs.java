package org.shanpai.rider.earnings.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.chassis.City;
import org.shanpai.chassis.LogContext;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;
import org.shanpai.rider.earnings.EarningsLedger;
import org.shanpai.rider.earnings.EarningsLine;

/** Every delivered job is paid with the base pay it was offered with. */
@ApplicationScoped
class PaidJobs implements EventHandler<JobState> {

  private final EarningsLedger ledger;
  private final City city;

  PaidJobs(EarningsLedger ledger, City city) {
    this.ledger = ledger;
    this.city = city;
  }

  @Override
  public EventType<JobState> type() {
    return EventType.JOB_STATE;
  }

  @Override
  public Uni<Void> on(Event<JobState> event) {
    JobState job = event.data();
    if (job.status() != JobStatus.DELIVERED) {
      return Uni.createFrom().voidItem();
    }
    LogContext.order(String.valueOf(job.orderId()));
    try {
      return ledger.add(EarningsLine.base(job, city));
    } catch (IllegalArgumentException unpayable) {
      throw new PoisonException(unpayable.getMessage(), unpayable);
    }
  }
}

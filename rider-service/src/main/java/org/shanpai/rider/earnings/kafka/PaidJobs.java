package org.shanpai.rider.earnings.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.chassis.LogContext;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.ExtraPay;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;
import org.shanpai.rider.earnings.EarningsLedger;
import org.shanpai.rider.earnings.EarningsLine;

/**
 * Every delivered job is paid with the pay it was offered with, its way apart, and all of its tip;
 * and whoever is owed something besides, gets it, however the job ended. Each once, however often
 * it is told.
 */
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
    LogContext.order(String.valueOf(job.orderId()));
    List<List<EarningsLine>> due = new ArrayList<>();
    try {
      if (EarningsLine.basePayIsDue(job)) {
        due.add(EarningsLine.promised(job, city));
      }
      for (ExtraPay extra : job.extraPays() == null ? List.<ExtraPay>of() : job.extraPays()) {
        due.add(List.of(EarningsLine.extra(job, extra, city, event.occurredAt())));
      }
    } catch (IllegalArgumentException unpayable) {
      throw new PoisonException(unpayable.getMessage(), unpayable);
    }
    // Accounts are locked one after the other: in the same order, whoever else pays.
    due.sort(Comparator.comparing(lines -> lines.get(0).riderId()));
    Uni<Void> paid = Uni.createFrom().voidItem();
    for (List<EarningsLine> lines : due) {
      paid = paid.chain(() -> ledger.addPromised(lines));
    }
    boolean tipped = job.status() == JobStatus.DELIVERED && job.tip() != null;
    return tipped ? paid.chain(() -> ledger.tip(job, city)) : paid;
  }
}

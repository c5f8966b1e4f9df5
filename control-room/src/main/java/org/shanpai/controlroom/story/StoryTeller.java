package org.shanpai.controlroom.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.messaging.Json;

/** Turns stored events into the lines of a story: what each one added to the one before. */
final class StoryTeller {

  private final List<StoryLine> lines = new ArrayList<>();
  private final List<DispatchReceipt> receipts = new ArrayList<>();
  private OrderState lastOrder;
  private JobState lastJob;

  /** Takes the events in the order they happened. */
  static StoryTeller of(List<StoryEvent> events) {
    StoryTeller teller = new StoryTeller();
    events.forEach(teller::take);
    return teller;
  }

  List<StoryLine> lines() {
    return lines;
  }

  List<DispatchReceipt> receipts() {
    return receipts;
  }

  private void take(StoryEvent event) {
    if (event.kind().equals(EventType.ORDER_STATE.text())) {
      order(event, Json.read(event.doc(), OrderState.class));
    } else if (event.kind().equals(EventType.JOB_STATE.text())) {
      job(event, Json.read(event.doc(), JobState.class));
    } else if (event.kind().equals(EventType.OFFER_STATE.text())) {
      offer(event, Json.read(event.doc(), OfferState.class));
    } else if (event.kind().equals(EventType.DISPATCH_RECEIPT.text())) {
      receipt(event, Json.read(event.doc(), DispatchReceipt.class));
    } else if (event.kind().equals(EventType.GEOFENCE_EVENT.text())) {
      seen(event, Json.read(event.doc(), GeofenceEvent.class));
    }
  }

  private void order(StoryEvent event, OrderState order) {
    OrderState before = lastOrder;
    lastOrder = order;
    if (before == null) {
      line(event, "ORDER_CREATED", false, null, null, null, order.merchantOrderNo());
      return;
    }
    boolean told = false;
    if (order.readyAt() != null && before.readyAt() == null) {
      told = line(event, "KITCHEN_READY", false, null, null, null, null);
    }
    if (order.readyAt() == null
        && !Objects.equals(order.expectedReadyAt(), before.expectedReadyAt())) {
      told =
          line(
              event,
              "KITCHEN_LATE",
              false,
              null,
              null,
              Fault.MERCHANT,
              text(order.expectedReadyAt()));
    }
    if (order.cancelRequestedAt() != null && before.cancelRequestedAt() == null) {
      told = line(event, "CANCEL_REQUESTED", false, null, order.cancelReason(), null, null);
    }
    if (order.returnReceivedAt() != null && before.returnReceivedAt() == null) {
      told = line(event, "RETURN_RECEIVED", false, null, null, null, null);
    }
    if (order.returnRequestedAt() != null && before.returnRequestedAt() == null) {
      told = line(event, "RETURN_REQUESTED", false, null, null, Fault.MERCHANT, null);
    }
    if (order.reportedVersion() != null
        && !Objects.equals(order.reportedVersion(), before.reportedVersion())) {
      told = line(event, "MERCHANT_REPORTED", false, null, order.reportedReason(), null, null);
    }
    if (!told) {
      line(event, "ORDER_" + order.status(), true, null, null, null, null);
    }
  }

  private void job(StoryEvent event, JobState job) {
    JobState before = lastJob;
    lastJob = job;
    boolean moved =
        before == null || before.status() != job.status() || before.epoch() != job.epoch();
    String what = moved ? "JOB_" + job.status() : "JOB_UPDATED";
    RiderId rider = job.riderId();
    if (rider == null && before != null) {
      rider = before.riderId();
    }
    boolean late = job.endedAt() != null && job.endedAt().isAfter(job.promise().end());
    if (moved && what.equals("JOB_DELIVERED") && late) {
      what = "JOB_DELIVERED_LATE";
    }
    boolean unclaimed = !moved && job.unclaimed() != null && job.unclaimed().equals(job.reason());
    if (unclaimed) {
      what = "JOB_UNCLAIMED";
    }
    line(
        event,
        what,
        !unclaimed && (!moved || what.equals("JOB_OFFERED")),
        rider,
        job.reason(),
        job.fault() == Fault.NONE ? null : job.fault(),
        null);
  }

  private void offer(StoryEvent event, OfferState offer) {
    line(
        event,
        "OFFER_" + offer.status(),
        offer.status() == OfferState.Status.ACCEPTED,
        offer.riderId(),
        offer.status() == OfferState.Status.OPEN ? null : offer.reason(),
        null,
        offer.status() == OfferState.Status.OPEN ? offer.why() : null);
  }

  private void receipt(StoryEvent event, DispatchReceipt receipt) {
    receipts.add(receipt);
    line(
        event,
        "DECISION_" + receipt.outcome(),
        false,
        receipt.chosen(),
        receipt.decidedBy(),
        null,
        null);
  }

  private void seen(StoryEvent event, GeofenceEvent seen) {
    lines.add(
        new StoryLine(
            event.eventId(),
            event.occurredAt(),
            event.recordedAt(),
            "SEEN_" + seen.kind(),
            false,
            seen.riderId(),
            null,
            null,
            event.actor(),
            null,
            new StoryLine.Sighting(seen.metres(), seen.readings(), seen.trust(), seen.learned())));
  }

  private boolean line(
      StoryEvent event,
      String what,
      boolean quiet,
      RiderId rider,
      String reason,
      Fault fault,
      String detail) {
    lines.add(
        new StoryLine(
            event.eventId(),
            event.occurredAt(),
            event.recordedAt(),
            what,
            quiet,
            rider,
            reason,
            fault,
            event.actor(),
            detail,
            null));
    return true;
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }
}

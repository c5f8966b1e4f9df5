package org.shanpai.dispatch.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.ExtraPay;
import org.shanpai.contracts.event.ExtraPay.Kind;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.Goods;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.dispatch.DispatchSettings;

/**
 * What riders get besides their pay: for a trip to a store in vain (空跑), a wait beyond what the
 * kitchen promised (等待), goods brought back (退回). Which of them a reason brings is the table of
 * exceptions' word; how much, the settings'. It never reads a score.
 */
@ApplicationScoped
public class ExtraPays {

  private final DispatchSettings settings;
  private final Delays delays;

  public ExtraPays(DispatchSettings settings, Delays delays) {
    this.settings = settings;
    this.delays = delays;
  }

  /**
   * The job's rider loses it before the pickup; to be called while they still have it.
   *
   * @param riderAt where they last were for certain since they took it; null when not known
   * @param whose a rider who gives it up gets nothing
   */
  public void lost(Job job, GeoPoint riderAt, String why, Fault whose, Instant now) {
    boolean hasIt = job.status() == JobStatus.ASSIGNED || job.status() == JobStatus.AT_STORE;
    if (!hasIt || whose == Fault.RIDER) {
      return;
    }
    Set<Kind> due =
        ExceptionReason.find(why)
            .map(row -> row.pay().extras())
            .orElse(
                whose == Fault.NONE
                    ? EnumSet.noneOf(Kind.class)
                    : EnumSet.of(Kind.WASTED_TRIP, Kind.WAIT));
    Duration patience = Duration.ofSeconds(settings.approachSeconds());
    if (due.contains(Kind.WASTED_TRIP)
        && job.hand().approached(job.pickup(), riderAt, settings.approachMetres(), patience, now)) {
      pay(job, Kind.WASTED_TRIP, settings.wastedTripFen());
    }
    Instant from = job.atStoreFrom();
    if (due.contains(Kind.WAIT) && from != null) {
      Instant promised = job.promisedReadyAt();
      from = promised != null && promised.isAfter(from) ? promised : from;
      pay(job, Kind.WAIT, wait(Duration.between(from, now), settings));
    }
  }

  /** The goods are aboard: what the kitchen kept the rider waiting beyond its promise. */
  public void pickedUp(Job job) {
    delays
        .kitchen(job)
        .ifPresent(
            delay ->
                pay(job, Kind.WAIT, wait(Duration.between(delay.start(), delay.end()), settings)));
  }

  /** The goods are back at the store. */
  public void broughtBack(Job job) {
    ExceptionReason row = job.decisions().exception();
    boolean due = row == null || row.pay().extras().contains(Kind.RETURN);
    if (job.riderId() != null
        && job.decisions().goods() == Goods.RETURN
        && job.fault() != Fault.RIDER
        && due) {
      pay(job, Kind.RETURN, settings.returnFen());
    }
  }

  /** Fen for a wait: nothing for the first span, then so much for each one that has begun. */
  static long wait(Duration waited, DispatchSettings settings) {
    long beyond = waited.toSeconds() - settings.waitSpanSeconds();
    if (beyond <= 0) {
      return 0;
    }
    long begun = (beyond + settings.waitSpanSeconds() - 1) / settings.waitSpanSeconds();
    return Math.min(settings.waitMostFen(), begun * settings.waitFen());
  }

  private static void pay(Job job, Kind kind, long fen) {
    job.decisions()
        .pay(new ExtraPay(new RiderId(job.riderId()), job.epoch(), kind, Money.ofFen(fen)));
  }
}

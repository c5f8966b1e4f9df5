package org.shanpai.controlroom.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.controlroom.city.JobView;
import org.shanpai.controlroom.city.RiderView;

/**
 * The figures of the present business date. Orders and jobs count on the date they were created.
 *
 * <p>P is the end of the promise told at creation, N the number of delivered orders.
 *
 * @param ordersByStatus every status is present
 * @param delivered N
 * @param onTimeShare 准时率: delivered no later than P ÷ N, no exemptions, 0–1; null while N = 0
 * @param minutesPerOrder 单均时长: mean of created → delivered, city minutes; null while N = 0
 * @param ordersPerRiderHour 人效: N ÷ online hours of all riders (pauses not taken out), to two
 *     decimals; null while nobody was online
 * @param unassigned jobs that no rider has accepted
 * @param inHand jobs accepted and not over
 * @param lateSoon unfinished, not yet late, and past {@code soonAt} of {@link JobView}
 * @param late unfinished and past P
 * @param exceptions waiting for an operator
 * @param ridersBusy online with at least one job
 * @param ridersSilent online, and not heard of for 3 city minutes
 * @param offersMissed expired without an answer
 */
@Schema(description = "Figures of the present business date")
public record Measures(
    Map<OrderStatus, Integer> ordersByStatus,
    int created,
    int delivered,
    int deliveredOnTime,
    int cancelled,
    @Schema(nullable = true, examples = "0.972") Double onTimeShare,
    @Schema(nullable = true, examples = "24.6") Double minutesPerOrder,
    @Schema(nullable = true, examples = "3.4") Double ordersPerRiderHour,
    int unassigned,
    int inHand,
    int lateSoon,
    int late,
    int exceptions,
    int ridersOnline,
    int ridersBusy,
    int ridersSilent,
    int offersOpen,
    int offersAccepted,
    int offersDeclined,
    int offersMissed,
    int offersWithdrawn) {

  /** A rider not heard of for that long, city time, is silent. */
  public static final Duration SILENT_AFTER = Duration.ofMinutes(3);

  /**
   * Works the figures out from the rows; nothing is carried over from one reckoning to the next.
   *
   * @param orders status of every order created on the date
   * @param jobs of that date, and every unfinished one whatever its date
   * @param createdAt when the job's order was created
   * @param today whether an instant falls on the date
   * @param riders all
   * @param offers made on the date
   * @param online time online of all riders since the date began
   * @param now city time
   */
  public static Measures of(
      Collection<OrderStatus> orders,
      Collection<JobView> jobs,
      Function<JobView, Instant> createdAt,
      Predicate<Instant> today,
      Collection<RiderView> riders,
      Collection<OfferState.Status> offers,
      Duration online,
      Instant now) {
    Map<OrderStatus, Integer> byStatus = new EnumMap<>(OrderStatus.class);
    for (OrderStatus status : OrderStatus.values()) {
      byStatus.put(status, 0);
    }
    orders.forEach(status -> byStatus.merge(status, 1, Integer::sum));

    int delivered = 0;
    int onTime = 0;
    long deliveredMillis = 0;
    int unassigned = 0;
    int inHand = 0;
    int soon = 0;
    int late = 0;
    int exceptions = 0;
    for (JobView job : jobs) {
      Instant created = createdAt.apply(job);
      if (job.status() == JobStatus.DELIVERED && today.test(created)) {
        delivered++;
        onTime += job.onTime() ? 1 : 0;
        deliveredMillis += Duration.between(created, job.endedAt()).toMillis();
      }
      if (job.status().terminal()) {
        continue;
      }
      if (job.status() == JobStatus.OPEN || job.status() == JobStatus.OFFERED) {
        unassigned++;
      } else if (job.status() == JobStatus.EXCEPTION) {
        exceptions++;
      } else {
        inHand++;
      }
      if (now.isAfter(job.dueAt())) {
        late++;
      } else if (!now.isBefore(job.soonAt())) {
        soon++;
      }
    }

    int ridersOnline = 0;
    int ridersBusy = 0;
    int ridersSilent = 0;
    for (RiderView rider : riders) {
      if (rider.doing() == RiderView.Doing.OFFLINE) {
        continue;
      }
      ridersOnline++;
      ridersBusy += rider.doing() == RiderView.Doing.IDLE ? 0 : 1;
      boolean heard = rider.placeAt() == null || !rider.placeAt().isBefore(now.minus(SILENT_AFTER));
      ridersSilent += heard ? 0 : 1;
    }

    Map<OfferState.Status, Integer> byOffer = new EnumMap<>(OfferState.Status.class);
    offers.forEach(status -> byOffer.merge(status, 1, Integer::sum));

    double hours = online.toMillis() / 3_600_000.0;
    return new Measures(
        byStatus,
        orders.size(),
        delivered,
        onTime,
        byStatus.get(OrderStatus.CANCELLED),
        delivered == 0 ? null : (double) onTime / delivered,
        delivered == 0 ? null : deliveredMillis / 60_000.0 / delivered,
        hours <= 0 ? null : Math.round(100 * delivered / hours) / 100.0,
        unassigned,
        inHand,
        soon,
        late,
        exceptions,
        ridersOnline,
        ridersBusy,
        ridersSilent,
        byOffer.getOrDefault(OfferState.Status.OPEN, 0),
        byOffer.getOrDefault(OfferState.Status.ACCEPTED, 0),
        byOffer.getOrDefault(OfferState.Status.DECLINED, 0),
        byOffer.getOrDefault(OfferState.Status.EXPIRED, 0),
        byOffer.getOrDefault(OfferState.Status.WITHDRAWN, 0));
  }
}

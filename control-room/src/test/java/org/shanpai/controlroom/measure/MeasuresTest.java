package org.shanpai.controlroom.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.controlroom.city.JobView;
import org.shanpai.controlroom.city.RiderView;
import org.shanpai.controlroom.city.Urgency;
import org.shanpai.controlroom.fixture.Jobs;

class MeasuresTest {

  private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");
  private static final Instant MIDNIGHT = Instant.parse("2026-11-19T16:00:00Z");

  private static JobView view(Jobs job) {
    return JobView.of(job.state(), Urgency.DEFAULT);
  }

  private static JobView delivered(int minutes) {
    return view(
        Jobs.job(JobStatus.DELIVERED)
            .created(NOON.minusSeconds(7200))
            .due(NOON.minusSeconds(7200).plusSeconds(1800))
            .ended(NOON.minusSeconds(7200).plusSeconds(minutes * 60L)));
  }

  private static Measures of(List<JobView> jobs, List<RiderView> riders, Duration online) {
    return Measures.of(
        List.of(OrderStatus.DELIVERED, OrderStatus.DELIVERED, OrderStatus.CANCELLED),
        jobs,
        JobView::createdAt,
        created -> !created.isBefore(MIDNIGHT),
        riders,
        List.of(
            OfferState.Status.ACCEPTED,
            OfferState.Status.ACCEPTED,
            OfferState.Status.DECLINED,
            OfferState.Status.EXPIRED),
        online,
        NOON);
  }

  private static RiderView rider(RiderView.Doing doing, Instant seen) {
    return new RiderView(
        RiderId.of("r-1"),
        "骑手 001",
        null,
        doing,
        8,
        0,
        List.of(),
        List.of(),
        null,
        null,
        seen == null ? null : new GeoPoint(31.2, 121.4),
        seen,
        null,
        null);
  }

  @Test
  void deliveredAtThePromisesEndIsOnTimeAndASecondLaterIsNot() {
    Measures measures =
        of(
            List.of(
                delivered(20),
                delivered(30),
                view(
                    Jobs.job(JobStatus.DELIVERED)
                        .created(NOON.minusSeconds(7200))
                        .due(NOON.minusSeconds(5400))
                        .ended(NOON.minusSeconds(5399)))),
            List.of(),
            Duration.ZERO);
    assertThat(measures.delivered()).isEqualTo(3);
    assertThat(measures.deliveredOnTime()).isEqualTo(2);
    assertThat(measures.onTimeShare()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(measures.minutesPerOrder()).isCloseTo((20 + 30 + 30 + 1 / 60.0) / 3, within(1e-6));
  }

  @Test
  void yesterdaysDeliveriesDoNotCountToday() {
    JobView yesterday =
        view(
            Jobs.job(JobStatus.DELIVERED)
                .created(MIDNIGHT.minusSeconds(60))
                .ended(MIDNIGHT.plusSeconds(900)));
    Measures measures = of(List.of(yesterday), List.of(), Duration.ZERO);
    assertThat(measures.delivered()).isZero();
    assertThat(measures.onTimeShare()).isNull();
    assertThat(measures.minutesPerOrder()).isNull();
    assertThat(measures.ordersPerRiderHour()).isNull();
  }

  @Test
  void unfinishedJobIsLateAfterItsPromiseAndSoonBefore() {
    Measures measures =
        of(
            List.of(
                view(Jobs.job(JobStatus.PICKED_UP).due(NOON.minusSeconds(1)).created(MIDNIGHT)),
                view(Jobs.job(JobStatus.PICKED_UP).due(NOON.plusSeconds(299)).created(MIDNIGHT)),
                view(Jobs.job(JobStatus.PICKED_UP).due(NOON.plusSeconds(301)).created(MIDNIGHT)),
                view(Jobs.job(JobStatus.OPEN).due(NOON.plusSeconds(899)).created(MIDNIGHT))),
            List.of(),
            Duration.ZERO);
    assertThat(measures.late()).isEqualTo(1);
    assertThat(measures.lateSoon()).isEqualTo(2);
    assertThat(measures.inHand()).isEqualTo(3);
    assertThat(measures.unassigned()).isEqualTo(1);
  }

  @Test
  void ordersPerRiderHourDividesByTimeOnline() {
    assertThat(
            of(List.of(delivered(20), delivered(25)), List.of(), Duration.ofMinutes(30))
                .ordersPerRiderHour())
        .isEqualTo(4.0);
  }

  @Test
  void riderNotHeardOfForThreeMinutesIsSilent() {
    Measures measures =
        of(
            List.of(),
            List.of(
                rider(RiderView.Doing.IDLE, NOON.minusSeconds(180)),
                rider(RiderView.Doing.CARRYING, NOON.minusSeconds(181)),
                rider(RiderView.Doing.TO_STORE, null),
                rider(RiderView.Doing.OFFLINE, NOON.minusSeconds(9999))),
            Duration.ZERO);
    assertThat(measures.ridersOnline()).isEqualTo(3);
    assertThat(measures.ridersBusy()).isEqualTo(2);
    assertThat(measures.ridersSilent()).isEqualTo(1);
  }

  @Test
  void everyOfferAndOrderIsCountedUnderItsStatus() {
    Measures measures = of(List.of(), List.of(), Duration.ZERO);
    assertThat(measures.offersAccepted()).isEqualTo(2);
    assertThat(measures.offersDeclined()).isEqualTo(1);
    assertThat(measures.offersMissed()).isEqualTo(1);
    assertThat(measures.created()).isEqualTo(3);
    assertThat(measures.cancelled()).isEqualTo(1);
    assertThat(measures.ordersByStatus()).containsEntry(OrderStatus.EXCEPTION, 0);
  }
}

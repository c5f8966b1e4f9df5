package org.shanpai.controlroom.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.RouteStop;

class RiderViewTest {

  private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");

  private static RiderWorkState work(
      boolean online, List<JobStatus> held, RouteStop.Kind nextStop) {
    List<RiderWorkState.HeldJob> jobs = new java.util.ArrayList<>();
    for (int i = 0; i < held.size(); i++) {
      jobs.add(new RiderWorkState.HeldJob(JobId.of("j-" + i), 1, held.get(i)));
    }
    List<RouteStop> route =
        nextStop == null
            ? List.of()
            : List.of(
                new RouteStop(JobId.of("j-0"), nextStop, new GeoPoint(31.2, 121.4), NOON, NOON));
    return new RiderWorkState(
        RiderId.of("r-1"), CityId.of("city-1"), 1, online, 8, held.size(), jobs, route, NOON, null);
  }

  private static RiderView.Doing doing(RiderWorkState work) {
    return RiderView.doing(work, job -> null);
  }

  @Test
  void onlineRiderWithoutWorkIsIdle() {
    assertThat(doing(work(true, List.of(), null))).isEqualTo(RiderView.Doing.IDLE);
    assertThat(doing(work(false, List.of(), null))).isEqualTo(RiderView.Doing.OFFLINE);
    assertThat(doing(null)).isEqualTo(RiderView.Doing.OFFLINE);
  }

  @Test
  void offlineRiderWithGoodsAboardIsStillShown() {
    assertThat(doing(work(false, List.of(JobStatus.PICKED_UP), RouteStop.Kind.DROPOFF)))
        .isEqualTo(RiderView.Doing.CARRYING);
  }

  @Test
  void nextStopTellsWhatARiderIsDoing() {
    assertThat(
            doing(
                work(
                    true, List.of(JobStatus.PICKED_UP, JobStatus.ASSIGNED), RouteStop.Kind.PICKUP)))
        .isEqualTo(RiderView.Doing.TO_STORE);
    assertThat(
            doing(
                work(
                    true,
                    List.of(JobStatus.PICKED_UP, JobStatus.ASSIGNED),
                    RouteStop.Kind.DROPOFF)))
        .isEqualTo(RiderView.Doing.CARRYING);
  }

  @Test
  void standingInAShopBeatsTheRoute() {
    assertThat(
            doing(
                work(
                    true,
                    List.of(JobStatus.PICKED_UP, JobStatus.AT_STORE),
                    RouteStop.Kind.DROPOFF)))
        .isEqualTo(RiderView.Doing.WAITING);
  }

  @Test
  void newerJobStatusOverrulesTheOneInsideTheWork() {
    RiderWorkState work = work(true, List.of(JobStatus.ASSIGNED), null);
    assertThat(RiderView.doing(work, job -> JobStatus.AT_STORE)).isEqualTo(RiderView.Doing.WAITING);
    assertThat(RiderView.doing(work, job -> JobStatus.PICKED_UP))
        .isEqualTo(RiderView.Doing.CARRYING);
    assertThat(RiderView.doing(work, job -> null)).isEqualTo(RiderView.Doing.TO_STORE);
  }
}

package org.shanpai.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.RouteStop;
import org.shanpai.dispatch.lease.Lease;
import org.shanpai.dispatch.offer.LostRace;
import org.shanpai.dispatch.offer.OfferDraft;
import org.shanpai.dispatch.work.PlannedStop;
import org.shanpai.dispatch.work.Route;

/** Several jobs in one offer: all of them or none. */
@QuarkusTest
class BundleIT extends LiveDispatch {

  @Test
  void bundleIsAcceptedWhole() {
    String rider = onlineRider();
    List<String> jobs = openJobs(2);
    OfferDraft draft = bundle(rider, jobs);
    Lease lease = lease();
    String offer = tx.await(() -> offering.make(draft, lease));
    accept(rider, offer)
        .statusCode(200)
        .body("work.jobs", hasSize(2))
        .body("work.route", hasSize(4));
    assertThat(jobs).allSatisfy(job -> assertThat(status(job)).isEqualTo("ASSIGNED"));
    assertThat(count("select load_units from rider_work where rider_id = ?", rider)).isEqualTo(4);
  }

  @Test
  void bundleThatLostOneJobIsNotOfferedAtAll() {
    String rider = onlineRider();
    String faster = onlineRider();
    List<String> jobs = openJobs(2);
    Lease lease = lease();
    OfferDraft draft = bundle(rider, jobs);
    OfferDraft single = bundle(faster, jobs.subList(1, 2));
    tx.await(() -> offering.make(single, lease));
    assertThatThrownBy(() -> tx.await(() -> offering.make(draft, lease)))
        .isInstanceOf(LostRace.class);
    assertThat(status(jobs.get(0))).isEqualTo("OPEN");
    assertThat(text("select rider_id from job where id = ?", jobs.get(1))).isEqualTo(faster);
    assertThat(count("select count(*) from offer where rider_id = ?", rider)).isZero();
  }

  @Test
  void cancelOfOneJobOpensTheOthersAndBlamesNobody() {
    String rider = onlineRider();
    String id = unique();
    OrderState order = order(id);
    send(order);
    eventually(() -> assertThat(status("j-" + id)).isEqualTo("OPEN"));
    String other = openJob();
    List<String> jobs = List.of("j-" + id, other);
    OfferDraft draft = bundle(rider, jobs);
    Lease lease = lease();
    String offer = tx.await(() -> offering.make(draft, lease));
    send(changed(order, Map.of("cancelRequestedAt", clock.now().toString())));
    eventually(() -> assertThat(status("j-" + id)).isEqualTo("CANCELLED"));
    assertThat(text("select status from offer where id = ?", offer)).isEqualTo("WITHDRAWN");
    assertThat(text("select status || declines from job where id = ?", other)).isEqualTo("OPEN0");
    assertThat(count("select count(*) from declined where job_id = ?", other)).isZero();
    assertThat(text("select rider_id from offer where id = ?", offerOf(other))).isEqualTo(rider);
  }

  @Test
  void laterBundleMovesTheDeadlineOfAJobInHandLaterOnly() {
    String rider = onlineRider();
    String first = assignedJob(rider);
    Instant before = deadline(first);
    String second = openJob();
    // A plan that brings the first job forty minutes later than promised.
    Route route = Route.EMPTY;
    Instant now = clock.now();
    for (String visit :
        List.of(second + " PICKUP", second + " DROPOFF", first + " PICKUP", first + " DROPOFF")) {
      String[] parts = visit.split(" ");
      route =
          route.then(
              new PlannedStop(
                  parts[0],
                  RouteStop.Kind.valueOf(parts[1]),
                  STORE,
                  1000,
                  60,
                  null,
                  now,
                  now,
                  now,
                  false),
              now);
    }
    OfferDraft plain = draft(second, rider);
    OfferDraft draft =
        new OfferDraft(
            plain.waveId(),
            plain.areaId(),
            rider,
            plain.workVersion(),
            plain.jobs(),
            route,
            plain.rules(),
            "test",
            List.of());
    Lease lease = lease();
    String offer = tx.await(() -> offering.make(draft, lease));
    accept(rider, offer).statusCode(200);
    assertThat(deadline(first)).isAfter(before.plusSeconds(600));
    assertThat(told(first)).last().isEqualTo("ASSIGNED/ROUTE_CHANGED");
    assertThat(deadline(second)).isAfterOrEqualTo(before);
  }

  private Instant deadline(String job) {
    return Instant.parse(
        text(
            "select cast(payload as jsonb) #>> '{data,riderDeadline}' from outbox"
                + " where topic = 'shanpai.job' and key = ? order by seq desc limit 1",
            job));
  }

  private OfferDraft bundle(String rider, List<String> jobs) {
    Route route = Route.EMPTY;
    Instant now = clock.now();
    for (RouteStop.Kind kind : List.of(RouteStop.Kind.PICKUP, RouteStop.Kind.DROPOFF)) {
      for (String job : jobs) {
        route =
            route.then(new PlannedStop(job, kind, STORE, 60, 60, null, now, now, now, false), now);
      }
    }
    OfferDraft first = draft(jobs.get(0), rider);
    return new OfferDraft(
        first.waveId(),
        area,
        rider,
        first.workVersion(),
        jobs.stream().flatMap(job -> draft(job, rider).jobs().stream()).toList(),
        route,
        first.rules(),
        "test",
        List.of());
  }
}

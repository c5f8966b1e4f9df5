package org.shanpai.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.RouteStop;
import org.shanpai.dispatch.geo.Geo;
import org.shanpai.dispatch.lease.Lease;
import org.shanpai.dispatch.lease.StaleLease;
import org.shanpai.dispatch.offer.LostRace;
import org.shanpai.dispatch.offer.OfferDraft;
import org.shanpai.dispatch.offer.OfferExpiry;
import org.shanpai.dispatch.work.PlannedStop;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.dispatch.work.Route;

/** A job is never with two riders, whoever runs at once and whatever breaks in between. */
@QuarkusTest
class RaceIT extends LiveDispatch {

  private static final int RACES = 50;

  @Inject OfferExpiry expiry;
  @Inject RiderWorks works;

  @Test
  void oneJobIsWonByExactlyOneOfTwoWavesAndOneOfTwoAccepts() throws Exception {
    String[] riders = {onlineRider(), onlineRider()};
    Lease lease = lease();
    List<String> jobs = openJobs(RACES);
    for (int race = 0; race < RACES; race++) {
      String job = jobs.get(race);
      List<OfferDraft> drafts = List.of(draft(job, riders[0]), draft(job, riders[1]));
      List<String> offers =
          atOnce(
              drafts.stream()
                  .<Callable<String>>map(
                      d -> () -> orLost(() -> tx.await(() -> offering.make(d, lease))))
                  .toList());
      assertThat(offers).as("race %d", race).containsOnlyOnce("lost");
      String winner = text("select rider_id from job where id = ?", job);
      String offer = text("select offer_id from job where id = ?", job);
      assertThat(offers).contains(offer);
      assertThat(count("select count(*) from offer_job where job_id = ?", job)).isOne();

      String other = winner.equals(riders[0]) ? riders[1] : riders[0];
      List<Integer> answers =
          atOnce(
              List.of(
                  () -> accept(winner, offer).extract().statusCode(),
                  () -> accept(winner, offer).extract().statusCode(),
                  () -> accept(other, offer).extract().statusCode()));
      assertThat(answers).as("race %d", race).containsExactly(200, 200, 404);
      assertThat(texts("select rider_id from assignment where job_id = ?", job))
          .containsExactly(winner);
      assertThat(told(job))
          .containsExactly("OPEN/ORDER_CREATED", "OFFERED/OFFERED", "ASSIGNED/ACCEPTED");
      finish(winner, job);
    }
  }

  @Test
  void acceptAndExpiryOfOneOfferNeverBothWin() throws Exception {
    String rider = onlineRider();
    Lease lease = lease();
    List<String> jobs = openJobs(RACES);
    for (int race = 0; race < RACES; race++) {
      String job = jobs.get(race);
      String offer = tx.await(() -> offering.make(draftUnpaused(job, rider), lease));
      // Due in a moment: some races the rider wins, some the sweeper.
      run(
          "update offer set expires_at = ? where id = ?",
          java.time.OffsetDateTime.ofInstant(
              clock.now().plusMillis(3 + race % 7), java.time.ZoneOffset.UTC),
          offer);
      List<Integer> answers =
          atOnce(
              List.of(
                  () -> accept(rider, offer).extract().statusCode(),
                  () -> {
                    int expired = 0;
                    for (int i = 0; i < 5; i++) {
                      expired += tx.await(expiry::sweep);
                    }
                    return expired;
                  }));
      boolean accepted = answers.get(0) == 200;
      if (!accepted) {
        tx.await(expiry::sweep);
      }
      assertThat(text("select status from offer where id = ?", offer))
          .isEqualTo(accepted ? "ACCEPTED" : "EXPIRED");
      assertThat(status(job)).isEqualTo(accepted ? "ASSIGNED" : "OPEN");
      assertThat(count("select count(*) from assignment where job_id = ?", job))
          .isEqualTo(accepted ? 1 : 0);
      if (accepted) {
        finish(rider, job);
      } else {
        run("update job set status = 'CANCELLED', version = version + 1 where id = ?", job);
      }
    }
  }

  @Test
  void cancelAndPickupNeverBothWin() throws Exception {
    String rider = onlineRider();
    int cancelled = 0;
    for (int race = 0; race < 12; race++) {
      String id = unique();
      var order = order(id);
      send(order);
      String job = "j-" + id;
      eventually(() -> assertThat(status(job)).isEqualTo("OPEN"));
      accept(rider, offerOf(job)).statusCode(200);
      long epoch = epoch(job);
      step(rider, job, epoch, "ARRIVED_STORE").statusCode(200);
      send(changed(order, Map.of("cancelRequestedAt", clock.now().toString())));
      Thread.sleep(race * 4L);
      int pickup = step(rider, job, epoch, "PICKED_UP").extract().statusCode();
      eventually(
          () -> assertThat(text("select cancel_asked from job where id = ?", job)).isEqualTo("t"));
      if (pickup == 200) {
        assertThat(status(job)).isEqualTo("PICKED_UP");
        assertThat(text("select cancel_refused from job where id = ?", job)).isEqualTo("t");
        step(rider, job, epoch, "ARRIVED_CUSTOMER").statusCode(200);
        step(rider, job, epoch, "DELIVERED").statusCode(200);
      } else {
        cancelled++;
        assertThat(pickup).isEqualTo(409);
        assertThat(status(job)).isEqualTo("CANCELLED");
        assertThat(
                count("select count(*) from assignment where job_id = ? and ended_at is null", job))
            .isZero();
      }
      assertThat(text("select route from rider_work where rider_id = ?", rider)).isEqualTo("[]");
    }
    assertThat(cancelled).as("races won by the cancel").isPositive();
  }

  @Test
  void databaseRefusesASecondLiveAssignmentWhenAllElseIsBypassed() {
    String rider = onlineRider();
    String job = assignedJob(rider);
    assertThatThrownBy(
            () ->
                tryRun(
                    "insert into assignment (job_id, epoch, rider_id, offer_id, accepted_at)"
                        + " values (?, 99, 'r-intruder', 'f-none', now())",
                    job))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("assignment_one_live");
  }

  @Test
  void failureAfterTheCompareAndSetLeavesNothing() {
    String rider = onlineRider();
    String job = openJob();
    OfferDraft draft = draft(job, rider);
    Lease lease = lease();
    assertThatThrownBy(
            () ->
                tx.await(
                    () ->
                        tx.write(
                            () ->
                                offering
                                    .make(draft, lease)
                                    .invoke(
                                        offer -> {
                                          throw new IllegalStateException("pulled the plug");
                                        }))))
        .hasMessageContaining("pulled the plug");
    assertThat(status(job)).isEqualTo("OPEN");
    assertThat(epoch(job)).isZero();
    assertThat(count("select count(*) from offer where rider_id = ?", rider)).isZero();
    assertThat(count("select count(*) from offer_job where job_id = ?", job)).isZero();
    assertThat(text("select open_offer_id from rider_work where rider_id = ?", rider)).isNull();
    assertThat(told(job)).containsExactly("OPEN/ORDER_CREATED");
    assertThat(
            count(
                "select count(*) from outbox where topic = 'shanpai.offer' and payload like ?",
                "%" + rider + "%"))
        .isZero();
  }

  @Test
  void staleFenceCommitsNothing() {
    String rider = onlineRider();
    String job = openJob();
    Lease old = lease();
    run("update area_lease set expires_at = now() - interval '1 second' where area_id = ?", area);
    Lease taken = tx.await(() -> leases.acquire(area, "another")).orElseThrow();
    assertThat(taken.fence()).isEqualTo(old.fence() + 1);

    OfferDraft draft = draft(job, rider);
    assertThatThrownBy(() -> tx.await(() -> offering.make(draft, old)))
        .isInstanceOf(StaleLease.class);
    assertThatThrownBy(() -> tx.await(() -> round.run(old, 0))).isInstanceOf(StaleLease.class);
    assertThat(status(job)).isEqualTo("OPEN");
    assertThat(count("select count(*) from offer where rider_id = ?", rider)).isZero();
    assertThat(count("select count(*) from receipt where job_id = ?", job)).isZero();

    tx.await(() -> offering.make(draft, taken));
    assertThat(status(job)).isEqualTo("OFFERED");
  }

  @Test
  void leaseIsOnePartysUntilItRunsOut() {
    Lease mine = lease();
    assertThat(tx.await(() -> leases.acquire(area, "another"))).isEmpty();
    assertThat(lease()).as("renewing keeps the fence").isEqualTo(mine);
    tx.await(() -> leases.release(mine));
    assertThat(tx.await(() -> leases.acquire(area, "another")).orElseThrow().fence())
        .isEqualTo(mine.fence() + 1);
  }

  @Test
  void pingsAndWavesOfTheSameRidersNeverWaitForEachOther() throws Exception {
    onlineRider();
    onlineRider();
    List<String> byId =
        texts("select rider_id from rider_work where online order by rider_id").subList(0, 2);
    Instant now = clock.now().plusSeconds(5);
    List<Geo.Seen> pings =
        List.of(
            new Geo.Seen(byId.get(1), STORE, now, 90, 50),
            new Geo.Seen(byId.get(0), STORE, now, 90, 50));
    try (Connection wave = database.getConnection()) {
      wave.setAutoCommit(false);
      locked(wave, byId.get(0));
      ExecutorService threads = Executors.newSingleThreadExecutor();
      Future<?> noting =
          threads.submit(() -> tx.await(() -> tx.write(() -> works.seen(pings, 20))));
      threads.shutdown();
      eventually(
          () ->
              assertThat(
                      count(
                          "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                              + " and datname = current_database()"))
                  .isPositive());
      // Whoever noted the second rider first would hold it now, and wait for the first.
      locked(wave, byId.get(1));
      wave.commit();
      noting.get();
    }
    assertThat(
            count(
                "select count(*) from rider_work where rider_id in (?, ?) and last_seen_at >= ?",
                byId.get(0),
                byId.get(1),
                now.atOffset(java.time.ZoneOffset.UTC)))
        .isEqualTo(2);
  }

  private static void locked(Connection connection, String rider) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select 1 from rider_work where rider_id = ? for update")) {
      lock.setString(1, rider);
      lock.execute();
    }
  }

  @Test
  void acceptWaitsForWhoeverChangesAJobInHand() throws Exception {
    String rider = onlineRider();
    String first = assignedJob(rider);
    String second = openJob();
    OfferDraft plain = draft(second, rider);
    Route route = Route.EMPTY;
    Instant now = clock.now();
    for (String visit :
        List.of(second + " PICKUP", second + " DROPOFF", first + " PICKUP", first + " DROPOFF")) {
      String[] parts = visit.split(" ");
      RouteStop.Kind kind = RouteStop.Kind.valueOf(parts[1]);
      route =
          route.then(
              new PlannedStop(parts[0], kind, STORE, 1000, 60, null, now, now, now, false), now);
    }
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
    try (Connection fence = database.getConnection();
        PreparedStatement seen =
            fence.prepareStatement(
                "update job set seen_at_store_at = now(), version = version + 1 where id = ?")) {
      fence.setAutoCommit(false);
      seen.setString(1, first);
      seen.executeUpdate();
      ExecutorService threads = Executors.newSingleThreadExecutor();
      Future<Integer> answer = threads.submit(() -> accept(rider, offer).extract().statusCode());
      threads.shutdown();
      Thread.sleep(700);
      fence.commit();
      assertThat(answer.get()).isEqualTo(200);
    }
    assertThat(text("select seen_at_store_at is not null from job where id = ?", first))
        .isEqualTo("t");
    assertThat(told(first)).last().isEqualTo("ASSIGNED/ROUTE_CHANGED");
  }

  @Test
  void riderWithAnOpenOfferGetsNoSecondOne() {
    String rider = onlineRider();
    String first = openJob();
    String second = openJob();
    Lease lease = lease();
    tx.await(() -> offering.make(draft(first, rider), lease));
    assertThatThrownBy(() -> tx.await(() -> offering.make(draft(second, rider), lease)))
        .isInstanceOf(LostRace.class);
    assertThat(status(second)).isEqualTo("OPEN");
  }

  private OfferDraft draftUnpaused(String job, String rider) {
    run(
        "update rider_work set paused_until = null, unanswered = 0, version = version + 1"
            + " where rider_id = ?",
        rider);
    return draft(job, rider);
  }

  private void finish(String rider, String job) {
    long epoch = epoch(job);
    for (String step : List.of("ARRIVED_STORE", "PICKED_UP", "ARRIVED_CUSTOMER", "DELIVERED")) {
      step(rider, job, epoch, step).statusCode(200);
    }
  }

  private static String orLost(Callable<String> work) throws Exception {
    try {
      return work.call();
    } catch (LostRace lost) {
      return "lost";
    }
  }

  private static <T> List<T> atOnce(List<Callable<T>> works) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(works.size());
    try {
      CyclicBarrier start = new CyclicBarrier(works.size());
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> work : works) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return work.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : running) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}

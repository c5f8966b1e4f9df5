package org.shanpai.controlroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.controlroom.fixture.Jobs;
import org.shanpai.controlroom.fixture.Journey;
import org.shanpai.controlroom.fixture.RushHour;
import org.shanpai.messaging.Json;

class StoryTest {

  private static final Instant T0 = Instant.parse("2026-11-20T04:00:00Z");

  private static Instant at(int seconds) {
    return T0.plusSeconds(seconds);
  }

  private static Jobs delivered() {
    return Jobs.job(JobStatus.DELIVERED)
        .created(T0)
        .accepted(at(90))
        .atStore(at(400))
        .ready(at(700))
        .pickedUp(at(740))
        .atCustomer(at(1200))
        .ended(at(1300));
  }

  @Test
  void fiveLegsAddUpToTheWholeDelivery() {
    List<Leg> legs = Leg.of(T0, delivered().state());
    assertThat(legs).extracting(Leg::kind).containsExactly(Leg.Kind.values());
    assertThat(legs).extracting(Leg::seconds).containsExactly(90L, 310L, 340L, 460L, 100L);
    assertThat(legs.stream().mapToLong(Leg::seconds).sum()).isEqualTo(1300);
  }

  @Test
  void legUnderWayIsOpenAndLaterOnesHaveNotBegun() {
    JobState riding =
        Jobs.job(JobStatus.ASSIGNED).created(T0).accepted(at(60)).rider("r-1").state();
    assertThat(Leg.of(T0, riding))
        .containsExactly(
            new Leg(Leg.Kind.ACCEPT, T0, at(60), 60L),
            new Leg(Leg.Kind.ARRIVE_STORE, at(60), null, null));
  }

  @Test
  void cancelledJobEndsItsLastLeg() {
    JobState cancelled = Jobs.job(JobStatus.CANCELLED).created(T0).ended(at(200)).state();
    assertThat(Leg.of(T0, cancelled)).containsExactly(new Leg(Leg.Kind.ACCEPT, T0, at(200), 200L));
  }

  @Test
  void riderWaitsForAKitchenThatIsReadyAfterArrival() {
    assertThat(Wait.of(T0, delivered().state()))
        .containsExactly(
            new Wait(Wait.Party.ORDER, Wait.Party.DISPATCH, 90),
            new Wait(Wait.Party.RIDER, Wait.Party.STORE, 300),
            new Wait(Wait.Party.RIDER, Wait.Party.CUSTOMER, 100));
  }

  @Test
  void goodsWaitForARiderWhoArrivesAfterTheyAreReady() {
    assertThat(Wait.of(T0, delivered().ready(at(250)).state()))
        .contains(new Wait(Wait.Party.GOODS, Wait.Party.RIDER, 150))
        .noneMatch(wait -> wait.forWhom() == Wait.Party.STORE);
  }

  @Test
  void kitchenThatNeverSaidReadyAnswersForTheWholeWait() {
    assertThat(Wait.of(T0, delivered().ready(null).state()))
        .contains(new Wait(Wait.Party.RIDER, Wait.Party.STORE, 340));
  }

  @Test
  void linesTellWhatEachEventAddedAndEchoesAreQuiet() {
    Journey journey =
        new RushHour(3, T0.plusSeconds(4000), 10, 1, 0)
            .journeys()
            .get(0)
            .legs(RushHour.rider(1), 90, 200, 500, 300, 60);
    List<StoryEvent> events =
        journey.until(journey.delivered.plusSeconds(1)).stream()
            .map(
                told ->
                    new StoryEvent(
                        "e",
                        told.type().text(),
                        told.at(),
                        told.at(),
                        null,
                        Json.write(told.data())))
            .toList();
    StoryTeller teller = StoryTeller.of(events);
    assertThat(teller.lines()).hasSameSizeAs(events);
    assertThat(teller.lines())
        .filteredOn(line -> !line.quiet())
        .extracting(StoryLine::what)
        .containsSubsequence(
            "ORDER_CREATED",
            "JOB_OPEN",
            "DECISION_OFFER",
            "OFFER_OPEN",
            "JOB_ASSIGNED",
            "JOB_AT_STORE",
            "KITCHEN_READY",
            "JOB_PICKED_UP",
            "JOB_AT_CUSTOMER",
            "JOB_DELIVERED");
    assertThat(teller.receipts()).isNotEmpty();
  }

  @Test
  void whatAMerchantReportsAndCallsBackAreLinesOfTheirOwn() {
    Journey journey =
        new RushHour(3, T0.plusSeconds(4000), 10, 1, 0)
            .journeys()
            .get(0)
            .legs(RushHour.rider(1), 90, 200, 500, 300, 60);
    ObjectNode order =
        journey.until(journey.delivered).stream()
            .filter(told -> told.data() instanceof OrderState)
            .findFirst()
            .map(told -> (ObjectNode) Json.mapper().valueToTree(told.data()))
            .orElseThrow();
    List<StoryEvent> events = new ArrayList<>();
    events.add(told(order, at(0)));
    events.add(told(order.put("reportedReason", "SOLD_OUT").put("reportedVersion", 2), at(10)));
    events.add(told(order, at(20)));
    events.add(told(order.put("returnRequestedAt", at(30).toString()), at(30)));
    assertThat(StoryTeller.of(events).lines())
        .extracting(line -> line.what() + "/" + line.reason() + "/" + line.quiet())
        .containsExactly(
            "ORDER_CREATED/null/false",
            "MERCHANT_REPORTED/SOLD_OUT/false",
            "ORDER_" + order.get("status").asText() + "/null/true",
            "RETURN_REQUESTED/null/false");
  }

  private static StoryEvent told(ObjectNode order, Instant at) {
    return new StoryEvent("e", "order.state.v1", at, at, null, order.toString());
  }

  @Test
  void whereARiderWasSeenIsToldWithItsEvidenceAtTheTimeItWasSeen() {
    GeofenceEvent seen =
        new GeofenceEvent(
            JobId.of("j-1"),
            RiderId.of("r-1"),
            CityId.of("city-1"),
            AreaId.of("a-1"),
            StoreId.of("s-1"),
            2,
            GeofenceEvent.Kind.AT_CUSTOMER,
            at(600),
            new GeoPoint(31.2, 121.4),
            18,
            3,
            96,
            false);
    StoryTeller teller =
        StoryTeller.of(
            List.of(
                new StoryEvent("e", "geofence.event.v1", at(600), at(9), null, Json.write(seen))));
    assertThat(teller.lines())
        .containsExactly(
            new StoryLine(
                "e",
                at(600),
                at(9),
                "SEEN_AT_CUSTOMER",
                false,
                RiderId.of("r-1"),
                null,
                null,
                null,
                null,
                new StoryLine.Sighting(18, 3, 96, false)));
  }
}

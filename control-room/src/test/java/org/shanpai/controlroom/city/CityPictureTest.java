package org.shanpai.controlroom.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.City;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.RiderPosition;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.controlroom.fixture.Jobs;

class CityPictureTest {

  private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");
  private static final RiderId RIDER = RiderId.of("r-1");

  private final CityClock clock =
      new CityClock(
          WallClock.system(),
          new CityClock.Anchor(WallClock.system().millis(), NOON.toEpochMilli(), 1));
  private final CityPicture picture =
      new CityPicture(new City(CityId.of("city-1"), ZoneId.of("Asia/Shanghai")), clock);

  private static RiderPosition at(int seconds, double lat) {
    return new RiderPosition(
        RIDER, CityId.of("city-1"), new GeoPoint(lat, 121.4), NOON.plusSeconds(seconds));
  }

  private static RiderWorkState online(long version) {
    return new RiderWorkState(
        RIDER, CityId.of("city-1"), version, true, 8, 0, List.of(), List.of(), NOON, null);
  }

  @Test
  void olderStateChangesNothing() {
    picture.job("e-2", NOON, Jobs.job(JobStatus.ASSIGNED).version(2).rider("r-1").state());
    picture.job("e-1", NOON, Jobs.job(JobStatus.OPEN).version(1).state());
    assertThat(picture.liveJobs())
        .singleElement()
        .satisfies(job -> assertThat(job.status()).isEqualTo(JobStatus.ASSIGNED));
  }

  private static ZoneState zone(long version, boolean removed) {
    return new ZoneState(
        "z-1",
        CityId.of("city-1"),
        version,
        ZoneState.Kind.NO_GO,
        "Park",
        List.of(),
        null,
        null,
        removed);
  }

  @Test
  void aZoneIsToldOnceAndOneTakenAwayDoesNotComeBack() {
    picture.zone(zone(1, false));
    assertThat(picture.changes(false).orElseThrow().zones()).containsExactly(zone(1, false));
    assertThat(picture.zones()).containsExactly(zone(1, false));
    picture.zone(zone(2, true));
    picture.zone(zone(1, false));
    assertThat(picture.changes(false).orElseThrow().zones()).containsExactly(zone(2, true));
    assertThat(picture.zones()).isEmpty();
    assertThat(picture.changes(false)).isEmpty();
  }

  @Test
  void ofManySightingsTheNewestAreKept() {
    for (int i = 0; i < 200; i++) {
      picture.seen(
          "e-" + i,
          new GeofenceEvent(
              JobId.of("j-" + i),
              RIDER,
              CityId.of("city-1"),
              AreaId.of("a-1"),
              StoreId.of("s-1"),
              2,
              GeofenceEvent.Kind.AT_STORE,
              NOON.plusSeconds(i),
              new GeoPoint(31.2, 121.4),
              20,
              3,
              90,
              false));
    }
    assertThat(picture.seen()).hasSize(CityPicture.SEEN_KEPT);
    assertThat(picture.seen().get(CityPicture.SEEN_KEPT - 1).eventId()).isEqualTo("e-199");
    assertThat(picture.changes(false).orElseThrow().seen()).hasSize(CityPicture.SEEN_KEPT);
    assertThat(picture.changes(false)).isEmpty();
  }

  @Test
  void everyChangeIsToldOnceAndWhole() {
    picture.job("e-1", NOON, Jobs.job(JobStatus.OPEN).state());
    picture.job("e-2", NOON, Jobs.job(JobStatus.ASSIGNED).version(2).rider("r-1").state());
    Delta first = picture.changes(false).orElseThrow();
    assertThat(first.jobs())
        .singleElement()
        .satisfies(job -> assertThat(job.version()).isEqualTo(2));
    assertThat(picture.changes(false)).isEmpty();
  }

  @Test
  void movedRiderIsToldAsAPositionAndAChangedOneWhole() {
    picture.work(NOON, online(1));
    picture.position(at(1, 31.20));
    Delta first = picture.changes(false).orElseThrow();
    assertThat(first.positions()).isEmpty();
    assertThat(first.riders())
        .singleElement()
        .satisfies(rider -> assertThat(rider.place().lat()).isEqualTo(31.20));

    picture.position(at(5, 31.21));
    picture.position(at(3, 31.99));
    Delta second = picture.changes(false).orElseThrow();
    assertThat(second.riders()).isEmpty();
    assertThat(second.positions())
        .singleElement()
        .satisfies(position -> assertThat(position.place().lat()).isEqualTo(31.21));
  }

  @Test
  void riderIsToldAgainWhenAJobInHandChanges() {
    picture.work(NOON, online(1));
    picture.job("e-1", NOON, Jobs.job(JobStatus.ASSIGNED).rider("r-1").state());
    picture.changes(false);
    picture.job("e-2", NOON, Jobs.job(JobStatus.OPEN).version(2).epoch(2).state());
    assertThat(picture.changes(false).orElseThrow().riders())
        .extracting(RiderView::riderId)
        .containsExactly(RIDER);
  }

  @Test
  void plainLinesGiveWayWhenMoreHappensThanCanBeRead() {
    for (int i = 0; i < 40; i++) {
      picture.job(
          "e-" + i,
          NOON,
          Jobs.job(i == 5 ? JobStatus.EXCEPTION : JobStatus.ASSIGNED)
              .number("n" + i)
              .rider("r-1")
              .state());
    }
    assertThat(picture.changes(false).orElseThrow().feed())
        .extracting(FeedItem::what)
        .containsExactly("JOB_EXCEPTION");
    assertThat(picture.feed()).hasSize(40);
  }

  @Test
  void updateThatMovesNothingMakesNoLine() {
    picture.job("e-1", NOON, Jobs.job(JobStatus.ASSIGNED).rider("r-1").state());
    picture.job("e-2", NOON, Jobs.job(JobStatus.ASSIGNED).rider("r-1").version(2).state());
    picture.job("e-3", NOON, Jobs.job(JobStatus.PICKED_UP).rider("r-1").version(3).state());
    assertThat(picture.feed()).extracting(FeedItem::eventId).containsExactly("e-1", "e-3");
  }

  @Test
  void sameFiguresAreNotToldTwice() {
    picture.job("e-1", NOON, Jobs.job(JobStatus.OPEN).state());
    assertThat(picture.changes(true).orElseThrow().measures().unassigned()).isEqualTo(1);
    assertThat(picture.changes(true)).isEmpty();
  }
}

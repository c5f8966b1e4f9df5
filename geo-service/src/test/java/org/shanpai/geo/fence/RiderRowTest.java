package org.shanpai.geo.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.GeofenceEvent.Kind;
import org.shanpai.geo.position.Sighting;

class RiderRowTest {

  private static final GeoPoint STORE = new GeoPoint(31.23, 121.47);
  private static final GeoPoint DOOR = STORE.offsetMetres(1_000, 0);
  private static final FenceRule RULE = new FenceRule(100, 3, 60, 65, 180_000);

  private final RiderRow row = new RiderRow(RULE);
  private final List<RiderRow.Found> found = new ArrayList<>();

  private static FencedJob job(long version, Integer pickedUp, Integer ended) {
    return new FencedJob(
        "j-1",
        1,
        version,
        "r-1",
        "a-1",
        "s-1",
        STORE,
        DOOR,
        Instant.ofEpochSecond(100),
        pickedUp == null ? null : Instant.ofEpochSecond(pickedUp),
        ended == null ? null : Instant.ofEpochSecond(ended),
        false,
        false);
  }

  private static Sighting at(long seconds, GeoPoint place) {
    return new Sighting(place, seconds * 1_000, 8, 90);
  }

  private void put(FencedJob job) {
    row.put(job, FencedJob::pickup, (of, proof) -> found.add(proof));
  }

  private void saw(Sighting... sightings) {
    row.saw(List.of(sightings), FencedJob::pickup, (of, proof) -> found.add(proof));
  }

  @Test
  void aRiderIsProvedAtStoreAndDoorOnceEach() {
    put(job(1, null, null));
    for (int i = 0; i < 10; i++) {
      saw(at(200 + i * 5, STORE.offsetMetres(10, i)));
    }
    put(job(2, 260, null));
    for (int i = 0; i < 10; i++) {
      saw(at(500 + i * 5, DOOR));
    }
    assertThat(found)
        .extracting(RiderRow.Found::kind)
        .containsExactly(Kind.AT_STORE, Kind.AT_CUSTOMER);
    assertThat(found.get(0).proof().at()).isEqualTo(200_000);
    assertThat(found.get(1).proof().at()).isEqualTo(500_000);
  }

  @Test
  void theDoorIsNotProvedBeforeThePickup() {
    put(job(1, null, null));
    saw(at(200, DOOR), at(205, DOOR), at(210, DOOR));
    assertThat(found).isEmpty();
    // The pickup is dated after those readings: they still prove nothing.
    put(job(2, 300, null));
    assertThat(found).isEmpty();
  }

  @Test
  void aBatchOutOfATunnelIsDatedByItsReadings() {
    put(job(1, null, null));
    put(job(2, 260, null));
    put(job(3, 260, 620));
    // All of it arrives at once, after the job ended.
    saw(
        at(190, STORE.offsetMetres(500, 0)),
        at(200, STORE),
        at(205, STORE),
        at(210, STORE),
        at(400, STORE.offsetMetres(500, 0)),
        at(600, DOOR),
        at(605, DOOR),
        at(610, DOOR));
    assertThat(found)
        .extracting(one -> one.kind() + " " + one.proof().at())
        .containsExactly("AT_STORE 200000", "AT_CUSTOMER 600000");
  }

  @Test
  void readingsThatCameBeforeTheJobsNewsCount() {
    put(job(1, null, null));
    saw(at(500, DOOR), at(505, DOOR), at(510, DOOR));
    assertThat(found).isEmpty();
    put(job(2, 450, null));
    assertThat(found).extracting(RiderRow.Found::kind).containsExactly(Kind.AT_CUSTOMER);
  }

  @Test
  void olderNewsOfAJobChangesNothing() {
    put(job(3, 260, 620));
    put(job(1, null, null));
    saw(at(700, STORE), at(705, STORE), at(710, STORE));
    assertThat(found).isEmpty();
    assertThat(row.sweep(619_000)).isFalse();
    assertThat(row.sweep(621_000)).isTrue();
  }

  @Test
  void anyOrderOfBatchesProvesTheSame() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      List<Sighting> all = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        all.add(at(200 + i * 5, STORE.offsetMetres(random.nextInt(4) == 0 ? 200 : 40, 0)));
      }
      FenceRule.Proof expected = RULE.find(all, 0, STORE, 100_000, Long.MAX_VALUE);
      RiderRow disordered = new RiderRow(RULE);
      List<FenceRule.Proof> proofs = new ArrayList<>();
      disordered.put(
          job(1, null, null), FencedJob::pickup, (of, proof) -> proofs.add(proof.proof()));
      // Two halves, the later first: what is proved lies in either or across both.
      for (List<Sighting> batch : List.of(all.subList(12, 24), all.subList(0, 12))) {
        disordered.saw(batch, FencedJob::pickup, (of, proof) -> proofs.add(proof.proof()));
      }
      assertThat(proofs).as("round %d", round).hasSize(expected == null ? 0 : 1);
    }
  }

  @Test
  void memoryStaysBounded() {
    put(job(1, null, null));
    TreeSet<Integer> sizes = new TreeSet<>();
    for (int i = 0; i < 1_000; i++) {
      saw(at(1_000 + i, STORE.offsetMetres(500, 0)));
      sizes.add(row.between(0, Long.MAX_VALUE).size());
    }
    assertThat(sizes.last()).isEqualTo(RiderRow.MOST_READINGS);
    assertThat(row.jobCount()).isEqualTo(1);
  }
}

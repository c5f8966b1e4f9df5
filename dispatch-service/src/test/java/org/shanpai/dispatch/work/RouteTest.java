package org.shanpai.dispatch.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.shanpai.contracts.event.RouteStop.Kind.DROPOFF;
import static org.shanpai.contracts.event.RouteStop.Kind.PICKUP;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.RouteStop;

class RouteTest {

  private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");
  private static final GeoPoint HERE = new GeoPoint(31.23, 121.47);

  /** Legs of 100 s, service 10 s: arrivals at 100, 210, 320, 430. */
  private final Route two =
      route(stop("a", PICKUP), stop("b", PICKUP), stop("a", DROPOFF), stop("b", DROPOFF));

  @Test
  void lateStopMovesAllLaterOnes() {
    Route after = two.doneAt("a", PICKUP, second(300));
    assertThat(plan(after)).containsExactly("b PICKUP 400", "a DROPOFF 510", "b DROPOFF 620");
  }

  @Test
  void whoStandsAtAStopStaysThereUntilTheGoodsAreReady() {
    Route after = two.ready("a", second(500)).arrivedAt("a", PICKUP, second(90));
    assertThat(plan(after))
        .containsExactly("a PICKUP 90", "b PICKUP 610", "a DROPOFF 720", "b DROPOFF 830");
  }

  @Test
  void droppedJobLeavesTheWayPastItsStops() {
    assertThat(plan(two.without(List.of("a")))).containsExactly("b PICKUP 200", "b DROPOFF 410");
  }

  @Test
  void offeredRouteIsAdoptedAsPlannedWhenNothingHappened() {
    Route present = route(stop("a", PICKUP), stop("a", DROPOFF));
    assertThat(plan(present.adopt(two, Set.of("b"), second(20)))).isEqualTo(plan(two));
  }

  @Test
  void stepsTakenSinceTheOfferAreNotUndoneByIt() {
    Route present = route(stop("a", PICKUP), stop("a", DROPOFF)).doneAt("a", PICKUP, second(90));
    assertThat(plan(present.adopt(two, Set.of("b"), second(95))))
        .containsExactly("b PICKUP 295", "a DROPOFF 405", "b DROPOFF 515");
  }

  @Test
  void jobLostSinceTheOfferDoesNotComeBackWithIt() {
    assertThat(stops(Route.EMPTY.adopt(two, Set.of("b"), second(20))))
        .containsExactly("b PICKUP", "b DROPOFF");
  }

  @Test
  void whereTheRiderStandsComesFirstWhateverTheOfferPlanned() {
    Route planned =
        route(stop("b", PICKUP), stop("a", PICKUP), stop("a", DROPOFF), stop("b", DROPOFF));
    Route present = route(stop("a", PICKUP), stop("a", DROPOFF)).arrivedAt("a", PICKUP, second(50));
    Route adopted = present.adopt(planned, Set.of("b"), second(60));
    assertThat(stops(adopted)).containsExactly("a PICKUP", "b PICKUP", "a DROPOFF", "b DROPOFF");
    assertThat(adopted.stops().get(0).plannedArrivalAt()).isEqualTo(second(50));
  }

  @Test
  void returnThatCameUpSinceTheOfferIsKept() {
    Route present = Route.EMPTY.then(stop("c", RouteStop.Kind.RETURN), second(0));
    assertThat(stops(present.adopt(two, Set.of("a", "b"), second(20))))
        .endsWith("b DROPOFF", "c RETURN");
  }

  @Test
  void routeThatOverfillsTheBoxIsNotFeasible() {
    assertThat(two.feasible(0, 5, Map.of("a", 2, "b", 3), Set.of())).isTrue();
    assertThat(two.feasible(1, 5, Map.of("a", 2, "b", 3), Set.of())).isFalse();
    assertThat(two.feasible(0, 4, Map.of("a", 2, "b", 3), Set.of())).isFalse();
  }

  @Test
  void directJobRidesAlone() {
    Map<String, Integer> units = Map.of("a", 1, "b", 1);
    assertThat(two.feasible(0, 8, units, Set.of("a"))).isFalse();
    assertThat(two.feasible(0, 8, units, Set.of("b"))).isFalse();
    Route apart =
        route(stop("a", PICKUP), stop("a", DROPOFF), stop("b", PICKUP), stop("b", DROPOFF));
    assertThat(apart.feasible(0, 8, units, Set.of("a", "b"))).isTrue();
  }

  @Test
  void dropOffBeforeItsPickupIsNotFeasible() {
    Route backwards = route(stop("a", DROPOFF), stop("a", PICKUP));
    assertThat(backwards.feasible(0, 8, Map.of("a", 1), Set.of())).isFalse();
  }

  @Test
  void movedStopKeepsItsTurnAndOnlyTheWaysToAndFromItChange() {
    GeoPoint elsewhere = HERE.offsetMetres(500, 0);
    Route moved = two.moved("a", DROPOFF, elsewhere, (from, to) -> from.equals(to) ? 0 : 250);
    assertThat(plan(moved))
        .containsExactly("a PICKUP 100", "b PICKUP 210", "a DROPOFF 470", "b DROPOFF 730");
    assertThat(moved.find("a", DROPOFF).orElseThrow().place()).isEqualTo(elsewhere);
    assertThat(plan(two.moved("none", DROPOFF, elsewhere, (from, to) -> 250))).isEqualTo(plan(two));
  }

  @Test
  void doorThatMovesFartherNeverMakesAnyStopEarlier() {
    java.util.Random random = new java.util.Random(17);
    for (int round = 0; round < 500; round++) {
      int longer = 100 + random.nextInt(2_000);
      String job = random.nextBoolean() ? "a" : "b";
      Route moved = two.moved(job, DROPOFF, HERE.offsetMetres(longer, 0), (from, to) -> longer);
      assertThat(stops(moved)).isEqualTo(stops(two));
      for (int i = 0; i < two.stops().size(); i++) {
        assertThat(moved.stops().get(i).plannedArrivalAt())
            .isAfterOrEqualTo(two.stops().get(i).plannedArrivalAt());
      }
    }
  }

  private static PlannedStop stop(String job, RouteStop.Kind kind) {
    return new PlannedStop(job, kind, HERE, 100, 10, null, null, NOON, NOON, false);
  }

  private static Route route(PlannedStop... stops) {
    Route route = Route.EMPTY;
    for (PlannedStop stop : stops) {
      route = route.then(stop, NOON);
    }
    return route;
  }

  private static List<String> stops(Route route) {
    return route.stops().stream().map(s -> s.jobId() + " " + s.kind()).toList();
  }

  private static List<String> plan(Route route) {
    return route.stops().stream()
        .map(
            s ->
                s.jobId()
                    + " "
                    + s.kind()
                    + " "
                    + (s.plannedArrivalAt().getEpochSecond() - NOON.getEpochSecond()))
        .toList();
  }

  private static Instant second(int second) {
    return NOON.plusSeconds(second);
  }
}

package org.shanpai.bench.mdrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.shanpai.bench.mdrp.Crossroads.FAR;
import static org.shanpai.bench.mdrp.Crossroads.FIRST;
import static org.shanpai.bench.mdrp.Crossroads.LATE;
import static org.shanpai.bench.mdrp.Crossroads.LI;
import static org.shanpai.bench.mdrp.Crossroads.SECOND;
import static org.shanpai.bench.mdrp.Crossroads.WANG;
import static org.shanpai.bench.mdrp.Crossroads.ZHAO;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.bench.mdrp.LiveDispatcher.Rider;
import org.shanpai.bench.mdrp.LiveDispatcher.Route;
import org.shanpai.bench.mdrp.LiveDispatcher.View;
import org.shanpai.bench.mdrp.LiveDispatcher.Visit;

/** The rules of the live variant: worked out by hand, against the base variant, and at random. */
class LiveDaySimulatorTest {

  /** Gives routes at given minutes, and keeps what it was shown. */
  private static class Script implements LiveDispatcher {
    private final Map<Integer, List<Route>> atTick = new HashMap<>();
    final Map<Integer, View> seen = new HashMap<>();

    Script at(int minute, Route... routes) {
      atTick.put(minute * Ticks.PER_MINUTE, List.of(routes));
      return this;
    }

    @Override
    public String name() {
      return "script";
    }

    @Override
    public void begin(DayFacts facts, long seed) {}

    @Override
    public List<Route> wave(View view) {
      seen.put(view.now() / Ticks.PER_MINUTE, view);
      return atTick.getOrDefault(view.now(), List.of());
    }
  }

  private static Visit take(int order) {
    return new Visit(order, true);
  }

  private static Visit bring(int order) {
    return new Visit(order, false);
  }

  private static Route to(int courier, Visit... visits) {
    return new Route(courier, Arrays.asList(visits));
  }

  private static Solution run(Instance instance, LiveDispatcher dispatcher) {
    return LiveDaySimulator.run(instance, dispatcher, 1, Ticks.PER_MINUTE, () -> 0, passed -> {})
        .solution();
  }

  private static Solution run(LiveDispatcher dispatcher) {
    return run(Crossroads.read(), dispatcher);
  }

  private static void refused(Script script, String why) {
    assertThatThrownBy(() -> run(script)).isInstanceOf(RuleBroken.class).hasMessageContaining(why);
  }

  @Test
  void ordersTakenTogetherAreServedOnce() {
    Solution day =
        run(new Script().at(2, to(LI, take(FIRST), take(SECOND), bring(FIRST), bring(SECOND))));
    assertThat(day.pickup(FIRST)).isEqualTo(day.pickup(SECOND)).isEqualTo(120);
    assertThat(day.dropoff(FIRST)).isEqualTo(Ticks.ofMinutes(24));
    assertThat(day.dropoff(SECOND)).isEqualTo(Ticks.ofMinutes(27 + 2));
  }

  @Test
  void anotherRestaurantIsVisitedWithGoodsAboard() {
    // wang takes late at 30, leaves buns at 32, is at noodles at 42, takes far, leaves at 46; far's
    // door 10 minutes on at 56, done at 60; late's door is 22 minutes from there.
    Solution day =
        run(new Script().at(20, to(WANG, take(LATE), take(FAR), bring(FAR), bring(LATE))));
    assertThat(day.pickup(LATE)).isEqualTo(Ticks.ofMinutes(30));
    assertThat(day.pickup(FAR)).isEqualTo(Ticks.ofMinutes(44));
    assertThat(day.dropoff(FAR)).isEqualTo(Ticks.ofMinutes(58));
    assertThat(day.dropoff(LATE)).isEqualTo(Ticks.ofMinutes(60 + 22 + 2));
  }

  @Test
  void courierOnTheWayIsSentElsewhereFromWhereTheyAre() {
    // wang leaves (1200,0) for noodles at 18 and is at (800,0) at 22; buns is 2 minutes back.
    Script script =
        new Script()
            .at(18, to(WANG, take(FIRST), bring(FIRST)))
            .at(22, to(WANG, take(LATE), bring(LATE)));
    Solution day = run(script);
    Rider wang = script.seen.get(22).couriers().get(WANG);
    assertThat(wang.x()).isEqualTo(800);
    assertThat(wang.freeAt()).isEqualTo(220);
    assertThat(wang.route()).containsExactly(take(FIRST), bring(FIRST));
    assertThat(day.pickup(LATE)).isEqualTo(Ticks.ofMinutes(30));
    assertThat(day.dropoff(LATE)).isEqualTo(Ticks.ofMinutes(32 + 10 + 2));
    assertThat(day.delivered(FIRST)).isFalse();
    assertThat(script.seen.get(23).openOrders()).contains(FIRST);
  }

  @Test
  void routeThatBeginsAlikeDoesNotDelayTheLegUnderWay() {
    // With a wave every half minute, 11 and a half minutes left would be rounded up to 12.
    LiveDispatcher insisting =
        new Script() {
          @Override
          public List<Route> wave(View view) {
            return view.now() < 140 || view.now() > 255
                ? List.of()
                : List.of(to(WANG, take(FIRST), bring(FIRST)));
          }
        };
    Solution day =
        LiveDaySimulator.run(Crossroads.read(), insisting, 1, 5, () -> 0, passed -> {}).solution();
    // 12 minutes from (1200,0) to noodles.
    assertThat(day.pickup(FIRST)).isEqualTo(Ticks.ofMinutes(14 + 12 + 2));
  }

  @Test
  void lastMinuteOfTheShiftIsCountedFromTheLegUnderWay() {
    // Sent at 46, wang picks up at 60, the end of the shift, and again when asked half a minute on.
    LiveDispatcher insisting =
        new Script() {
          @Override
          public List<Route> wave(View view) {
            return view.now() < 460 || view.now() > 575
                ? List.of()
                : List.of(to(WANG, take(FIRST), bring(FIRST)));
          }
        };
    Solution day =
        LiveDaySimulator.run(Crossroads.read(), insisting, 1, 5, () -> 0, passed -> {}).solution();
    assertThat(day.pickup(FIRST)).isEqualTo(Ticks.ofMinutes(60));
  }

  @Test
  void serviceThatHasBegunIsFinished() {
    // li is at noodles at 7; the service for first runs from 8 to 12.
    Script script =
        new Script()
            .at(2, to(LI, take(FIRST), bring(FIRST)))
            .at(9, to(LI, take(SECOND), bring(SECOND), bring(FIRST)));
    Solution day = run(script);
    Rider li = script.seen.get(9).couriers().get(LI);
    assertThat(li.freeAt()).isEqualTo(120);
    assertThat(li.aboard()).containsExactly(FIRST);
    assertThat(li.route()).containsExactly(bring(FIRST));
    assertThat(day.pickup(FIRST)).isEqualTo(100);
    // Another service of 4 minutes, from 12 on.
    assertThat(day.pickup(SECOND)).isEqualTo(140);
    assertThat(day.dropoff(SECOND)).isEqualTo(Ticks.ofMinutes(16 + 9 + 2));
  }

  @Test
  void courierWhoWaitsMayTakeMoreOrLeave() {
    // li waits at noodles from 11 on for far, which is ready at 25, its service begins at 23.
    Route more = to(LI, take(FAR), take(FIRST), bring(FIRST), bring(FAR));
    Solution both = run(new Script().at(6, to(LI, take(FAR), bring(FAR))).at(20, more));
    assertThat(both.pickup(FIRST)).isEqualTo(both.pickup(FAR)).isEqualTo(250);
    Solution left =
        run(
            new Script()
                .at(6, to(LI, take(FAR), bring(FAR)))
                .at(21, to(LI, take(LATE), bring(LATE))));
    // Leaves at 21, not when it came: at buns at 31.
    assertThat(left.pickup(LATE)).isEqualTo(Ticks.ofMinutes(21 + 10 + 2));
  }

  @Test
  void orderNotYetTakenMayChangeCouriers() {
    Solution day =
        run(
            new Script()
                .at(0, to(WANG, take(FIRST), bring(FIRST)))
                .at(2, to(WANG), to(LI, take(FIRST), bring(FIRST))));
    assertThat(day.courier(FIRST)).isEqualTo(LI);
    assertThat(day.trips()).hasSize(1);
  }

  @Test
  void whatCannotBeRiddenIsRefused() {
    Route first = to(LI, take(FIRST), bring(FIRST));
    refused(new Script().at(3, to(LI, take(LATE), bring(LATE))), "order number 3 is not placed");
    refused(new Script().at(3, to(LI, take(-1), bring(-1))), "order number -1 is not placed");
    refused(new Script().at(3, to(7, take(FIRST), bring(FIRST))), "no courier number 7");
    refused(new Script().at(3, first, first), "courier li has two routes");
    refused(new Script().at(3, to(ZHAO, take(FIRST), bring(FIRST))), "courier zhao is off duty");
    refused(new Script().at(3, to(LI, take(FIRST))), "courier li would keep order first for ever");
    refused(
        new Script().at(3, to(LI, bring(FIRST), take(FIRST))),
        "courier li would hand over order first without having it");
    refused(
        new Script().at(3, first, to(WANG, take(FIRST), bring(FIRST))),
        "order first is taken, or in another route, already");
    refused(
        new Script().at(3, first).at(4, to(WANG, take(FIRST), bring(FIRST))),
        "order first is taken, or in another route, already");
    refused(
        new Script().at(3, to(LI, take(FIRST), take(FIRST), bring(FIRST), bring(FIRST))),
        "order first is taken, or in another route, already");
  }

  @Test
  void goodsAboardStayAboard() {
    Script script = new Script().at(0, to(LI, take(FIRST), bring(FIRST)));
    refused(script.at(15, to(LI, take(SECOND), bring(SECOND))), "would keep order first for ever");
    refused(
        new Script()
            .at(0, to(LI, take(FIRST), bring(FIRST)))
            .at(15, to(WANG, take(FIRST), bring(FIRST))),
        "order first is taken");
  }

  @Test
  void pickupAfterTheShiftIsRefused() {
    // zhao is 30 minutes from noodles: pickup 32 minutes on, the shift ends at 90.
    assertThat(run(new Script().at(58, to(ZHAO, take(FIRST), bring(FIRST)))).pickup(FIRST))
        .isEqualTo(900);
    refused(
        new Script().at(59, to(ZHAO, take(FIRST), bring(FIRST))),
        "courier zhao would pick up at 91, after going off at 90");
  }

  /** The nearest free courier, told as routes. */
  private static final class NearestLive implements LiveDispatcher {
    private final NearestDispatcher nearest = new NearestDispatcher();
    private DayFacts facts;
    private final int[] place;
    private final int[] given;

    NearestLive(Instance instance) {
      place = new int[instance.couriers()];
      given = new int[instance.couriers()];
      for (int courier = 0; courier < place.length; courier++) {
        place[courier] = instance.courierPlace(courier);
      }
    }

    @Override
    public String name() {
      return "nearest-live";
    }

    @Override
    public void begin(DayFacts day, long seed) {
      facts = day;
      nearest.begin(day, seed);
    }

    @Override
    public List<Route> wave(View view) {
      List<CourierView> couriers = new ArrayList<>();
      for (Rider rider : view.couriers()) {
        int courier = rider.courier();
        boolean free =
            rider.route().isEmpty()
                && rider.freeAt() <= view.now()
                && rider.onTime() <= view.now()
                && view.now() <= rider.offTime();
        couriers.add(
            new CourierView(
                courier,
                rider.onTime(),
                rider.offTime(),
                rider.freeAt(),
                place[courier],
                free,
                given[courier]));
      }
      List<Route> routes = new ArrayList<>();
      for (Assignment a : nearest.wave(new WaveView(view.now(), view.openOrders(), couriers))) {
        int order = a.orders()[0];
        place[a.courier()] = facts.orderPlace(order);
        given[a.courier()]++;
        routes.add(to(a.courier(), take(order), bring(order)));
      }
      return routes;
    }
  }

  @Test
  void withoutNewInstructionsTheDayIsThatOfTheBaseVariant() {
    for (long seed = 1; seed <= 30; seed++) {
      Instance instance = DispatchersTest.randomDay(seed, 60, 3 + (int) seed % 12);
      Solution base =
          DaySimulator.run(
                  instance, new NearestDispatcher(), 1, Ticks.PER_MINUTE, () -> 0, passed -> {})
              .solution();
      Solution live = run(instance, new NearestLive(instance));
      for (int order = 0; order < instance.orders(); order++) {
        assertThat(live.dropoff(order))
            .as("seed %d, order %d", seed, order)
            .isEqualTo(base.dropoff(order));
        assertThat(live.courier(order)).isEqualTo(base.courier(order));
      }
    }
  }

  /** Mixes routes at random: anything that is allowed, and much of it foolish. */
  private static final class Chaos implements LiveDispatcher {
    private final Random random;

    Chaos(long seed) {
      random = new Random(seed);
    }

    @Override
    public String name() {
      return "chaos";
    }

    @Override
    public void begin(DayFacts facts, long seed) {}

    @Override
    public List<Route> wave(View view) {
      List<Integer> open = new ArrayList<>();
      Arrays.stream(view.openOrders()).forEach(open::add);
      List<Route> routes = new ArrayList<>();
      for (Rider rider : view.couriers()) {
        boolean early = view.now() + 600 < rider.offTime() && rider.onTime() <= view.now();
        if (!early || random.nextInt(4) > 0) {
          continue;
        }
        List<Integer> toTake = new ArrayList<>();
        rider.route().stream().filter(Visit::pickup).forEach(visit -> toTake.add(visit.order()));
        if (random.nextInt(5) == 0) {
          toTake.clear();
        }
        if (!open.isEmpty() && toTake.size() + rider.aboard().size() < 3) {
          toTake.add(open.remove(random.nextInt(open.size())));
        }
        List<Visit> visits = new ArrayList<>();
        toTake.forEach(order -> visits.add(take(order)));
        Collections.shuffle(visits, random);
        List<Integer> toBring = new ArrayList<>(toTake);
        toBring.addAll(rider.aboard());
        for (int order : toBring) {
          int after = visits.indexOf(take(order)) + 1;
          visits.add(after + random.nextInt(visits.size() - after + 1), bring(order));
        }
        routes.add(new Route(rider.courier(), visits));
      }
      return routes;
    }
  }

  @Test
  void nobodyIsFasterThanTheirSpeedWhateverIsAsked() {
    int checked = 0;
    for (long seed = 1; seed <= 60; seed++) {
      Instance instance = DispatchersTest.randomDay(seed, 50, 8);
      Solution day;
      try {
        day = run(instance, new Chaos(seed));
      } catch (RuleBroken tooLate) {
        assertThat(tooLate).hasMessageContaining("after going off");
        continue;
      }
      checked += legsOf(instance, day, seed);
    }
    assertThat(checked).isGreaterThan(500);
  }

  /** A stay of a courier at a place for a whole service. */
  private record Stay(int place, int from, int until) {}

  private static int legsOf(Instance instance, Solution day, long seed) {
    Instance.Parameters p = instance.parameters();
    Map<Integer, List<Stay>> stays = new HashMap<>();
    for (Solution.Trip trip : day.trips()) {
      for (int order : trip.orders()) {
        assertThat(trip.pickupAt()).isGreaterThanOrEqualTo(instance.ready(order));
        assertThat(trip.pickupAt()).isLessThanOrEqualTo(instance.offTime(trip.courier()));
        assertThat(day.courier(order)).as("seed %d", seed).isEqualTo(trip.courier());
        assertThat(day.dropoff(order)).isGreaterThan(trip.pickupAt());
        stays
            .computeIfAbsent(trip.courier(), c -> new ArrayList<>())
            .add(
                new Stay(
                    instance.orderPlace(order),
                    day.dropoff(order) - p.halfDropoff(),
                    day.dropoff(order) + p.halfDropoff()));
      }
      stays
          .get(trip.courier())
          .add(
              new Stay(
                  instance.restaurantPlace(instance.restaurant(trip.orders()[0])),
                  trip.pickupAt() - p.halfPickup(),
                  trip.pickupAt() + p.halfPickup()));
    }
    int legs = 0;
    for (Map.Entry<Integer, List<Stay>> entry : stays.entrySet()) {
      List<Stay> sequence = entry.getValue();
      sequence.sort(Comparator.comparingInt(Stay::from));
      int place = instance.courierPlace(entry.getKey());
      int since = instance.onTime(entry.getKey());
      for (Stay stay : sequence) {
        double metres =
            Math.hypot(
                instance.x(place) - instance.x(stay.place()),
                instance.y(place) - instance.y(stay.place()));
        assertThat(Ticks.toMinutes(stay.from() - since) * p.metresPerMinute())
            .as("seed %d, courier %d from %d to %s", seed, entry.getKey(), place, stay)
            .isGreaterThanOrEqualTo(metres - 1e-6);
        place = stay.place();
        since = stay.until();
        legs++;
      }
    }
    return legs;
  }
}

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
import static org.shanpai.bench.mdrp.Crossroads.to;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.bench.mdrp.Crossroads.Script;

/** The rules of the base variant: what is allowed happens when it should, the rest is refused. */
class DaySimulatorTest {

  private static void refused(Script script, String why) {
    assertThatThrownBy(() -> Crossroads.run(script))
        .isInstanceOf(RuleBroken.class)
        .hasMessageContaining(why);
  }

  @Test
  void bundleIsPickedUpWhenAllOfItIsReadyAndDroppedInSequence() {
    // li leaves at 2, arrives at 7; the bundle is ready at 12, li leaves at 14; 8 minutes, then 1.
    Solution day = Crossroads.run(new Script().at(2, to(LI, FIRST, SECOND))).solution();
    assertThat(day.trips()).singleElement().extracting(Solution.Trip::pickupAt).isEqualTo(120);
    assertThat(day.dropoff(FIRST)).isEqualTo(Ticks.ofMinutes(14 + 8 + 2));
    assertThat(day.dropoff(SECOND)).isEqualTo(Ticks.ofMinutes(26 + 1 + 2));
    assertThat(day.pickup(SECOND)).isEqualTo(120);
    assertThat(day.courier(SECOND)).isEqualTo(LI);
    assertThat(day.delivered(FAR)).isFalse();
  }

  @Test
  void lateCourierPicksUpHalfAServiceAfterArriving() {
    // wang leaves at 10, 12 minutes to noodles, 2 more of service.
    Solution day = Crossroads.run(new Script().at(10, to(WANG, FIRST))).solution();
    assertThat(day.pickup(FIRST)).isEqualTo(Ticks.ofMinutes(24));
    assertThat(day.dropoff(FIRST)).isEqualTo(Ticks.ofMinutes(24 + 2 + 8 + 2));
  }

  @Test
  void travelIsRoundedUpToWholeMinutes() {
    // -950 is nine and a half minutes away.
    Solution day = Crossroads.run(new Script().at(20, to(LI, FAR))).solution();
    assertThat(day.pickup(FAR)).isEqualTo(Ticks.ofMinutes(27));
    assertThat(day.dropoff(FAR)).isEqualTo(Ticks.ofMinutes(29 + 10 + 2));
  }

  @Test
  void courierWaitsAtTheLastDoorForTheNextAssignment() {
    // li picks up at 10, leaves at 12, is at the door at 20 and free there at 24.
    Solution day =
        Crossroads.run(new Script().at(0, to(LI, FIRST)).at(24, to(LI, SECOND))).solution();
    assertThat(day.dropoff(FIRST)).isEqualTo(Ticks.ofMinutes(22));
    assertThat(day.pickup(SECOND)).isEqualTo(Ticks.ofMinutes(24 + 8 + 2));
    assertThat(day.moves()).extracting(Solution.Move::departure).containsExactly(0, 120, 240, 360);
  }

  @Test
  void courierUnderWayGetsNothing() {
    refused(
        new Script().at(0, to(LI, FIRST)).at(23, to(LI, SECOND)),
        "courier li is under way until 24");
  }

  @Test
  void courierGetsOneAssignmentInAWave() {
    refused(new Script().at(5, to(LI, FIRST), to(LI, FAR)), "courier li is under way");
  }

  @Test
  void courierNotYetOnDutyGetsNothing() {
    refused(new Script().at(10, to(ZHAO, FIRST)), "courier zhao is off duty");
  }

  @Test
  void courierGoneHomeGetsNothing() {
    refused(new Script().at(61, to(WANG, FIRST)), "courier wang is off duty");
  }

  @Test
  void pickupAfterTheShiftIsRefusedAndDropoffAfterItIsNot() {
    // zhao is half an hour from noodles: pickup at t + 32, shift ends at 90.
    Solution day = Crossroads.run(new Script().at(58, to(ZHAO, FIRST))).solution();
    assertThat(day.pickup(FIRST)).isEqualTo(Ticks.ofMinutes(90));
    assertThat(day.dropoff(FIRST)).isEqualTo(Ticks.ofMinutes(102));
    refused(
        new Script().at(59, to(ZHAO, FIRST)),
        "courier zhao would pick up at 91, after going off at 90");
  }

  @Test
  void orderNotYetPlacedIsRefused() {
    refused(new Script().at(19, to(WANG, LATE)), "order number 3 is not placed yet");
    assertThat(Crossroads.run(new Script().at(20, to(WANG, LATE))).solution().delivered(LATE))
        .isTrue();
  }

  @Test
  void orderIsAssignedOnce() {
    refused(new Script().at(3, to(LI, FIRST), to(WANG, FIRST)), "order first is assigned already");
    refused(new Script().at(3, to(LI, FIRST, FIRST)), "order first is twice in a bundle");
  }

  @Test
  void bundleIsFromOneRestaurant() {
    refused(
        new Script().at(25, to(LI, FIRST, LATE)),
        "orders first and late are not from one restaurant");
  }

  @Test
  void emptyAssignmentAndUnknownNumbersAreRefused() {
    refused(new Script().at(3, to(LI)), "has no orders");
    refused(new Script().at(3, to(7, FIRST)), "there is no courier number 7");
    refused(new Script().at(3, to(-1, FIRST)), "there is no courier number -1");
    refused(new Script().at(3, to(LI, -1)), "order number -1");
  }

  @Test
  void refusalNamesInstanceMinuteAndDispatcher() {
    refused(new Script().at(3, to(LI)), "crossroads, minute 3, script: ");
  }

  @Test
  void dispatcherSeesOpenOrdersAndCouriersAsTheyAre() {
    List<WaveView> waves = new ArrayList<>();
    Dispatcher watching =
        new Dispatcher() {
          @Override
          public String name() {
            return "watching";
          }

          @Override
          public void begin(DayFacts facts, long seed) {}

          @Override
          public List<Assignment> wave(WaveView view) {
            waves.add(view);
            return view.now() == 20 ? List.of(to(LI, SECOND)) : List.of();
          }
        };
    DaySimulator.Day day = Crossroads.run(watching);
    assertThat(waves).hasSize(day.waveNanos().length);
    assertThat(waves.get(0).openOrders()).containsExactly(FIRST);
    assertThat(waves.get(2).openOrders()).containsExactly(FIRST, SECOND);
    assertThat(waves.get(3).openOrders()).containsExactly(FIRST);
    CourierView free = waves.get(2).couriers().get(LI);
    assertThat(free.idle()).isTrue();
    assertThat(free.freePlace()).isEqualTo(Crossroads.read().courierPlace(LI));
    CourierView busy = waves.get(3).couriers().get(LI);
    assertThat(busy.idle()).isFalse();
    // 2 + 5 + waits until 12, leaves 14, 9 minutes, service of 4.
    assertThat(busy.freeAt()).isEqualTo(Ticks.ofMinutes(27));
    assertThat(busy.freePlace()).isEqualTo(Crossroads.read().orderPlace(SECOND));
    assertThat(busy.ordersAssigned()).isEqualTo(1);
    assertThat(waves.get(3).couriers().get(ZHAO).idle()).isFalse();
    assertThat(waves.get(30).couriers().get(ZHAO).idle()).isTrue();
    assertThat(waves.get(60).couriers().get(WANG).idle()).isTrue();
    assertThat(waves.get(61).couriers().get(WANG).idle()).isFalse();
    // The last shift ends at 120, with orders still open.
    assertThat(waves.get(waves.size() - 1).now()).isEqualTo(1200);
  }

  @Test
  void wavesAreTimedOneByOneAndOnlyWhileAnOrderIsOpen() {
    DaySimulator.Day day =
        Crossroads.run(
            new Script()
                .at(0, to(LI, FIRST))
                .at(2, to(WANG, SECOND))
                .at(24, to(LI, FAR))
                .at(50, to(LI, LATE)));
    // 0; 2; 5 to 50.
    assertThat(day.waveNanos()).hasSize(1 + 1 + 46).containsOnly(1_000_000L);
  }
}

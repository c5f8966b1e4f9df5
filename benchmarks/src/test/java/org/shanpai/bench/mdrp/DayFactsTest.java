package org.shanpai.bench.mdrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.shanpai.bench.mdrp.Crossroads.FIRST;
import static org.shanpai.bench.mdrp.Crossroads.LATE;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.shanpai.bench.mdrp.Crossroads.Script;

/** A dispatcher cannot look ahead. */
class DayFactsTest {

  private static final List<ToDoubleBiFunction<DayFacts, Integer>> EVERYTHING =
      List.of(
          DayFacts::placed,
          DayFacts::ready,
          DayFacts::restaurant,
          DayFacts::orderPlace,
          DayFacts::soonestDropoff,
          (facts, order) -> facts.x(Crossroads.read().orderPlace(order)),
          (facts, order) -> facts.y(Crossroads.read().orderPlace(order)),
          (facts, order) -> facts.travel(0, Crossroads.read().orderPlace(order)),
          (facts, order) -> facts.travel(Crossroads.read().orderPlace(order), 0));

  @Test
  void nothingOfAnOrderCanBeReadBeforeItsPlacement() {
    for (var reading : EVERYTHING) {
      Script early =
          new Script()
              .at(
                  19,
                  facts -> {
                    reading.applyAsDouble(facts, LATE);
                    return List.of();
                  });
      assertThatThrownBy(() -> Crossroads.run(early)).isInstanceOf(DayFacts.FutureRead.class);
    }
  }

  @Test
  void everythingOfAnOrderCanBeReadFromItsPlacementOn() {
    for (var reading : EVERYTHING) {
      Script inTime =
          new Script()
              .at(
                  20,
                  facts -> {
                    reading.applyAsDouble(facts, LATE);
                    return List.of();
                  });
      assertThatCode(() -> Crossroads.run(inTime)).doesNotThrowAnyException();
    }
  }

  @Test
  void numberOfOrdersToComeIsNotTold() {
    Script counting =
        new Script()
            .at(
                1,
                facts -> {
                  assertThat(facts.placedOrders()).isEqualTo(1);
                  assertThat(facts.placed(FIRST)).isZero();
                  return List.of();
                })
            .at(
                20,
                facts -> {
                  assertThat(facts.placedOrders()).isEqualTo(4);
                  return List.of();
                });
    Crossroads.run(counting);
  }

  @Test
  void ordersAreNumberedByPlacementWhateverTheFileSays() {
    // In the file, late comes first.
    Instance instance = Crossroads.read();
    assertThat(instance.orderName(0)).isEqualTo("first");
    assertThat(instance.orderName(LATE)).isEqualTo("late");
  }
}

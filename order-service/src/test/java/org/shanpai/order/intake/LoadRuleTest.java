package org.shanpai.order.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shanpai.order.orders.Item;

class LoadRuleTest {

  private final LoadRule rule = new LoadRule(3000, 10);

  private static Item item(int quantity, int grams) {
    return new Item("thing", quantity, 100, grams, Set.of());
  }

  @ParameterizedTest(name = "{0} pieces of {1} g need {2} units")
  @CsvSource({
    "1, 0, 1",
    "1, 3000, 1",
    "1, 3001, 2",
    "10, 100, 1",
    "11, 100, 2",
    "2, 12000, 8",
    "2, 12001, 9",
    "999, 50000, 16650"
  })
  void heavierOrMoreNeedsMoreRoom(int quantity, int grams, int units) {
    assertThat(rule.units(List.of(item(quantity, grams)))).isEqualTo(units);
  }

  @Test
  void linesAreCountedTogether() {
    assertThat(rule.units(List.of(item(6, 10), item(5, 10)))).isEqualTo(2);
    assertThat(LoadRule.grams(List.of(item(2, 700), item(3, 100)))).isEqualTo(1700);
    assertThat(LoadRule.valueFen(List.of(item(2, 700), item(3, 100)))).isEqualTo(500);
  }

  @Test
  void heaviestPossibleRequestDoesNotOverflow() {
    List<Item> most = java.util.Collections.nCopies(100, item(999, 50_000));
    assertThat(LoadRule.grams(most)).isEqualTo(4_995_000_000L);
    assertThat(rule.units(most)).isGreaterThan(LoadRule.CAPACITY);
  }
}

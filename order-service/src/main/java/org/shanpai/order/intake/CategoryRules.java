package org.shanpai.order.intake;

import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.shanpai.order.orders.Category;
import org.shanpai.order.orders.HandoverCheck;
import org.shanpai.order.orders.Item;

/** What follows from the categories of an order's lines, where the lines themselves do not say. */
@Singleton
public class CategoryRules {

  private final Map<Category, IntakeSettings.CategoryRule> rules;

  CategoryRules(IntakeSettings settings) {
    this.rules = Map.copyOf(settings.category());
  }

  /** The shortest of all lines; null when none has a limit. */
  public Integer longestCarrySeconds(List<Item> items) {
    Integer shortest = null;
    for (Item item : items) {
      OptionalInt minutes =
          item.longestCarryMinutes() != null
              ? OptionalInt.of(item.longestCarryMinutes())
              : of(item)
                  .map(IntakeSettings.CategoryRule::longestCarryMinutes)
                  .orElse(OptionalInt.empty());
      if (minutes.isPresent() && (shortest == null || minutes.getAsInt() * 60 < shortest)) {
        shortest = minutes.getAsInt() * 60;
      }
    }
    return shortest;
  }

  /** Whether any line is. */
  public boolean perishable(List<Item> items) {
    return items.stream()
        .anyMatch(
            item ->
                item.perishable() != null
                    ? item.perishable()
                    : of(item).map(IntakeSettings.CategoryRule::perishable).orElse(false));
  }

  /** What is asked for and what the law asks for. */
  public Set<HandoverCheck> checks(Set<HandoverCheck> asked, List<Item> items) {
    Set<HandoverCheck> checks = EnumSet.noneOf(HandoverCheck.class);
    checks.addAll(asked);
    for (Item item : items) {
      of(item).flatMap(IntakeSettings.CategoryRule::checks).ifPresent(checks::addAll);
    }
    return checks;
  }

  private Optional<IntakeSettings.CategoryRule> of(Item item) {
    return item.category() == null
        ? Optional.empty()
        : Optional.ofNullable(rules.get(item.category()));
  }
}

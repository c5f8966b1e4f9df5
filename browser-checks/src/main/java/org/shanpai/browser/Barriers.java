package org.shanpai.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;

/** What keeps people out of a page, by axe-core. */
public final class Barriers {

  private static final Set<String> SERIOUS = Set.of("serious", "critical");

  private Barriers() {}

  /**
   * @return serious and critical findings, each with the first element it was found at; empty when
   *     there are none
   */
  public static List<String> of(Page page) {
    return new AxeBuilder(page)
        .analyze().getViolations().stream()
            .filter(rule -> SERIOUS.contains(rule.getImpact()))
            .map(Barriers::described)
            .toList();
  }

  private static String described(Rule rule) {
    return rule.getId() + ": " + rule.getNodes().get(0).getHtml();
  }
}

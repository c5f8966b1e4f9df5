package org.shanpai.order.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.shanpai.order.orders.HandoverCheck.AGE_18;
import static org.shanpai.order.orders.HandoverCheck.IDENTITY;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.order.orders.HandoverCheck;

class HandoverRulesTest {

  private static Attempt left(String proofId, HandoverCheck... checked) {
    return new Attempt(CodeKind.DELIVERY, 1L, null, proofId, true, Set.of(checked));
  }

  private static Attempt told(CodeKind kind, String code, HandoverCheck... checked) {
    return new Attempt(kind, 1L, code, null, false, Set.of(checked));
  }

  private static void refused(
      Set<HandoverCheck> checks, boolean dropPoint, Attempt attempt, String slug, String field) {
    assertThatThrownBy(() -> HandoverRules.way(checks, dropPoint, attempt))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(422);
              assertThat(problem.slug()).isEqualTo(slug);
              assertThat(problem.field()).isEqualTo(field);
            });
  }

  @Test
  void aCodeIsAlwaysAWay() {
    assertThat(HandoverRules.way(Set.of(), false, told(CodeKind.PICKUP, "4711")))
        .isEqualTo(Way.CODE);
    assertThat(HandoverRules.way(Set.of(), false, told(CodeKind.DELIVERY, "081542")))
        .isEqualTo(Way.CODE);
    assertThat(HandoverRules.way(Set.of(), true, told(CodeKind.DELIVERY, "081542")))
        .isEqualTo(Way.CODE);
  }

  @Test
  void withoutACodeNothingIsHandedOver() {
    refused(Set.of(), false, told(CodeKind.PICKUP, null), "code-needed", "code");
    refused(Set.of(), true, told(CodeKind.DELIVERY, null), "code-needed", "code");
    refused(
        Set.of(),
        true,
        new Attempt(CodeKind.PICKUP, 1L, null, "p-1", true, Set.of()),
        "code-needed",
        "code");
  }

  @Test
  void aDropPointMustBeAgreedAndPictured() {
    assertThat(HandoverRules.way(Set.of(), true, left("p-1"))).isEqualTo(Way.DROP_POINT);
    refused(Set.of(), false, left("p-1"), "drop-point-not-agreed", "dropPoint");
    refused(Set.of(), true, left(null), "photo-needed", "proofId");
  }

  @Test
  void whatNeedsACheckIsHandedToAPersonWhoWasLookedAt() {
    Set<HandoverCheck> both = Set.of(AGE_18, IDENTITY);
    refused(both, true, left("p-1", AGE_18, IDENTITY), "drop-point-not-allowed", "dropPoint");
    refused(both, true, told(CodeKind.DELIVERY, "081542"), "checks-needed", "checked");
    refused(both, true, told(CodeKind.DELIVERY, "081542", AGE_18), "checks-needed", "checked");
    assertThat(HandoverRules.way(both, true, told(CodeKind.DELIVERY, "081542", AGE_18, IDENTITY)))
        .isEqualTo(Way.CODE);
    assertThat(HandoverRules.way(both, true, told(CodeKind.PICKUP, "4711"))).isEqualTo(Way.CODE);
  }
}

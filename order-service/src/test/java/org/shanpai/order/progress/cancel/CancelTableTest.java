package org.shanpai.order.progress.cancel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.shanpai.order.progress.cancel.CancelStage.ASSIGNED;
import static org.shanpai.order.progress.cancel.CancelStage.AT_STORE;
import static org.shanpai.order.progress.cancel.CancelStage.UNASSIGNED;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.progress.cancel.CancelTable.Seen;
import org.shanpai.order.progress.cancel.CancelTable.Terms;
import org.shanpai.order.progress.cancel.CancelTable.Why;

class CancelTableTest {

  private static final CancelTable TABLE = new CancelTable(200, 150);
  private static final Money FEE = Money.ofFen(460);
  private static final Seen NOTHING = new Seen(false, false, false, false);

  /** Written down by hand, fen: nobody assigned, assigned, at the store. */
  private static final Map<Fault, List<Long>> FEES =
      Map.of(
          Fault.MERCHANT, List.of(0L, 200L, 350L),
          Fault.CUSTOMER, List.of(0L, 200L, 350L),
          Fault.PLATFORM, List.of(0L, 0L, 0L),
          Fault.RIDER, List.of(0L, 0L, 0L),
          Fault.WEATHER, List.of(0L, 0L, 0L),
          Fault.NONE, List.of(0L, 0L, 0L));

  /** Written down by hand: whose doing a reason is when it holds. */
  private static final Map<CancelReason, Fault> FAULTS =
      Map.ofEntries(
          Map.entry(CancelReason.CUSTOMER_CHANGED_MIND, Fault.CUSTOMER),
          Map.entry(CancelReason.CUSTOMER_CANCELLED, Fault.CUSTOMER),
          Map.entry(CancelReason.CUSTOMER_UNREACHABLE, Fault.CUSTOMER),
          Map.entry(CancelReason.WRONG_ADDRESS, Fault.CUSTOMER),
          Map.entry(CancelReason.SOLD_OUT, Fault.MERCHANT),
          Map.entry(CancelReason.STORE_CLOSED, Fault.MERCHANT),
          Map.entry(CancelReason.SLOW_KITCHEN, Fault.MERCHANT),
          Map.entry(CancelReason.DUPLICATE_ORDER, Fault.MERCHANT),
          Map.entry(CancelReason.MERCHANT_CANCELLED, Fault.MERCHANT),
          Map.entry(CancelReason.OTHER, Fault.MERCHANT),
          Map.entry(CancelReason.LATE, Fault.PLATFORM),
          Map.entry(CancelReason.NOBODY_ACCEPTS, Fault.PLATFORM),
          Map.entry(CancelReason.RIDER_LATE, Fault.RIDER),
          Map.entry(CancelReason.BAD_WEATHER, Fault.WEATHER));

  private static boolean holds(CancelReason reason, Seen seen) {
    return switch (reason) {
      case LATE, RIDER_LATE -> seen.late();
      case NOBODY_ACCEPTS -> seen.nobodyFound();
      case BAD_WEATHER -> seen.severeWeather();
      default -> true;
    };
  }

  @Test
  void everyReasonAtEveryStageCostsAsWrittenDownWhateverWasSeen() {
    List<CancelStage> stages = List.of(UNASSIGNED, ASSIGNED, AT_STORE);
    int judged = 0;
    for (CancelReason reason : CancelReason.values()) {
      for (CancelStage stage : stages) {
        for (int bits = 0; bits < 16; bits++) {
          Seen seen = new Seen((bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0, (bits & 8) > 0);
          Fault whose =
              seen.freeCancel()
                  ? Fault.PLATFORM
                  : holds(reason, seen) ? FAULTS.get(reason) : Fault.MERCHANT;
          Terms terms = TABLE.terms(reason, stage, seen, FEE);
          assertThat(terms.fault()).as("%s %s %s", reason, stage, seen).isEqualTo(whose);
          assertThat(terms.feeFen())
              .as("%s %s %s", reason, stage, seen)
              .isEqualTo(FEES.get(whose).get(stages.indexOf(stage)));
          judged++;
        }
      }
    }
    assertThat(judged).isEqualTo(FAULTS.size() * 3 * 16);
  }

  @Test
  void whatSomebodyElseDecidesCostsAsWrittenDown() {
    for (Fault fault : Fault.values()) {
      assertThat(TABLE.feeFen(fault, UNASSIGNED, FEE)).isEqualTo(FEES.get(fault).get(0));
      assertThat(TABLE.feeFen(fault, ASSIGNED, FEE)).isEqualTo(FEES.get(fault).get(1));
      assertThat(TABLE.feeFen(fault, AT_STORE, FEE)).isEqualTo(FEES.get(fault).get(2));
    }
  }

  @Test
  void aReasonThatBlamesOthersFallsBackOnTheMerchantWhenNothingWasSeen() {
    for (CancelReason reason : CancelReason.values()) {
      Terms terms = TABLE.terms(reason, AT_STORE, NOTHING, FEE);
      boolean blamesOthers = reason.proof() != CancelReason.Proof.NOT_NEEDED;
      assertThat(terms.why() == Why.REASON_NOT_BORNE_OUT).as("%s", reason).isEqualTo(blamesOthers);
      assertThat(terms.feeFen()).as("%s", reason).isEqualTo(350);
    }
  }

  @Test
  void aCancelNeverCostsMoreThanTheDelivery() {
    for (long fee : new long[] {0, 100, 200, 299, 350, 10_000}) {
      Terms terms = TABLE.terms(CancelReason.OTHER, AT_STORE, NOTHING, Money.ofFen(fee));
      assertThat(terms.feeFen()).isEqualTo(Math.min(350, fee));
      assertThat(terms.parts()).allMatch(part -> part.fen() > 0);
    }
  }

  @Test
  void everyStatusHasItsStage() {
    Set<OrderStatus> cancellable =
        EnumSet.of(
            OrderStatus.CREATED,
            OrderStatus.DISPATCHING,
            OrderStatus.RIDER_ASSIGNED,
            OrderStatus.RIDER_AT_STORE);
    for (OrderStatus status : OrderStatus.values()) {
      CancelStage stage = CancelStage.of(status);
      assertThat(stage.cancellable()).as("%s", status).isEqualTo(cancellable.contains(status));
      assertThat(stage == CancelStage.ENDED).as("%s", status).isEqualTo(status.terminal());
    }
    assertThat(CancelStage.of(OrderStatus.RIDER_AT_STORE)).isEqualTo(AT_STORE);
    assertThat(CancelStage.of(OrderStatus.RIDER_ASSIGNED)).isEqualTo(ASSIGNED);
  }

  @Test
  void unknownCodesAreNoReasons() {
    assertThat(CancelReason.find("MINE_NOW")).isEmpty();
    assertThat(CancelReason.find("LATE")).contains(CancelReason.LATE);
    assertThat(CancelReason.codes()).contains("CUSTOMER_CHANGED_MIND").contains("BAD_WEATHER");
  }

  @Test
  void negativeFeesAreRefused() {
    assertThatThrownBy(() -> new CancelTable(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CancelTable(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}

package org.shanpai.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.shanpai.contracts.event.ExceptionReason.find;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.ExceptionReason.Clock;
import org.shanpai.contracts.event.ExceptionReason.Evidence;
import org.shanpai.contracts.event.ExceptionReason.Fee;
import org.shanpai.contracts.event.ExceptionReason.Reporter;
import org.shanpai.contracts.event.ExceptionReason.Stage;

/**
 * The table agrees with itself, with the score rules, and with its page. After a deliberate change:
 * {@code mvn -pl contracts test -Dtest=ExceptionReasonTest -Ddocs.write=true}.
 */
class ExceptionReasonTest {

  private static final Path PAGE = Path.of("../docs/exceptions.md");

  /** What riders' phones, dispatch, operators and the control room say today, and what it means. */
  @Test
  void codesInUseFindTheirRow() {
    assertThat(find("RIDER_SILENT")).contains(ExceptionReason.RIDER_LOST);
    assertThat(find("RIDER_OFFLINE")).contains(ExceptionReason.PHONE_DEAD);
    assertThat(find("NOBODY_ACCEPTED")).contains(ExceptionReason.NOBODY_ACCEPTS);
    assertThat(find("NO_COURIER")).contains(ExceptionReason.NOBODY_ACCEPTS);
    assertThat(find("RIDER_ACCIDENT")).contains(ExceptionReason.ACCIDENT);
    assertThat(find("BIKE_BROKEN")).contains(ExceptionReason.BREAKDOWN);
    assertThat(find("OPERATOR_CANCELLED")).contains(ExceptionReason.PLATFORM_FAULT);
    for (ExceptionReason reason : ExceptionReason.values()) {
      assertThat(find(reason.name())).contains(reason);
      for (String code : reason.codes()) {
        assertThat(find(code)).as(code).contains(reason);
      }
    }
  }

  @Test
  void whatIsNoExceptionFindsNone() {
    assertThat(find(null)).isEmpty();
    assertThat(find("ACCEPTED")).isEmpty();
    assertThat(find("store_closed")).isEmpty();
  }

  @Test
  void everyRowIsWhole() {
    Set<String> names = new HashSet<>();
    for (ExceptionReason reason : ExceptionReason.values()) {
      assertThat(names.add(reason.chinese())).as("%s has a name of its own", reason).isTrue();
      assertThat(reason.chinese()).as("%s", reason).matches("\\p{IsHan}+");
      assertThat(reason.english()).isNotBlank();
      assertThat(reason.reporters()).as("%s reporters", reason).isNotEmpty();
      assertThat(reason.stages()).as("%s stages", reason).isNotEmpty();
      assertThat(reason.evidence()).as("%s evidence", reason).isNotEmpty();
      assertThat(reason.clock()).isNotNull();
      assertThat(reason.fault()).isNotNull();
      assertThat(reason.pay()).isNotNull();
      assertThat(reason.fee()).isNotNull();
      for (boolean perishable : new boolean[] {true, false}) {
        assertThat(reason.goods(perishable)).as("%s goods", reason).isNotNull();
      }
    }
  }

  @Test
  void clockAndExemptionAgree() {
    Set<String> used = new HashSet<>();
    for (ExceptionReason reason : ExceptionReason.values()) {
      assertThat(reason.exemption().isPresent())
          .as("%s %s", reason, reason.clock())
          .isEqualTo(reason.clock() != Clock.RUNS);
      if (reason.clock() == Clock.COMPENSATED) {
        assertThat(reason.exemption()).contains("E1");
      }
      reason.exemption().ifPresent(used::add);
    }
    assertThat(used).containsExactlyInAnyOrder("E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8");
  }

  @Test
  void whoIsNotAtFaultOwesNothingForABadEnding() {
    for (ExceptionReason reason : ExceptionReason.values()) {
      if (reason.endsAs().isEmpty()) {
        continue;
      }
      boolean merchantsSide = EnumSet.of(Fault.MERCHANT, Fault.CUSTOMER).contains(reason.fault());
      assertThat(reason.fee() == Fee.NONE).as("%s", reason).isEqualTo(!merchantsSide);
    }
  }

  @Test
  void whereItLeadsFitsWhenItHappens() {
    for (ExceptionReason reason : ExceptionReason.values()) {
      boolean carried = reason.stages().contains(Stage.WITH_GOODS);
      reason
          .endsAs()
          .ifPresent(
              status -> {
                assertThat(status)
                    .as("%s", reason)
                    .isIn(OrderStatus.CANCELLED, OrderStatus.RETURNING, OrderStatus.EXCEPTION);
                assertThat(status == OrderStatus.CANCELLED).as("%s", reason).isEqualTo(!carried);
              });
      if (!carried) {
        assertThat(reason.goods(true)).as("%s", reason).isEqualTo(Goods.STAY_AT_STORE);
        assertThat(reason.goods(false)).as("%s", reason).isEqualTo(Goods.STAY_AT_STORE);
        assertThat(reason.pay().extras()).doesNotContain(ExtraPay.Kind.RETURN);
      } else {
        assertThat(reason.goods(true)).as("%s", reason).isNotEqualTo(Goods.STAY_AT_STORE);
        assertThat(reason.goods(false)).as("%s", reason).isNotEqualTo(Goods.STAY_AT_STORE);
      }
      if (reason.fee() == Fee.TRIP) {
        assertThat(reason.pay().extras())
            .as("%s: a trip that is charged is paid", reason)
            .contains(ExtraPay.Kind.WASTED_TRIP);
      }
      if (reason.fee() == Fee.FULL_AND_RETURN) {
        assertThat(reason.pay().base()).as("%s", reason).isTrue();
        assertThat(reason.pay().extras())
            .as("%s: a way back that is charged is paid", reason)
            .contains(ExtraPay.Kind.RETURN);
      }
    }
  }

  @Test
  void perishablesAreNeverBroughtBackExceptWhatNeedsACheckOrIsCalledBack() {
    for (ExceptionReason reason : ExceptionReason.values()) {
      assertThat(reason.goods(true) == Goods.RETURN)
          .as("%s", reason)
          .isEqualTo(
              reason == ExceptionReason.FAILED_CHECK
                  || reason == ExceptionReason.MERCHANT_RECALLED);
    }
  }

  @Test
  void onlyRidersAreUnderPresumption() {
    for (ExceptionReason reason : ExceptionReason.values()) {
      assertThat(reason.presumed()).as("%s", reason).isEqualTo(reason.fault() == Fault.RIDER);
    }
  }

  @Test
  void privateDeliveryPunishesNobody() {
    ExceptionReason suspected = ExceptionReason.PRIVATE_DELIVERY;
    assertThat(suspected.fault()).isEqualTo(Fault.NONE);
    assertThat(suspected.fee()).isEqualTo(Fee.NONE);
    assertThat(suspected.endsAs()).isEmpty();
    assertThat(suspected.evidence()).containsExactly(Evidence.TRACK);
    assertThat(suspected.reporters()).doesNotContain(Reporter.RIDER);
  }

  @Test
  void pageSaysWhatTheTableSays() throws IOException {
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE).replace("\r\n", "\n"))
        .as("%s; after a deliberate change run with -Ddocs.write=true", PAGE)
        .isEqualTo(page());
  }

  private static String page() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Exceptions 配送异常

        Written by `ExceptionReasonTest` from `org.shanpai.contracts.event.ExceptionReason`, the one table that drives code, pages and tests. Do not edit.

        - **Reported by**: who may say so. PLATFORM notices by itself.
        - **Evidence**: any one of these proves it.
        - **Clock**: RUNS: nothing changes. STOPS: until the matter is solved. COMPENSATED: the rider's deadline moves by what the kitchen cost. EXEMPT: a delivery all the same counts as on time. E1–E8 are the exemptions of the score rules.
        - **Fault**: whose doing it is. An asterisk marks a presumption: it settles at once between merchant and platform, and touches a rider's score only when a named person upholds it.
        - **Goods**: once they have left the store; in brackets when perishable.
        - **Pay**: what the rider gets when the order ends so; each extra only when it applies.
        - **Fee**: what the merchant owes. The way back is charged only for goods that are brought back.
        - **Leads to**: the order's next status; a dash when the order goes on, or has ended already.

        | Reason | 中文 | What it is | Reported by | When | Evidence | Clock | Fault | Goods | Pay | Fee | Leads to | Also called |
        |---|---|---|---|---|---|---|---|---|---|---|---|---|
        """);
    for (ExceptionReason reason : ExceptionReason.values()) {
      String goods = reason.goods(false).name();
      if (reason.goods(true) != reason.goods(false)) {
        goods += " (" + reason.goods(true) + ")";
      }
      text.append("| ").append(reason);
      cell(text, reason.chinese());
      cell(text, reason.english());
      cell(text, list(reason.reporters()));
      cell(text, list(reason.stages()));
      cell(text, list(reason.evidence()));
      cell(text, reason.clock() + reason.exemption().map(rule -> " " + rule).orElse(""));
      cell(text, reason.fault() + (reason.presumed() ? "*" : ""));
      cell(text, goods);
      cell(text, pay(reason.pay()));
      cell(text, reason.fee().name());
      cell(text, reason.endsAs().map(OrderStatus::name).orElse("–"));
      cell(text, reason.codes().isEmpty() ? "–" : String.join(", ", reason.codes()));
      text.append(" |\n");
    }
    return text.toString();
  }

  private static String pay(ExceptionReason.Pay pay) {
    String extras = list(pay.extras());
    if (!pay.base()) {
      return extras.isEmpty() ? "–" : extras;
    }
    return extras.isEmpty() ? "BASE" : "BASE, " + extras;
  }

  private static void cell(StringBuilder text, String value) {
    text.append(" | ").append(value);
  }

  private static String list(Collection<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}

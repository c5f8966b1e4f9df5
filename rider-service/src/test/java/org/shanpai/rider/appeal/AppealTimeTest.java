package org.shanpai.rider.appeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.problem.Problem;

/** The exact ends of an appeal's times, and who can say no. */
class AppealTimeTest {

  private static final Instant NOTICE = Instant.parse("2026-03-02T04:00:00Z");
  private static final Duration THREE_DAYS = Duration.ofHours(72);

  @Test
  void theLastMomentOf72HoursIsInTimeAndAMillisecondMoreIsNot() {
    Instant last = NOTICE.plus(THREE_DAYS);
    assertThatCode(() -> Appeals.refuseTooLate(NOTICE, THREE_DAYS, last))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Appeals.refuseTooLate(NOTICE, THREE_DAYS, last.plusMillis(1)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.slug()).isEqualTo("appeal-too-late");
              assertThat(problem.field()).isEqualTo("entryId");
              assertThat(problem.getMessage()).contains("2026-03-05T04:00:00Z");
            });
  }

  @Test
  void aDecisionAtTheLastMomentIsInTime() {
    Appeal appeal = filed(NOTICE.plus(Duration.ofHours(48)));
    assertThat(appeal.overdue(NOTICE.plus(Duration.ofHours(48)))).isFalse();
    assertThat(appeal.overdue(NOTICE.plus(Duration.ofHours(48)).plusMillis(1))).isTrue();
  }

  private static Appeal filed(Instant due) {
    return new Appeal(
        "ap-1",
        "r-1",
        "se-1",
        "o-1",
        "OT",
        "OT2",
        -2000,
        "rules",
        "why",
        AppealState.FILED,
        NOTICE,
        due,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void onlyTheRequestOfSomebodySignedInMakesANamedPerson() {
    for (Constructor<?> constructor : NamedPerson.class.getDeclaredConstructors()) {
      assertThat(Modifier.isPrivate(constructor.getModifiers())).isTrue();
    }
    List<Method> makers =
        Arrays.stream(NamedPerson.class.getDeclaredMethods())
            .filter(method -> method.getReturnType() == NamedPerson.class)
            .toList();
    assertThat(makers).hasSize(1);
    assertThat(makers.get(0).getParameterTypes()).containsExactly(CurrentCaller.class);
  }

  @Test
  void nothingRejectsWithoutANamedPerson() {
    List<Method> deciding =
        Arrays.stream(AppealDesk.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(
                method -> List.of("accept", "reject", "vote", "seat").contains(method.getName()))
            .toList();
    assertThat(deciding).hasSize(4);
    assertThat(deciding).allMatch(method -> method.getParameterTypes()[0] == NamedPerson.class);
  }
}

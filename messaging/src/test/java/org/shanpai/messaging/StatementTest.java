package org.shanpai.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class StatementTest {

  private static final Statement TWICE =
      Statement.of("select :name::text, x from t where a = :at and (b = :name or c = :most)");

  @Test
  void aNameIsOnePlaceHoweverOftenItStands() {
    assertThat(TWICE.text())
        .isEqualTo("select $1::text, x from t where a = $2 and (b = $1 or c = $3)");
  }

  @Test
  void valuesStandInTheOrderOfThePlacesAndInstantsAsTheDriverTakesThem() {
    Instant at = Instant.parse("2026-11-22T04:00:00Z");
    assertThat(TWICE.filled().with("most", 3).with("at", at).with("name", null).values())
        .containsExactly(null, at.atOffset(ZoneOffset.UTC), 3);
  }

  @Test
  void aValueLeftOutIsNamed() {
    assertThatThrownBy(() -> TWICE.filled().with("name", "n").with("most", 1).values())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[at]");
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> TWICE.filled().with("nmae", "n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nmae");
  }

  @Test
  void usesDoNotShareValues() {
    Statement.Filled first = TWICE.filled().with("name", "a").with("at", null).with("most", 1);
    TWICE.filled().with("name", "b").with("at", null).with("most", 2);
    assertThat(first.values()).containsExactly("a", null, 1);
  }
}

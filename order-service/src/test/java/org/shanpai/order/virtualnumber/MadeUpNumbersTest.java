package org.shanpai.order.virtualnumber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.shanpai.chassis.ShanpaiConfig.Mode.LOCAL;
import static org.shanpai.chassis.ShanpaiConfig.Mode.PRODUCTION;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.order.virtualnumber.VirtualNumberSettings.Provider;

class MadeUpNumbersTest {

  private record Settings(Optional<Provider> provider) implements VirtualNumberSettings {
    @Override
    public Duration longest() {
      return Duration.ofHours(24);
    }

    @Override
    public Duration grace() {
      return Duration.ofMinutes(30);
    }

    @Override
    public Duration riderTimeout() {
      return Duration.ofSeconds(2);
    }

    @Override
    public Duration releaseEvery() {
      return Duration.ofMinutes(1);
    }
  }

  @Test
  void numbersLookLikeNoRealOneAndAreTheSameForTheSameLease() {
    for (long seed = 0; seed < 1_000_000_000_000L; seed += 77_777_777_777L) {
      assertThat(MadeUpNumbers.number(seed, 0))
          .matches("0000[0-9]{8}")
          .isEqualTo(MadeUpNumbers.number(seed, 0));
    }
  }

  @Test
  void attemptsNeverComeBackToANumberTriedBefore() {
    Set<String> tried = new HashSet<>();
    for (int attempt = 0; attempt < 10_000; attempt++) {
      assertThat(tried.add(MadeUpNumbers.number(4711, attempt))).isTrue();
    }
  }

  @Test
  void numbersNobodyCanDialAreForLocalUseOnly() {
    assertThat(CallNumbers.provider(LOCAL, new Settings(Optional.empty())))
        .isEqualTo(Provider.FAKE);
    assertThat(CallNumbers.provider(PRODUCTION, new Settings(Optional.empty())))
        .isEqualTo(Provider.NONE);
    assertThat(CallNumbers.provider(LOCAL, new Settings(Optional.of(Provider.NONE))))
        .isEqualTo(Provider.NONE);
    assertThatThrownBy(
            () -> CallNumbers.provider(PRODUCTION, new Settings(Optional.of(Provider.FAKE))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nobody can dial");
  }
}

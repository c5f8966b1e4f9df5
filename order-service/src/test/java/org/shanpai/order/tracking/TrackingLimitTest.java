package org.shanpai.order.tracking;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.OrderId;

class TrackingLimitTest {

  private static final OrderId ONE = new OrderId("o-1");
  private static final OrderId OTHER = new OrderId("o-2");

  private final TrackingLimit limit = new TrackingLimit(new Few());

  @Test
  void oneLinkRunsDryAndAnotherGoesOn() {
    for (int i = 0; i < 5; i++) {
      limit.spend(ONE, "10.0.0." + i);
    }
    refused(() -> limit.spend(ONE, "10.0.0.9"));
    assertThatCode(() -> limit.spend(OTHER, "10.0.0.9")).doesNotThrowAnyException();
  }

  @Test
  void oneAddressRunsDryWithManyLinks() {
    for (int i = 0; i < 10; i++) {
      limit.spend(new OrderId("o-" + i), "10.0.0.1");
    }
    refused(() -> limit.spend(new OrderId("o-new"), "10.0.0.1"));
    assertThatCode(() -> limit.spend(new OrderId("o-new"), "10.0.0.2")).doesNotThrowAnyException();
  }

  @Test
  void whoeverGuessesRunsDryAndAGoodLinkFromThereGoesOn() {
    for (int i = 0; i < 3; i++) {
      limit.spendWrong("10.0.0.1");
    }
    refused(() -> limit.spendWrong("10.0.0.1"));
    assertThatCode(() -> limit.spend(ONE, "10.0.0.1")).doesNotThrowAnyException();
  }

  private static void refused(ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              org.assertj.core.api.Assertions.assertThat(problem.status()).isEqualTo(429);
              org.assertj.core.api.Assertions.assertThat(problem.retryAfterSeconds()).isPositive();
            });
  }

  /** Five a minute with one link, ten from one address, three that are none. */
  private static final class Few implements TrackingSettings {
    @Override
    public URI publicUrl() {
      return URI.create("http://127.0.0.1");
    }

    @Override
    public Duration afterEnd() {
      return Duration.ofHours(1);
    }

    @Override
    public Duration refresh() {
      return Duration.ofSeconds(1);
    }

    @Override
    public int mostStreams() {
      return 1;
    }

    @Override
    public Duration geoTimeout() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Duration stalePosition() {
      return Duration.ofMinutes(1);
    }

    @Override
    public int perTokenAMinute() {
      return 5;
    }

    @Override
    public int callsAMinute() {
      return 2;
    }

    @Override
    public int perAddressAMinute() {
      return 10;
    }

    @Override
    public int wrongAMinute() {
      return 3;
    }
  }
}

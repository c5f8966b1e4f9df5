package org.shanpai.controlroom.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.problem.Problem;

class HashingPoolTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  private record Settings(int hashingThreads, int hashingQueue) implements OperatorConfig {
    @Override
    public Duration sessionLife() {
      return Duration.ofHours(12);
    }

    @Override
    public int failuresPerName() {
      return 5;
    }

    @Override
    public int failuresPerAddress() {
      return 30;
    }

    @Override
    public Duration failureWindow() {
      return Duration.ofMinutes(15);
    }

    @Override
    public Duration block() {
      return Duration.ofMinutes(1);
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final HashingPool pool = new HashingPool(vertx, new Settings(2, 3));
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicInteger atWork = new AtomicInteger();
  private final AtomicInteger mostAtWork = new AtomicInteger();
  private final AtomicInteger tried = new AtomicInteger();

  @AfterEach
  void close() {
    goOn.countDown();
    vertx.closeAndAwait();
  }

  private CompletableFuture<String> hash() {
    return pool.run(
            () -> Uni.createFrom().item(tried::incrementAndGet),
            nothing -> {
              mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
              try {
                goOn.await(10, TimeUnit.SECONDS);
                return Thread.currentThread().getName();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              } finally {
                atWork.decrementAndGet();
              }
            })
        .subscribeAsCompletionStage();
  }

  @Test
  void whoFindsNoPlaceIsToldWhenToTryAgainAndNothingWasTried() throws Exception {
    List<CompletableFuture<String>> admitted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      admitted.add(hash());
    }
    CompletableFuture<String> late = hash();

    assertThat(late).failsWithin(SOON);
    assertThatThrownBy(late::get)
        .extracting(Throwable::getCause, type(Problem.class))
        .satisfies(
            problem -> {
              assertThat(problem.status()).isEqualTo(503);
              assertThat(problem.retryAfterSeconds()).isPositive();
            });
    assertThat(tried).hasValue(5);

    goOn.countDown();
    for (CompletableFuture<String> one : admitted) {
      assertThat(one).succeedsWithin(SOON).asString().startsWith("passwords");
    }
    assertThat(mostAtWork).hasValueLessThanOrEqualTo(2);
    assertThat(hash()).succeedsWithin(SOON);
  }

  @Test
  void failureBeforeOrWithinTheWorkGivesThePlaceBack() {
    goOn.countDown();
    for (int i = 0; i < 12; i++) {
      Uni<String> blocked =
          pool.run(
              () -> Uni.createFrom().failure(Problem.tooMany("too-many-sign-ins", "Wait.", 60)),
              nothing -> "hash");
      assertThatThrownBy(() -> blocked.await().atMost(SOON))
          .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.status()).isEqualTo(429));
      Uni<String> wrong =
          pool.run(
              () -> Uni.createFrom().voidItem(),
              nothing -> {
                throw Problem.unauthorized("The user name or the password is wrong.");
              });
      assertThatThrownBy(() -> wrong.await().atMost(SOON))
          .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.status()).isEqualTo(401));
    }
    assertThat(hash()).succeedsWithin(SOON);
  }
}

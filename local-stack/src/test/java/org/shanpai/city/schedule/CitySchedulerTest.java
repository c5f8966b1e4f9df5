package org.shanpai.city.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;

class CitySchedulerTest {

  private final AtomicReference<Throwable> bug = new AtomicReference<>();

  private CityScheduler scheduler(double speed, int threads) {
    WallClock wall = WallClock.system();
    CityClock clock =
        new CityClock(wall, new CityClock.Anchor(wall.millis(), 1_000_000_000L, speed));
    return new CityScheduler(clock, threads, bug::set);
  }

  @Test
  void stepsRunInTheOrderOfCityTime() {
    List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
    try (CityScheduler scheduler = scheduler(100, 1)) {
      scheduler.after(this, 20_000, () -> ran.add(3));
      scheduler.after(this, 5_000, () -> ran.add(1));
      scheduler.after(this, 10_000, () -> ran.add(2));
      await().atMost(Duration.ofSeconds(5)).until(() -> ran.size() == 3);
    }
    assertThat(ran).containsExactly(1, 2, 3);
  }

  @Test
  void busyThreadShowsAsLagInCitySeconds() {
    AtomicInteger ran = new AtomicInteger();
    try (CityScheduler scheduler = scheduler(100, 1)) {
      scheduler.soon(
          "slow",
          () -> {
            try {
              Thread.sleep(300);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            ran.incrementAndGet();
          });
      scheduler.after("waiting", 1_000, ran::incrementAndGet);
      await().atMost(Duration.ofSeconds(5)).until(() -> ran.get() == 2);
      // It was due after 10 ms and began after 300 ms: 29 city seconds late at speed 100.
      assertThat(scheduler.lag().maxMillis()).isGreaterThan(25_000);
    }
  }

  @Test
  void idleSchedulerHasLittleLag() {
    AtomicInteger ran = new AtomicInteger();
    try (CityScheduler scheduler = scheduler(20, 2)) {
      for (int i = 0; i < 50; i++) {
        scheduler.after(i, 200L * i, ran::incrementAndGet);
      }
      await().atMost(Duration.ofSeconds(10)).until(() -> ran.get() == 50);
      assertThat(scheduler.lag().quantileMillis(0.5)).isLessThan(5_000);
    }
  }

  @Test
  void stepsOfOneAgentNeverOverlap() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger ran = new AtomicInteger();
    try (CityScheduler scheduler = scheduler(20, 3)) {
      for (int i = 0; i < 200; i++) {
        scheduler.soon(
            this,
            () -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              Thread.yield();
              inside.decrementAndGet();
              ran.incrementAndGet();
            });
      }
      await().atMost(Duration.ofSeconds(5)).until(() -> ran.get() == 200);
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void brokenStepIsToldAndTheNextOneRuns() {
    AtomicInteger ran = new AtomicInteger();
    try (CityScheduler scheduler = scheduler(20, 1)) {
      scheduler.soon(
          this,
          () -> {
            throw new IllegalStateException("planted");
          });
      scheduler.soon(this, ran::incrementAndGet);
      await().atMost(Duration.ofSeconds(5)).until(() -> ran.get() == 1);
    }
    assertThat(bug.get()).hasMessage("planted");
  }

  @Test
  void quantileOfLagErrsUpwardsByLessThanABucket() {
    LagMeter lag = new LagMeter();
    for (int i = 1; i <= 100; i++) {
      lag.record(i * 100L);
    }
    assertThat(lag.quantileMillis(0.99)).isBetween(9_900L, 10_000L);
    assertThat(lag.quantileMillis(0.5)).isBetween(5_000L, 5_100L);
    assertThat(lag.maxMillis()).isEqualTo(10_000);
    assertThat(lag.count()).isEqualTo(100);
  }
}

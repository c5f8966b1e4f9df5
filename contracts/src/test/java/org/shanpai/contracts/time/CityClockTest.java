package org.shanpai.contracts.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CityClockTest {

  private final AtomicLong wallMillis = new AtomicLong(1_000_000);
  private final WallClock wall =
      new WallClock(
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return Instant.ofEpochMilli(wallMillis.get());
            }
          });

  @Test
  void readsAnchorPlusSpeedTimesElapsed() {
    CityClock clock = new CityClock(wall, new CityClock.Anchor(1_000_000, 50_000_000, 20));
    assertThat(clock.millis()).isEqualTo(50_000_000);
    wallMillis.addAndGet(1_500);
    assertThat(clock.millis()).isEqualTo(50_030_000);
  }

  @Test
  void programsWithTheSameAnchorAgreeEvenWhenOneStartsLater() {
    CityClock.Anchor anchor = new CityClock.Anchor(1_000_000, 50_000_000, 20);
    CityClock first = new CityClock(wall, anchor);
    wallMillis.addAndGet(60_000);
    CityClock restarted = new CityClock(wall, CityClock.Anchor.parse(anchor.text()));
    assertThat(restarted.now()).isEqualTo(first.now());
  }

  @Test
  void neverGoesBackWhenTheMachinesClockDoes() {
    CityClock clock = new CityClock(wall, new CityClock.Anchor(1_000_000, 50_000_000, 20));
    wallMillis.addAndGet(10_000);
    Instant before = clock.now();
    wallMillis.addAndGet(-5_000);
    assertThat(clock.now()).isEqualTo(before);
    wallMillis.addAndGet(5_001);
    assertThat(clock.now()).isEqualTo(before.plusMillis(20));
  }

  @Test
  void emptyAnchorIsRealTime() {
    CityClock clock = new CityClock(wall, CityClock.Anchor.parse(" "));
    assertThat(clock.millis()).isEqualTo(1_000_000);
    assertThat(clock.speed()).isEqualTo(1);
  }

  @Test
  void convertsSpansRoundingWallTimeUp() {
    CityClock clock = new CityClock(wall, new CityClock.Anchor(0, 0, 20));
    assertThat(clock.toWall(Duration.ofSeconds(30))).isEqualTo(Duration.ofMillis(1_500));
    assertThat(clock.toWall(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(1));
    assertThat(clock.toCity(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void impossibleSpeedsAndTextsAreRefused() {
    assertThatThrownBy(() -> new CityClock.Anchor(0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CityClock.Anchor(0, 0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CityClock.Anchor.parse("fast"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wallMillis,cityMillis,speed");
  }
}

package org.shanpai.geo.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.redis.RedisUnavailable;

/** What is answered while Redis is away. */
class PositionsTest {

  private static final GeoPoint MIDDLE = new GeoPoint(31.23, 121.47);

  private final HandClock hand = new HandClock();
  private final CityClock clock = new CityClock(new WallClock(hand), CityClock.Anchor.REAL_TIME);
  private final PingCheck check = new PingCheck(PingCheckTest.LIMITS);
  private final LastKnown known = new LastKnown(new PingJudge(check, 3, place -> false), 100);
  private long seq;
  private final DeadRedis redis = new DeadRedis();

  private static final class HandClock extends Clock {
    private Instant now = Instant.parse("2026-11-22T04:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static final class DeadRedis implements SharedPositions {
    private final AtomicInteger wakes = new AtomicInteger();
    private boolean seenAll;

    private static <T> Uni<T> away() {
      return Uni.createFrom()
          .failure(new RedisUnavailable(RedisUnavailable.Reason.AWAY, "connection refused"));
    }

    @Override
    public Uni<List<NearFix>> near(GeoPoint centre, double radius, int limit, long oldest) {
      return away();
    }

    @Override
    public Uni<List<Fix>> around(GeoPoint centre, double radius, long oldest) {
      return away();
    }

    @Override
    public Uni<Fix> find(String riderId, long oldest) {
      return away();
    }

    @Override
    public void wake() {
      wakes.incrementAndGet();
    }

    @Override
    public boolean seenAll() {
      return seenAll;
    }
  }

  private Positions positions(Map<String, String> settings) {
    PositionSettings mapped =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(PositionSettings.class)
            .withSources(new PropertiesConfigSource(settings, "test", 200))
            .build()
            .getConfigMapping(PositionSettings.class);
    return new Positions(
        known,
        check,
        redis,
        mapped,
        new Areas(null, null),
        clock,
        new WallClock(hand),
        List.of(),
        new SimpleMeterRegistry());
  }

  private PingReceipt ping(Positions positions, String riderId) {
    return positions.take(
        riderId,
        new PingBatch(
            new Phone("s-1", 64),
            CoordinateSystem.WGS_84,
            List.of(new Ping(++seq, clock.now(), MIDDLE.lat(), MIDDLE.lon(), 8.0, null, null))));
  }

  @Test
  void pingsAreTakenWhateverRedisDoes() {
    Positions positions = positions(Map.of());
    assertThat(ping(positions, "r-1").accepted()).isEqualTo(1);
    assertThat(redis.wakes).hasValue(1);
    assertThat(positions.find("r-1").await().indefinitely().place()).isEqualTo(MIDDLE);
  }

  @Test
  void aReplicaThatJustStartedDoesNotPassOffItsIgnoranceAsSilence() {
    Positions positions = positions(Map.of());
    ping(positions, "r-1");
    assertThatThrownBy(() -> positions.near(MIDDLE, 1_000, 10).await().indefinitely())
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(503);
              assertThat(problem.retryAfterSeconds()).isPositive();
            });
    assertThatThrownBy(() -> positions.find("r-2").await().indefinitely())
        .isInstanceOf(Problem.class);
    // After three minutes everybody who is not silent was heard of.
    hand.now = hand.now.plusSeconds(180);
    ping(positions, "r-1");
    assertThat(positions.near(MIDDLE, 1_000, 10).await().indefinitely()).hasSize(1);
  }

  @Test
  void aReplicaThatHadSeenEverythingAnswersFromMemory() {
    Positions positions = positions(Map.of());
    redis.seenAll = true;
    ping(positions, "r-1");
    assertThat(positions.near(MIDDLE, 1_000, 10).await().indefinitely())
        .extracting(near -> near.fix().riderId())
        .containsExactly("r-1");
    assertThat(positions.find("r-2").await().indefinitely()).isNull();
  }

  @Test
  void whereReplicasShareRidersMemoryDoesNotStandForAll() {
    Positions positions = positions(Map.of("shanpai.geo.positions.memory-answers", "false"));
    redis.seenAll = true;
    ping(positions, "r-1");
    assertThatThrownBy(() -> positions.near(MIDDLE, 1_000, 10).await().indefinitely())
        .isInstanceOf(Problem.class);
    assertThat(positions.find("r-1").await().indefinitely()).isNotNull();
  }

  @Test
  void expiredReadingsAnswerNothing() {
    Positions positions = positions(Map.of());
    redis.seenAll = true;
    ping(positions, "r-1");
    hand.now = hand.now.plus(Duration.ofMinutes(21));
    assertThat(positions.near(MIDDLE, 1_000, 10).await().indefinitely()).isEmpty();
    // find falls back to memory, which may not have been swept yet.
    assertThat(positions.find("r-1").await().indefinitely()).isNull();
  }
}

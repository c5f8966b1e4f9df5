package org.shanpai.rider.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.City;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.JobState;

class EarningsLineTest {

  private final City city = new City(CityId.of("city-1"), ZoneId.of("Asia/Shanghai"));

  @Test
  void lateOrOnTimeThePayIsTheSameAndNeverNegative() {
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed);
      Instant deadline = Instant.parse("2026-03-02T04:00:00Z").plusSeconds(random.nextInt(86_400));
      long pay = random.nextInt(3_000);
      JobState onTime = job(seed, deadline, deadline.minusSeconds(random.nextInt(900)), pay);
      JobState late = job(seed, deadline, deadline.plusSeconds(1 + random.nextInt(7_200)), pay);
      EarningsLine paidOnTime = EarningsLine.base(onTime, city);
      EarningsLine paidLate = EarningsLine.base(late, city);
      assertThat(paidLate.amount()).as("seed %d", seed).isEqualTo(paidOnTime.amount());
      assertThat(paidLate.subject()).isEqualTo(paidOnTime.subject());
      assertThat(paidLate.kind()).isEqualTo(paidOnTime.kind());
      assertThat(paidLate.amount().fen()).isEqualTo(pay).isNotNegative();
    }
  }

  private static JobState job(long order, Instant deadline, Instant deliveredAt, long pay) {
    return JobFixture.delivered(Long.toString(order), "r-1", "a-1", deadline, deliveredAt, pay);
  }

  @Test
  void aNegativeOrMissingPayIsRefused() {
    Instant at = Instant.parse("2026-03-02T04:00:00Z");
    assertThatThrownBy(() -> EarningsLine.base(job(1, at, at, -1), city))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                EarningsLine.base(
                    JobFixture.job(
                        "1",
                        "r-1",
                        "a-1",
                        9,
                        org.shanpai.contracts.event.JobStatus.DELIVERED,
                        at,
                        at,
                        null),
                    city))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package org.shanpai.rider.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.City;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.JobState;
import org.shanpai.messaging.Json;

class EarningsLineTest {

  private final City city = new City(CityId.of("city-1"), ZoneId.of("Asia/Shanghai"));

  @Test
  void lateOrOnTimeEveryLineIsTheSameAndNeverNegativeAndTheirSumIsWhatWasPromised() {
    int apart = 0;
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed * 7_919);
      Instant deadline = Instant.parse("2026-03-02T04:00:00Z").plusSeconds(random.nextInt(86_400));
      long pay = random.nextInt(3_000);
      Long way = random.nextInt(4) == 0 ? null : (long) random.nextInt((int) pay + 1);
      Instant early = deadline.minusSeconds(random.nextInt(900));
      Instant late = deadline.plusSeconds(1 + random.nextInt(7_200));
      List<EarningsLine> onTime = EarningsLine.promised(job(seed, deadline, early, pay, way), city);
      List<EarningsLine> after = EarningsLine.promised(job(seed, deadline, late, pay, way), city);
      assertThat(after.stream().map(EarningsLineTest::paid).toList())
          .as("seed %d", seed)
          .isEqualTo(onTime.stream().map(EarningsLineTest::paid).toList());
      assertThat(onTime.get(0).kind()).isEqualTo(EarningsLine.Kind.BASE);
      assertThat(onTime).allSatisfy(line -> assertThat(line.amount().fen()).isNotNegative());
      assertThat(onTime.stream().mapToLong(line -> line.amount().fen()).sum())
          .as("seed %d: the same total as in one sum", seed)
          .isEqualTo(pay);
      if (onTime.size() == 2) {
        assertThat(onTime.get(1).kind()).isEqualTo(EarningsLine.Kind.DISTANCE);
        assertThat(onTime.get(1).amount().fen()).isEqualTo(way);
        apart++;
      } else {
        assertThat(way == null || way == 0).isTrue();
      }
    }
    assertThat(apart).isGreaterThan(300);
  }

  private static String paid(EarningsLine line) {
    return line.riderId() + " " + line.subject() + " " + line.kind() + " " + line.amount();
  }

  private static JobState job(
      long order, Instant deadline, Instant deliveredAt, long pay, Long way) {
    Map<String, Object> all =
        Json.mapper()
            .convertValue(
                job(order, deadline, deliveredAt, pay),
                new TypeReference<LinkedHashMap<String, Object>>() {});
    all.put("distancePay", way);
    return Json.mapper().convertValue(all, JobState.class);
  }

  private static JobState job(long order, Instant deadline, Instant deliveredAt, long pay) {
    return JobFixture.delivered(Long.toString(order), "r-1", "a-1", deadline, deliveredAt, pay);
  }

  @Test
  void aNegativeOrMissingPayIsRefused() {
    Instant at = Instant.parse("2026-03-02T04:00:00Z");
    assertThatThrownBy(() -> EarningsLine.promised(job(1, at, at, -1), city))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EarningsLine.promised(job(1, at, at, 500, 501L), city))
        .as("more for the way than for the whole")
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                EarningsLine.promised(
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

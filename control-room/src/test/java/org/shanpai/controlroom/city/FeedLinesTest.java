package org.shanpai.controlroom.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.OrderStateBuilder;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.controlroom.fixture.Jobs;

class FeedLinesTest {

  private static final Instant AT = Instant.parse("2026-11-20T04:30:00Z");

  @Test
  void callForAnOperatorIsLoudAndSaidOnce() {
    Jobs job = Jobs.job(JobStatus.OPEN).unclaimed("OPERATOR_CALLED").reason("OPERATOR_CALLED");
    FeedItem line = FeedLines.of("e-1", AT, job.state()).orElseThrow();
    assertThat(line.what()).isEqualTo("JOB_UNCLAIMED");
    assertThat(line.tone()).isEqualTo(FeedItem.Tone.BAD);
    assertThat(line.reason()).isEqualTo("OPERATOR_CALLED");
    // What is told of the job later has another reason, and is no second call.
    assertThat(FeedLines.of("e-2", AT, job.reason("OFFERED").state())).isEmpty();
  }

  @Test
  void betterPayIsAQuietLine() {
    Jobs job = Jobs.job(JobStatus.OPEN).unclaimed("PAY_RAISED").reason("PAY_RAISED");
    assertThat(FeedLines.of("e-1", AT, job.state()).orElseThrow().tone())
        .isEqualTo(FeedItem.Tone.WARN);
  }

  @Test
  void whatAMerchantReportsIsLoudAndSaidOnce() {
    OrderState quiet = order(2, null, null);
    assertThat(FeedLines.of("e-1", AT, quiet)).isEmpty();
    FeedItem line = FeedLines.of("e-2", AT, order(3, "SOLD_OUT", 3L)).orElseThrow();
    assertThat(line.what()).isEqualTo("MERCHANT_REPORTED");
    assertThat(line.tone()).isEqualTo(FeedItem.Tone.BAD);
    assertThat(line.reason()).isEqualTo("SOLD_OUT");
    assertThat(line.orderId()).isEqualTo(quiet.orderId());
    assertThat(line.storeId()).isEqualTo(quiet.storeId());
    // Later versions carry it on, and are no second report.
    assertThat(FeedLines.of("e-3", AT, order(4, "SOLD_OUT", 3L))).isEmpty();
    assertThat(FeedLines.of("e-4", AT, order(5, "GOODS_MISSING", 5L))).isPresent();
  }

  private static OrderState order(long version, String reported, Long reportedVersion) {
    return OrderStateBuilder.builder()
        .orderId(OrderId.of("o-1"))
        .cityId(CityId.of("city-1"))
        .merchantId(MerchantId.of("m-1"))
        .storeId(StoreId.of("s-1"))
        .areaId(AreaId.of("a-1"))
        .version(version)
        .status(OrderStatus.RIDER_ASSIGNED)
        .pickup(new GeoPoint(31.2, 121.4))
        .dropoff(new GeoPoint(31.21, 121.41))
        .loadUnits(1)
        .weightGrams(900)
        .needs(Set.of())
        .goodsValue(Money.ofFen(3000))
        .deliveryFee(Money.ofFen(500))
        .createdAt(AT)
        .promise(new TimeWindow(AT, AT.plusSeconds(1800)))
        .reportedReason(reported)
        .reportedVersion(reportedVersion)
        .build();
  }
}

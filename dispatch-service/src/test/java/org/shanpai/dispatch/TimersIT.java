package org.shanpai.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.dispatch.wave.WaveScheduler;
import org.shanpai.messaging.Envelopes;
import org.shanpai.servers.ServersTestResource;

/** The service on its own feet: leases, waves and sweeps run by timers. */
@QuarkusTest
@TestProfile(TimersIT.OnItsOwn.class)
class TimersIT extends LiveDispatch {

  /** Timers on, offers short. */
  public static class OnItsOwn implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "shanpai.dispatch.timers", "true",
          "shanpai.dispatch.offer-seconds", "3",
          "shanpai.dispatch.silent-seconds", "300",
          "shanpai.dispatch.lease-wall-seconds", "2");
    }
  }

  @Inject WaveScheduler scheduler;

  @Test
  void offerReachesKafkaWithoutAnybodysHelpAndGoesToAnotherWhenItExpires() {
    send(
        EventType.AREA_STATE,
        area,
        1,
        new AreaState(
            new AreaId(area),
            CITY,
            1,
            "core",
            List.of(STORE, STORE.offsetMetres(0, 100), STORE.offsetMetres(100, 0)),
            false));
    eventually(() -> assertThat(scheduler.areas()).contains(area));
    onlineRider();
    onlineRider();
    try (KafkaConsumer<String, String> offers = consumer("shanpai.offer")) {
      String job = openJob();
      OfferState first = nextOffer(offers, job, OfferState.Status.OPEN);
      long late = wall.millis() - first.decidedAtWallMillis();
      assertThat(late).as("ms from commit to a consumer of Kafka").isLessThan(5_000);
      OfferState expired = nextOffer(offers, job, OfferState.Status.EXPIRED);
      assertThat(expired.offerId()).isEqualTo(first.offerId());
      OfferState second = nextOffer(offers, job, OfferState.Status.OPEN);
      assertThat(second.riderId()).isNotEqualTo(first.riderId());
    }
  }

  private OfferState nextOffer(
      KafkaConsumer<String, String> offers, String job, OfferState.Status status) {
    for (int poll = 0; poll < 100; poll++) {
      for (ConsumerRecord<String, String> message : offers.poll(Duration.ofMillis(300))) {
        OfferState offer = (OfferState) Envelopes.read(message.value()).data();
        if (offer.status() == status
            && offer.jobs().stream().anyMatch(j -> j.jobId().value().equals(job))) {
          return offer;
        }
      }
    }
    throw new AssertionError("no offer of " + job + " became " + status);
  }

  private static KafkaConsumer<String, String> consumer(String topic) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", ServersTestResource.kafka().bootstrap());
    settings.put("group.id", "test-" + unique());
    settings.put("auto.offset.reset", "latest");
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    consumer.subscribe(List.of(topic));
    while (consumer.assignment().isEmpty()) {
      consumer.poll(Duration.ofMillis(100));
    }
    consumer.assignment().forEach(consumer::position);
    return consumer;
  }
}

package org.shanpai.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.servers.ServersTestResource;

/** A committed event reaches Kafka, whatever happens; an uncommitted one never does. */
@QuarkusTest
@QuarkusTestResource(
    value = ServersTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "messaging-test"))
class OutboxIT extends MessagingTestBase {

  @Inject Tx tx;
  @Inject Outbox outbox;

  private Uni<Void> append(String area, long version) {
    return outbox.append(EventType.WEATHER_ALERT, area, version, weather(area, version).data());
  }

  @Test
  void committedEventIsPublishedAndTaken() {
    String area = unique();
    tx.await(() -> tx.write(() -> append(area, 1)));
    eventually(() -> assertThat(effects("weather " + area + " 1")).isEqualTo(1));
    assertThat(count("select count(*) from outbox where key = ? and sent_at is null", area))
        .isZero();
  }

  @Test
  void rolledBackEventIsNeverPublished() {
    String area = unique();
    assertThatThrownBy(
            () ->
                tx.await(
                    () ->
                        tx.write(
                            () ->
                                append(area, 1)
                                    .invoke(
                                        () -> {
                                          throw new IllegalStateException("after the append");
                                        }))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(count("select count(*) from outbox where key = ?", area)).isZero();
  }

  @Test
  void eventsOfOneAggregateArriveInOrder() {
    String area = unique();
    for (int version = 1; version <= 50; version++) {
      long v = version;
      tx.await(() -> tx.write(() -> append(area, v)));
    }
    eventually(() -> assertThat(effects("weather " + area + " 50")).isEqualTo(1));
    // An older version that came after a newer one would have been dropped: all 50 took effect.
    assertThat(count("select count(*) from effect where what like ?", "weather " + area + " %"))
        .isEqualTo(50);
  }

  @Test
  void manyFactsOfOneTransactionKeepTheirOrderAndAllArrive() {
    String prefix = unique();
    List<Outbox.Fact<WeatherAlert>> facts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String area = prefix + "-" + i % 8;
      facts.add(new Outbox.Fact<>(area, weather(area, 1 + i / 8).data()));
    }
    tx.await(() -> tx.write(() -> outbox.appendAll(EventType.WEATHER_ALERT, facts)));
    eventually(
        () ->
            assertThat(
                    count(
                        "select count(*) from outbox where key like ? and sent_at is not null",
                        prefix + "-%"))
                .isEqualTo(40));
    assertThat(
            count(
                "select count(*) from (select cast(payload as json) #>> '{data,version}' as v,"
                    + " row_number() over (partition by key order by seq) as n"
                    + " from outbox where key like ?) o where cast(v as bigint) <> n",
                prefix + "-%"))
        .isZero();
    tx.await(() -> tx.write(() -> outbox.appendAll(EventType.WEATHER_ALERT, List.of())));
  }

  @Test
  void eventsWaitWhileTheBrokerIsDeadAndArriveOnce() throws Exception {
    String area = unique();
    ServersTestResource.kafka().kill();
    try {
      tx.await(() -> tx.write(() -> append(area, 1)));
      assertThat(count("select count(*) from outbox where key = ? and sent_at is null", area))
          .isEqualTo(1);
    } finally {
      ServersTestResource.kafka().start();
    }
    eventually(() -> assertThat(effects("weather " + area + " 1")).isEqualTo(1));
    eventually(
        () ->
            assertThat(count("select count(*) from outbox where key = ? and sent_at is null", area))
                .isZero());
  }

  @Test
  void appendOutsideATransactionIsRefused() {
    assertThatThrownBy(() -> tx.await(() -> append(unique(), 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Tx.write");
  }

  @Test
  void actionsRunAfterTheOutermostCommitOnly() {
    AtomicInteger ran = new AtomicInteger();
    tx.await(
        () ->
            tx.write(
                () ->
                    tx.write(
                            () -> {
                              tx.afterCommit(ran::incrementAndGet);
                              return Uni.createFrom().voidItem();
                            })
                        .invoke(() -> assertThat(ran).hasValue(0))));
    assertThat(ran).hasValue(1);
  }

  @Test
  void actionsDoNotRunAfterARollback() {
    AtomicInteger ran = new AtomicInteger();
    assertThatThrownBy(
            () ->
                tx.await(
                    () ->
                        tx.write(
                            () -> {
                              tx.afterCommit(ran::incrementAndGet);
                              return Uni.createFrom().failure(new IllegalStateException("no"));
                            })))
        .isInstanceOf(IllegalStateException.class);
    assertThat(ran).hasValue(0);
  }

  @Test
  void innerFailureThatIsNotCaughtUndoesTheOuterWork() {
    String what = unique();
    assertThatThrownBy(
            () ->
                tx.await(
                    () ->
                        tx.write(
                            () ->
                                Handlers.effect(tx, what)
                                    .chain(
                                        () ->
                                            tx.write(
                                                () ->
                                                    Uni.createFrom()
                                                        .failure(
                                                            new IllegalStateException("in")))))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(effects(what)).isZero();
  }
}

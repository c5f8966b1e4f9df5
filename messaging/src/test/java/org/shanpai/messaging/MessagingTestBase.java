package org.shanpai.messaging;

import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.ScoreEntry;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;

/** What the messaging tests share: rows counted through JDBC, records sent by a plain producer. */
abstract class MessagingTestBase {

  static final CityId CITY = new CityId("city-1");

  @Inject AgroalDataSource database;
  @Inject EventProducer producer;
  @Inject CityClock cityClock;
  @Inject WallClock wall;

  String unique() {
    return UUID.randomUUID().toString().substring(0, 13);
  }

  Event<WeatherAlert> weather(String area, long version) {
    return new Event<>(
        UUID.randomUUID(),
        EventType.WEATHER_ALERT,
        CITY,
        area,
        version,
        cityClock.now(),
        wall.now(),
        null,
        null,
        new WeatherAlert(
            new AreaId(area), CITY, version, WeatherAlert.Level.NONE, 1, 0, cityClock.now(), "t"));
  }

  Event<ScoreEntry> score(String subject, String rule) {
    return new Event<>(
        UUID.randomUUID(),
        EventType.SCORE_ENTRY,
        CITY,
        "r-" + subject,
        0,
        cityClock.now(),
        wall.now(),
        null,
        null,
        new ScoreEntry(
            "e-" + subject,
            new RiderId("r-" + subject),
            CITY,
            subject,
            rule,
            "OT",
            1,
            100,
            70_100,
            "v1",
            LocalDate.of(2026, 1, 1),
            Instant.EPOCH));
  }

  void send(String topic, String key, String text) {
    List<Exception> failures = new ArrayList<>();
    List<Boolean> done = new ArrayList<>();
    producer.send(
        new ProducerRecord<>(topic, key, text),
        failure -> {
          synchronized (done) {
            if (failure != null) {
              failures.add(failure);
            }
            done.add(true);
          }
        });
    await()
        .until(
            () -> {
              synchronized (done) {
                return !done.isEmpty();
              }
            });
    if (!failures.isEmpty()) {
      throw new AssertionError(failures.get(0));
    }
  }

  void send(Event<?> event) {
    send(event.type().topic().text(), event.key(), Envelopes.write(event));
  }

  long count(String sql, Object... arguments) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  long effects(String what) {
    return count("select count(*) from effect where what = ?", what);
  }

  void eventually(org.awaitility.core.ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(assertion);
  }
}

package org.shanpai.order.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.order.whereabouts.Whereabouts.Reading;

class CarriedLookTest {

  private static final Instant START = Instant.parse("2026-11-22T04:00:00Z");
  private static final GeoPoint DOOR = new GeoPoint(31.24, 121.4737);
  private static final GeoPoint ELSEWHERE = new GeoPoint(31.25, 121.4737);

  private final List<Reading> track = new ArrayList<>();

  private void at(int seconds, GeoPoint place, int trust, double accuracy) {
    track.add(new Reading(START.plusSeconds(seconds), place, accuracy, trust));
  }

  private Duration stay() {
    return CarriedLook.stay(track, DOOR, 100);
  }

  @Test
  void threeTrustedReadingsAtTheDoorAreAStay() {
    at(0, ELSEWHERE, 95, 8);
    at(30, DOOR, 95, 8);
    at(60, DOOR, 95, 8);
    assertThat(stay()).isZero();
    at(90, DOOR, 95, 8);
    assertThat(stay()).isEqualTo(Duration.ofSeconds(60));
    at(120, ELSEWHERE, 95, 8);
    assertThat(stay()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void whoRidesPastTwiceDoesNotStay() {
    for (int i = 0; i < 8; i++) {
      at(i * 30, i % 2 == 0 ? DOOR : ELSEWHERE, 95, 8);
    }
    assertThat(stay()).isZero();
  }

  @Test
  void readingsThatAreNotTrustedOrNotSharpProveNothing() {
    at(0, DOOR, 95, 8);
    at(30, DOOR, 59, 8);
    at(60, DOOR, 95, 80);
    at(90, DOOR, 95, 8);
    assertThat(stay()).isZero();
    at(120, DOOR, 60, 65);
    assertThat(stay()).isEqualTo(Duration.ofSeconds(120));
  }
}

package org.shanpai.dispatch.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.dispatch.geo.Geo;

class WhereaboutsTest {

  private static final Whereabouts.Rules RULES =
      new Whereabouts.Rules(10, 40, Duration.ofMinutes(5));
  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static final Instant ONLINE = NOW.minus(Duration.ofHours(1));
  private static final GeoPoint CLAIMED = new GeoPoint(31.25, 121.50);
  private static final GeoPoint CERTAIN = new GeoPoint(31.23, 121.47);

  private static Whereabouts of(Integer trust, Integer battery, Instant trustedAt) {
    return Whereabouts.of(
        new Geo.Seen("r-1", CLAIMED, NOW, trust, battery),
        trustedAt == null ? null : CERTAIN,
        trustedAt,
        ONLINE,
        RULES,
        NOW);
  }

  @Test
  void believedReadingIsWhereTheRiderIs() {
    assertThat(of(40, 10, NOW.minusSeconds(900))).isEqualTo(new Whereabouts(CLAIMED, null));
    assertThat(of(null, null, null)).isEqualTo(new Whereabouts(CLAIMED, null));
  }

  @Test
  void doubtedReadingPutsTheRiderWhereTheyLastWereForCertain() {
    assertThat(of(39, 80, NOW.minusSeconds(299))).isEqualTo(new Whereabouts(CERTAIN, null));
  }

  @Test
  void longDoubtKeepsOffersAwayUntilAReadingIsBelieved() {
    assertThat(of(39, 80, NOW.minusSeconds(300)).noOffers())
        .isEqualTo(NoOffers.POSITION_NOT_TRUSTED);
    assertThat(of(90, 80, NOW.minusSeconds(300)).noOffers()).isNull();
  }

  @Test
  void whoWasNeverBelievedIsBorneAsLongFromComingOnline() {
    Geo.Seen doubted = new Geo.Seen("r-1", CLAIMED, NOW, 0, null);
    assertThat(Whereabouts.of(doubted, null, null, NOW.minusSeconds(299), RULES, NOW))
        .isEqualTo(new Whereabouts(CLAIMED, null));
    assertThat(Whereabouts.of(doubted, null, null, NOW.minusSeconds(300), RULES, NOW).noOffers())
        .isEqualTo(NoOffers.POSITION_NOT_TRUSTED);
    // What was certain on an earlier shift says nothing of this one.
    assertThat(
            Whereabouts.of(
                    doubted, CERTAIN, NOW.minusSeconds(3_600), NOW.minusSeconds(60), RULES, NOW)
                .place())
        .isEqualTo(CLAIMED);
  }

  @Test
  void emptyPhoneGetsNoOffersHoweverWellItIsBelieved() {
    assertThat(of(100, 9, NOW).noOffers()).isEqualTo(NoOffers.LOW_BATTERY);
    assertThat(of(100, 10, NOW).noOffers()).isNull();
  }
}

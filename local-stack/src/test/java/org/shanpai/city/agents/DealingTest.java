package org.shanpai.city.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.city.plan.Blunder;
import org.shanpai.city.plan.Fate;
import org.shanpai.city.plan.Placement;
import org.shanpai.city.streets.Spot;

class DealingTest {

  private static Placement placement(Fate fate, Blunder blunder, Integer promise) {
    return new Placement(
        1, 0, "s-1", new Spot(0, 0), 600, 600_000, promise, fate, 60_000, 60_000, 1, blunder);
  }

  private static List<Dealing> many(Placement placement) {
    List<Dealing> all = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      all.add(Dealing.of(placement, new Random(i * 7919L)));
    }
    return all;
  }

  @Test
  void everyWayOfDealingHappensAndNoneAlways() {
    List<Dealing> all = many(placement(Fate.TAKES_IT, null, null));
    assertThat(all.stream().filter(Dealing::quoted).count()).isBetween(2_700L, 3_300L);
    assertThat(all.stream().filter(d -> d.tipFen() > 0).count()).isBetween(250L, 600L);
    assertThat(all.stream().filter(d -> d.raisedTipFen() > 0).count()).isBetween(70L, 280L);
    assertThat(all.stream().filter(d -> d.doorMillis() >= 0).count()).isBetween(70L, 250L);
    assertThat(all.stream().filter(Dealing::bulky).count()).isBetween(30L, 150L);
    assertThat(all.stream().filter(d -> d.bookedMinutes() > 0).count()).isBetween(40L, 180L);
    assertThat(all).allMatch(d -> d.raisedTipFen() == 0 || d.raisedTipFen() > d.tipFen());
  }

  @Test
  void aBadOrderIsNothingBesides() {
    assertThat(many(placement(Fate.TAKES_IT, Blunder.NO_ITEMS, null)))
        .allMatch(dealing -> dealing == Dealing.PLAIN);
  }

  @Test
  void aReplayedOrderIsAskedAsItWas() {
    assertThat(many(placement(Fate.TAKES_IT, null, 2_400)))
        .allMatch(d -> !d.quoted() && !d.bulky() && d.bookedMinutes() == 0 && d.tipFen() == 0);
  }
}

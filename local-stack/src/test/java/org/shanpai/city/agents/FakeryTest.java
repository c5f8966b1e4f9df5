package org.shanpai.city.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.city.plan.Store;
import org.shanpai.city.streets.Spot;

class FakeryTest {

  @Test
  void fakesNowAndThenAStoreFarOffForAMinuteOrTwo() {
    Spot shop = new Spot(900, 0);
    Store store = new Store("s-1", "m-1", "Tea", shop, shop, 3_000, 420, true);
    Fakery fakery = new Fakery(List.of(store), new Random(5));
    int faked = 0;
    int spells = 0;
    boolean before = false;
    int hours = 100;
    for (int note = 0; note < hours * 360; note++) {
      Fakery.Faked now = fakery.at(note * 10_000L, new Spot(0, 0));
      if (now != null) {
        assertThat(now.spot()).isEqualTo(shop);
        faked++;
        spells += before ? 0 : 1;
      }
      before = now != null;
    }
    assertThat(spells / (double) hours).isBetween(2.5, 5.0);
    assertThat(faked * 10.0 / spells).as("seconds each").isBetween(60.0, 130.0);
  }

  @Test
  void tellsTheTruthWhereTheShopIsNear() {
    Spot shop = new Spot(500, 0);
    Store store = new Store("s-1", "m-1", "Tea", shop, shop, 3_000, 420, true);
    Fakery fakery = new Fakery(List.of(store), new Random(5));
    for (int note = 0; note < 3_600; note++) {
      assertThat(fakery.at(note * 10_000L, new Spot(0, 0))).isNull();
    }
  }
}

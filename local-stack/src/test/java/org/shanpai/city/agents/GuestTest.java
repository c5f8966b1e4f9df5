package org.shanpai.city.agents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the rider is given whom a person plays. */
class GuestTest {

  @Test
  void personHasTwentyFiveSecondsOfTheirOwnAsFarAsThePlatformAllows() {
    assertThat(Guest.rules(20)).containsEntry("offerSeconds", 500L);
    assertThat(Guest.rules(1)).containsEntry("offerSeconds", 30L);
    assertThat(Guest.rules(60)).containsEntry("offerSeconds", 600L);
  }

  @Test
  void rulesOfTheGuestAreThoseOfNobodyElse() {
    assertThat(Guest.pool()).isEqualTo("/v1/pools/" + Guest.profile().get("pool"));
    assertThat(Guest.profile().get("pool")).isNotEqualTo("CROWDSOURCED");
    assertThat(Guest.rules(20)).containsEntry("autoAccept", false).containsEntry("mayGrab", true);
  }
}

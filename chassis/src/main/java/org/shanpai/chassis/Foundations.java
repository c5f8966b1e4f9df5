package org.shanpai.chassis;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;

/** Makes the two clocks and the city from the settings, and refuses settings that cannot be. */
@ApplicationScoped
public class Foundations {

  @Produces
  @Singleton
  WallClock wallClock() {
    return WallClock.system();
  }

  @Produces
  @Singleton
  CityClock cityClock(WallClock wall, ShanpaiConfig config) {
    return new CityClock(wall, CityClock.Anchor.parse(config.cityClock().anchor().orElse("")));
  }

  @Produces
  @Singleton
  City city(ShanpaiConfig config) {
    return new City(new CityId(config.city().id()), config.city().zone());
  }

  void refuseDemoClock(
      @Observes @Priority(1) StartupEvent start, ShanpaiConfig config, CityClock clock) {
    checkClock(config.mode(), clock.anchor());
  }

  /**
   * @throws IllegalStateException when production is asked to run on a clock that is not real time
   */
  static void checkClock(ShanpaiConfig.Mode mode, CityClock.Anchor anchor) {
    if (mode == ShanpaiConfig.Mode.PRODUCTION && !anchor.equals(CityClock.Anchor.REAL_TIME)) {
      throw new IllegalStateException(
          "SHANPAI_CITY_CLOCK_ANCHOR is '"
              + anchor.text()
              + "': production runs in real time only; leave it empty.");
    }
  }
}

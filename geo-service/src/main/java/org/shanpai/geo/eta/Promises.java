package org.shanpai.geo.eta;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.geo.learning.KitchenTime;
import org.shanpai.geo.learning.LearnedCorrection;
import org.shanpai.geo.learning.LearningSettings;
import org.shanpai.geo.learning.Lessons;
import org.shanpai.geo.learning.Quantiles;
import org.shanpai.geo.learning.StopTime;
import org.shanpai.geo.store.Stores;
import org.shanpai.geo.travel.PlannedTimes;
import org.shanpai.geo.travel.TravelTimeMatrix;
import org.shanpai.geo.weather.WeatherBoard;
import org.shanpai.geo.zone.Zones;

/** Works out what can be promised. Takes the calling thread's CPU and never blocks. */
@ApplicationScoped
public class Promises {

  // Quantiles of the normal distribution.
  private static final double Z80 = 0.8416;
  private static final double Z85 = 1.0364;

  private final PlannedTimes times;
  private final WeatherBoard weather;
  private final Zones zones;
  private final Lessons lessons;
  private final LearnedCorrection correction;
  private final Windows windows;
  private final Stores stores;
  private final LearningSettings learning;
  private final EtaSettings settings;

  public Promises(
      PlannedTimes times,
      WeatherBoard weather,
      Zones zones,
      Lessons lessons,
      LearnedCorrection correction,
      Windows windows,
      Stores stores,
      LearningSettings learning,
      EtaSettings settings) {
    this.correction = correction;
    this.windows = windows;
    this.stores = stores;
    this.learning = learning;
    this.times = times;
    this.weather = weather;
    this.zones = zones;
    this.lessons = lessons;
    this.settings = settings;
  }

  /** Preparation as the store tells it, or as assumed. */
  public int toldSeconds(StoreId storeId) {
    StoreState store = stores.find(storeId);
    return store == null ? learning.kitchen().untoldSeconds() : store.preparationSeconds();
  }

  /**
   * @param areaId whose weather counts; null: none does
   * @param toldSeconds preparation as told for this order or by the store
   * @param at when the order is made, city time
   */
  public Promise of(
      StoreId storeId,
      GeoPoint pickup,
      GeoPoint dropoff,
      AreaId areaId,
      int toldSeconds,
      Instant at) {
    WeatherAlert alert = areaId == null ? null : weather.find(areaId);
    double factor = alert == null ? 1 : alert.travelFactor();
    int extra = alert == null ? 0 : alert.promiseExtraSeconds();
    TravelTimeMatrix way =
        times.between(
            List.of(lessons.pickup(storeId, pickup).place()), List.of(dropoff), factor, at);
    int travel = way.seconds(0, 0);
    boolean reachable = travel != TravelTimeMatrix.NO_WAY && !zones.map().noGo(dropoff);
    KitchenTime kitchen = lessons.kitchen(storeId, toldSeconds);
    StopTime store = lessons.atStore(storeId);
    StopTime door = lessons.atDoor(dropoff);
    if (travel == TravelTimeMatrix.NO_WAY) {
      return new Promise(
          -1, -1, -1, kitchen.p80Seconds(), door.p80Seconds(), -1, -1, -1, extra, 0, false);
    }
    int metres = way.metres(0, 0);
    int travelP85 =
        (int) Math.ceil(travel * correction.learned().spread85(settings.travelP85Ratio()));
    int ready = Math.max(kitchen.seconds(), settings.approachSeconds());
    int planned = ready + store.seconds() + travel + door.seconds();
    double readySpread =
        Math.max(
                Math.max(kitchen.p80Seconds(), settings.approachP80Seconds()) - ready,
                kitchen.p80Seconds() - kitchen.seconds())
            / Z80;
    double spread =
        Math.sqrt(
            square(readySpread)
                + square((store.p80Seconds() - store.seconds()) / Z80)
                + square((travelP85 - travel) / Z85)
                + square((door.p80Seconds() - door.seconds()) / Z80));
    WindowModel model = windows.model();
    int samples = model.samples(Stage.CREATED);
    int plannedP85 =
        (int)
            Math.ceil(
                planned
                    + Math.max(
                        0,
                        Quantiles.shrink(
                            model.delaySeconds(
                                Stage.CREATED,
                                areaId == null ? null : areaId.value(),
                                correction.slot(at),
                                planned,
                                0.85),
                            samples,
                            Z85 * spread,
                            settings.prior())));
    return new Promise(
        metres,
        travel,
        travelP85,
        kitchen.p80Seconds(),
        door.p80Seconds(),
        planned,
        plannedP85,
        floor(plannedP85, kitchen.p80Seconds(), metres, door.p80Seconds()),
        extra,
        samples,
        reachable);
  }

  private int floor(int plannedP85, int kitchenP80, int metres, int handoverP80) {
    double ride = metres / (settings.floorKmh() / 3.6);
    return (int)
        Math.max(
            plannedP85, Math.ceil(kitchenP80 + ride + handoverP80 + settings.floorExtraSeconds()));
  }

  private static double square(double x) {
    return x * x;
  }
}

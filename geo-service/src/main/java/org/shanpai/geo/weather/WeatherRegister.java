package org.shanpai.geo.weather;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.area.postgres.AreaTable;
import org.shanpai.geo.revision.Reloading;
import org.shanpai.geo.revision.Revisions;
import org.shanpai.geo.weather.postgres.WeatherTable;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;

/** Where operators set the weather: the row, the event and the revision are one transaction. */
@ApplicationScoped
public class WeatherRegister {

  private final Tx tx;
  private final Outbox outbox;
  private final Revisions revisions;
  private final Reloading reloading;
  private final AreaTable areas;
  private final WeatherTable table;
  private final City city;
  private final CityClock clock;

  public WeatherRegister(
      Tx tx,
      Outbox outbox,
      Revisions revisions,
      Reloading reloading,
      AreaTable areas,
      WeatherTable table,
      City city,
      CityClock clock) {
    this.tx = tx;
    this.outbox = outbox;
    this.revisions = revisions;
    this.reloading = reloading;
    this.areas = areas;
    this.table = table;
    this.city = city;
    this.clock = clock;
  }

  /**
   * Sets the weather from now on. The same again changes nothing.
   *
   * @param wish complete
   * @throws Problem 404 when there is no such area
   */
  public Uni<WeatherAlert> put(AreaId areaId, WeatherWish wish, String actor) {
    return tx.write(
            () ->
                revisions
                    .lock(Revisions.Kind.WEATHER)
                    .chain(() -> areas.find(areaId))
                    .invoke(
                        area -> {
                          if (area == null) {
                            throw Problem.notFound("area " + areaId);
                          }
                        })
                    .chain(() -> table.find(areaId))
                    .chain(old -> change(areaId, wish, actor, old)))
        .call(reloading::catchUp);
  }

  private Uni<WeatherAlert> change(
      AreaId areaId, WeatherWish wish, String actor, WeatherAlert old) {
    if (old != null
        && old.level() == wish.level()
        && old.travelFactor() == wish.travelFactor()
        && old.promiseExtraSeconds() == wish.promiseExtraSeconds()) {
      return Uni.createFrom().item(old);
    }
    WeatherAlert alert =
        new WeatherAlert(
            areaId,
            city.id(),
            old == null ? 1 : old.version() + 1,
            wish.level(),
            wish.travelFactor(),
            wish.promiseExtraSeconds(),
            clock.now(),
            actor);
    return table
        .put(alert)
        .chain(
            () ->
                outbox.append(
                    EventType.WEATHER_ALERT, areaId.value(), alert.version(), alert, actor))
        .chain(() -> revisions.raise(Revisions.Kind.WEATHER))
        .replaceWith(alert);
  }
}

package org.shanpai.geo.weather;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
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

/**
 * Where the weather is set, by operators and by the feed: the rows, the event and the revision are
 * one transaction.
 */
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
    WeatherSetting setting =
        new WeatherSetting(
            areaId,
            wish.level(),
            wish.travelFactor(),
            wish.promiseExtraSeconds(),
            clock.now(),
            wish.until(),
            actor);
    return changed(
        () ->
            known(areaId)
                .chain(() -> table.putSetting(setting))
                .chain(table::picture)
                .chain(picture -> settle(areaId, picture, actor)));
  }

  /**
   * Takes back what an operator set: the feed's word counts again.
   *
   * @throws Problem 404 when there is no such area
   */
  public Uni<WeatherAlert> clear(AreaId areaId, String actor) {
    return changed(
        () ->
            known(areaId)
                .chain(() -> table.dropSetting(areaId))
                .chain(table::picture)
                .chain(picture -> settle(areaId, picture, actor)));
  }

  /** From now on the feed says this, and no more. What has begun is told at once. */
  public Uni<Void> feed(List<WeatherSetting> lines) {
    return changed(
            () ->
                table
                    .feed()
                    .chain(
                        known ->
                            known.equals(lines)
                                ? Uni.createFrom().voidItem()
                                : table.putFeed(lines).chain(this::settleAll)))
        .replaceWithVoid();
  }

  /** Tells what has begun or ended in these areas. */
  Uni<Void> settle(Collection<AreaId> due) {
    return changed(() -> settleEach(due)).replaceWithVoid();
  }

  private <T> Uni<T> changed(Supplier<Uni<T>> work) {
    return tx.write(
            () ->
                revisions
                    .lock(Revisions.Kind.WEATHER)
                    .chain(() -> work.get())
                    .call(() -> revisions.raise(Revisions.Kind.WEATHER)))
        .call(reloading::catchUp);
  }

  private Uni<Void> known(AreaId areaId) {
    return areas
        .find(areaId)
        .invoke(
            area -> {
              if (area == null) {
                throw Problem.notFound("area " + areaId);
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> settleAll() {
    return areas.list().chain(all -> settleEach(all.stream().map(area -> area.areaId()).toList()));
  }

  private Uni<Void> settleEach(Collection<AreaId> due) {
    return table
        .picture()
        .chain(
            picture -> {
              Uni<Void> work = Uni.createFrom().voidItem();
              for (AreaId areaId : due) {
                work = work.chain(() -> settle(areaId, picture, null)).replaceWithVoid();
              }
              return work;
            });
  }

  /**
   * Tells what counts in the area now, unless it was told.
   *
   * @param actor who brought it about; null for time and feed
   */
  private Uni<WeatherAlert> settle(AreaId areaId, WeatherBoard.Picture picture, String actor) {
    WeatherAlert told = picture.alerts().get(areaId);
    WeatherSetting effective =
        WeatherRule.effective(picture.operators().get(areaId), picture.feed(), areaId, clock.now());
    if (WeatherRule.said(told, effective)) {
      return Uni.createFrom().item(told != null ? told : alert(areaId, 0, effective));
    }
    WeatherAlert alert = alert(areaId, told == null ? 1 : told.version() + 1, effective);
    return table
        .put(alert, effective.until())
        .chain(
            () ->
                outbox.append(
                    EventType.WEATHER_ALERT,
                    areaId.value(),
                    alert.version(),
                    alert,
                    actor == null ? effective.by() : actor))
        .replaceWith(alert);
  }

  private WeatherAlert alert(AreaId areaId, long version, WeatherSetting effective) {
    return new WeatherAlert(
        areaId,
        city.id(),
        version,
        effective.level(),
        effective.travelFactor(),
        effective.promiseExtraSeconds(),
        clock.now(),
        effective.by());
  }
}

package org.shanpai.controlroom.city.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.shanpai.chassis.City;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.RiderState;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.controlroom.city.CityPicture;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** Fills the picture from the tables: what is of today or not over. */
@ApplicationScoped
public class CityTables {

  private final Tx tx;
  private final City city;
  private final CityClock clock;

  public CityTables(Tx tx, City city, CityClock clock) {
    this.tx = tx;
    this.city = city;
    this.clock = clock;
  }

  /**
   * Reads everything in one transaction. Events that arrive meanwhile are newer and win by their
   * version.
   */
  public Uni<Void> fill(CityPicture picture) {
    LocalDate today = city.businessDate(clock.now());
    String live = " status not in ('DELIVERED', 'CANCELLED', 'RETURNED')";
    return tx.read(
        () ->
            each("area_state", "true", today, AreaState.class, a -> picture.area("", null, a))
                .chain(
                    () ->
                        each(
                            "weather_state",
                            "true",
                            today,
                            WeatherAlert.class,
                            w -> picture.weather("", w.from(), w)))
                .chain(() -> each("zone_state", "true", today, ZoneState.class, picture::zone))
                .chain(() -> each("store_state", "true", today, StoreState.class, picture::store))
                .chain(() -> each("rider_state", "true", today, RiderState.class, picture::rider))
                .chain(
                    () ->
                        each(
                            "order_state",
                            "business_date >= :today or" + live,
                            today,
                            OrderState.class,
                            o -> picture.order(o.orderId().value(), o.createdAt(), o)))
                .chain(
                    () ->
                        each(
                            "job_state",
                            "business_date >= :today or" + live,
                            today,
                            JobState.class,
                            j -> picture.job(j.jobId() + "/" + j.version(), changedAt(j), j)))
                .chain(
                    () ->
                        each(
                            "offer_state",
                            "business_date >= :today or status = 'OPEN'",
                            today,
                            OfferState.class,
                            o -> picture.offer(o.offerId().value(), o.expiresAt(), o)))
                .chain(
                    () ->
                        each(
                            "rider_work_state",
                            "true",
                            today,
                            RiderWorkState.class,
                            w -> picture.work(clock.now(), w)))
                .chain(() -> spans(picture, today))
                .invoke(picture::settled));
  }

  private <T> Uni<Void> each(
      String table, String where, LocalDate today, Class<T> type, Consumer<T> use) {
    return tx.session()
        .flatMap(
            session ->
                session
                    .createNativeQuery(
                        "select cast(doc as text) as doc from "
                            + table
                            + " where "
                            + where.replace(":today", "date '" + today + "'"),
                        Tuple.class)
                    .getResultList())
        .invoke(rows -> rows.forEach(row -> use.accept(Json.read(row.get(0, String.class), type))))
        .replaceWithVoid();
  }

  private Uni<Void> spans(CityPicture picture, LocalDate today) {
    Instant start = today.atStartOfDay(city.zone()).toInstant();
    return tx.session()
        .flatMap(
            session ->
                session
                    .createNativeQuery(
                        "select rider_id, cast(extract(epoch from online_since) * 1000 as bigint),"
                            + " cast(extract(epoch from online_until) * 1000 as bigint)"
                            + " from rider_online"
                            + " where online_until is null"
                            + " or online_until >= :start",
                        Object[].class)
                    .setParameter("start", start)
                    .getResultList())
        .invoke((List<Object[]> rows) -> rows.forEach(row -> span(picture, row)))
        .replaceWithVoid();
  }

  private static void span(CityPicture picture, Object[] row) {
    picture.onlineSpan(
        RiderId.of((String) row[0]),
        Instant.ofEpochMilli(((Number) row[1]).longValue()),
        row[2] == null ? null : Instant.ofEpochMilli(((Number) row[2]).longValue()));
  }

  /** When the state came about, as far as the job itself tells. */
  private static Instant changedAt(JobState job) {
    Instant newest = job.createdAt();
    for (Instant at :
        new Instant[] {
          job.acceptedAt(),
          job.arrivedStoreAt(),
          job.pickedUpAt(),
          job.arrivedCustomerAt(),
          job.endedAt()
        }) {
      newest = at != null && at.isAfter(newest) ? at : newest;
    }
    return newest;
  }
}

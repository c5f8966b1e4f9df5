package org.shanpai.rider.sos;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.SosState.Status;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.stream.RiderMessages;
import org.shanpai.rider.task.remote.Dispatch;

/**
 * Calls for help (SOS). Taken whatever else is down: where the rider was last for certain is asked
 * for briefly, and does without an answer. Somebody at the control room answers by name; the rider
 * is told at once. What is in hand is given to others by the means there are for that.
 */
@ApplicationScoped
public class Alarms {

  /** Help does not wait for a map, wall time. */
  private static final Duration PATIENCE = Duration.ofMillis(800);

  private static final int MOST_LISTED = 200;
  private static final String COLUMNS =
      "sos_id, rider_id, version, status, words, jobs, lat, lon, place_at, place_trusted,"
          + " raised_at, acknowledged_by, acknowledged_at, closed_by, closed_at, outcome";

  private final Tx tx;
  private final Outbox outbox;
  private final RiderMessages messages;
  private final Dispatch dispatch;
  private final IdSource ids;
  private final City city;
  private final CityClock clock;

  public Alarms(
      Tx tx,
      Outbox outbox,
      RiderMessages messages,
      Dispatch dispatch,
      IdSource ids,
      City city,
      CityClock clock) {
    this.tx = tx;
    this.outbox = outbox;
    this.messages = messages;
    this.dispatch = dispatch;
    this.ids = ids;
    this.city = city;
    this.clock = clock;
  }

  /** Where a rider is, as far as anybody knows. */
  private record Whereabouts(GeoPoint place, Instant at, boolean trusted, List<String> jobs) {}

  /**
   * Raises the alarm. While one is open, pressing again brings its place up to date.
   *
   * @param told where the phone thinks it is; null for nowhere
   */
  public Uni<Alarm> raise(String riderId, GeoPoint told, String words) {
    return whereabouts(riderId, told)
        .chain(
            where ->
                tx.write(
                    () ->
                        live(riderId)
                            .chain(
                                open ->
                                    open == null
                                        ? add(riderId, where, words)
                                        : again(open, where, words))
                            .chain(this::tell)));
  }

  private Uni<Whereabouts> whereabouts(String riderId, GeoPoint told) {
    Instant now = clock.now();
    Whereabouts phone = new Whereabouts(told, told == null ? null : now, false, List.of());
    return dispatch
        .whereabouts(riderId)
        .map(answer -> read(Json.read(answer, JsonNode.class), phone))
        .ifNoItem()
        .after(PATIENCE)
        .recoverWithItem(phone)
        .onFailure()
        .recoverWithItem(phone);
  }

  private static Whereabouts read(JsonNode answer, Whereabouts phone) {
    List<String> jobs = new ArrayList<>();
    answer.path("jobs").forEach(job -> jobs.add(job.asText()));
    JsonNode place = answer.path("trustedPlace");
    if (!place.isObject()) {
      return new Whereabouts(phone.place(), phone.at(), false, jobs);
    }
    return new Whereabouts(
        new GeoPoint(place.path("lat").asDouble(), place.path("lon").asDouble()),
        Instant.parse(answer.path("trustedAt").asText()),
        true,
        jobs);
  }

  private Uni<Alarm> add(String riderId, Whereabouts where, String words) {
    String id = ids.next("sos");
    return change(
            "insert into sos_alarm (sos_id, rider_id, version, status, words, jobs, lat, lon,"
                + " place_at, place_trusted, raised_at) values (:id, :rider, 1, 'OPEN',"
                + " nullif(:words, ''), :jobs, cast(nullif(:lat, '') as float8),"
                + " cast(nullif(:lon, '') as float8), cast(nullif(:placeAt, '') as timestamptz),"
                + " :trusted, :at)",
            id,
            where,
            words,
            riderId)
        .chain(() -> get(id));
  }

  private Uni<Alarm> again(Alarm open, Whereabouts where, String words) {
    return change(
            "update sos_alarm set version = version + 1, words = coalesce(nullif(:words, ''),"
                + " words), jobs = case when :jobs = '' then jobs else :jobs end,"
                + " lat = coalesce(cast(nullif(:lat, '') as float8), lat),"
                + " lon = coalesce(cast(nullif(:lon, '') as float8), lon),"
                + " place_at = coalesce(cast(nullif(:placeAt, '') as timestamptz), place_at),"
                + " place_trusted = case when :lat = '' then place_trusted else :trusted end"
                + " where sos_id = :id and rider_id = :rider and raised_at <= :at",
            open.sosId(),
            where,
            words,
            open.riderId())
        .chain(() -> get(open.sosId()));
  }

  private Uni<Integer> change(
      String sql, String id, Whereabouts where, String words, String riderId) {
    GeoPoint place = where.place();
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(sql)
                    .setParameter("id", id)
                    .setParameter("rider", riderId)
                    .setParameter("words", words == null ? "" : words)
                    .setParameter("jobs", String.join(" ", where.jobs()))
                    .setParameter("lat", place == null ? "" : Double.toString(place.lat()))
                    .setParameter("lon", place == null ? "" : Double.toString(place.lon()))
                    .setParameter("placeAt", where.at() == null ? "" : where.at().toString())
                    .setParameter("trusted", where.trusted())
                    .setParameter("at", clock.now())
                    .executeUpdate());
  }

  /**
   * Somebody has seen it and acts. The first who does is named; again changes nothing.
   *
   * @throws Problem 404
   */
  public Uni<Alarm> acknowledge(String sosId, String operator) {
    return end(
        sosId,
        "update sos_alarm set version = version + 1, status = 'ACKNOWLEDGED',"
            + " acknowledged_by = :by, acknowledged_at = :at where sos_id = :id"
            + " and status = 'OPEN'",
        operator,
        null);
  }

  /**
   * It is over. Again changes nothing.
   *
   * @param outcome what came of it, in words
   */
  public Uni<Alarm> close(String sosId, String operator, String outcome) {
    return end(
        sosId,
        "update sos_alarm set version = version + 1, status = 'CLOSED', closed_by = :by,"
            + " closed_at = :at, outcome = :outcome where sos_id = :id and status <> 'CLOSED'",
        operator,
        outcome);
  }

  private Uni<Alarm> end(String sosId, String sql, String operator, String outcome) {
    return tx.write(
        () ->
            tx.session()
                .chain(
                    session -> {
                      var query =
                          session
                              .createNativeQuery(sql)
                              .setParameter("by", operator)
                              .setParameter("at", clock.now())
                              .setParameter("id", sosId);
                      return (outcome == null ? query : query.setParameter("outcome", outcome))
                          .executeUpdate();
                    })
                .chain(
                    rows ->
                        get(sosId)
                            .chain(
                                alarm -> rows == 0 ? Uni.createFrom().item(alarm) : tell(alarm))));
  }

  private Uni<Alarm> tell(Alarm alarm) {
    return outbox
        .append(
            EventType.SOS_STATE,
            alarm.sosId(),
            alarm.version(),
            alarm.state(city.id()),
            alarm.riderId())
        .chain(() -> messages.append(alarm.riderId(), "sos", Json.write(alarm)))
        .replaceWith(alarm);
  }

  /** The rider's alarm that is not over; null for none. */
  public Uni<Alarm> present(String riderId) {
    return tx.read(() -> live(riderId));
  }

  /** The newest, or those that are not over. */
  public Uni<List<Alarm>> list(boolean liveOnly) {
    return tx.read(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select "
                                    + COLUMNS
                                    + " from sos_alarm"
                                    + (liveOnly ? " where status <> 'CLOSED'" : "")
                                    + " order by raised_at desc, sos_id",
                                Object[].class)
                            .setMaxResults(MOST_LISTED)
                            .getResultList())
                .map(rows -> rows.stream().map(Alarms::read).toList()));
  }

  /** Whose alarm it is. */
  public Uni<String> riderOf(String sosId) {
    return tx.read(() -> get(sosId)).map(Alarm::riderId);
  }

  private Uni<Alarm> live(String riderId) {
    return one("rider_id = :a and status <> 'CLOSED'", riderId);
  }

  private Uni<Alarm> get(String sosId) {
    return one("sos_id = :a", sosId)
        .invoke(
            alarm -> {
              if (alarm == null) {
                throw Problem.notFound("alarm " + sosId);
              }
            });
  }

  private Uni<Alarm> one(String where, String a) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select " + COLUMNS + " from sos_alarm where " + where, Object[].class)
                    .setParameter("a", a)
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : read(row));
  }

  private static Alarm read(Object[] row) {
    String jobs = (String) row[5];
    return new Alarm(
        (String) row[0],
        (String) row[1],
        ((Number) row[2]).longValue(),
        Status.valueOf((String) row[3]),
        (String) row[4],
        jobs.isEmpty() ? List.of() : Arrays.asList(jobs.split(" ")),
        row[6] == null
            ? null
            : new GeoPoint(((Number) row[6]).doubleValue(), ((Number) row[7]).doubleValue()),
        Instants.of(row[8]),
        (Boolean) row[9],
        Instants.of(row[10]),
        (String) row[11],
        Instants.of(row[12]),
        (String) row[13],
        Instants.of(row[14]),
        (String) row[15]);
  }
}

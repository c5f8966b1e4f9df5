package org.shanpai.controlroom.city.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.AreaState;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.RiderState;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.event.ScoreEntry;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.messaging.Envelopes;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.Tx;

/**
 * Writes events into the read model: one statement each, which takes the whole envelope as JSON and
 * picks its columns itself.
 *
 * <p>State replaces state only when its version is newer, and a line of the story is written only
 * when it did. Must be called inside the inbox transaction.
 */
@ApplicationScoped
public class CityRows {

  /** {@code e}: the envelope; {@code d}: its data. */
  private static final String ENVELOPE =
      "with given as (select cast(cast(:envelope as text) as jsonb) as e),"
          + " event as (select e, e -> 'data' as d, cast(cast(:day as text) as date) as day from given)";

  private static final String STORY =
      " insert into story_event (subject, event_id, business_date, kind, version, occurred_at,"
          + " recorded_at, actor, doc)"
          + " select %s, e ->> 'id', day, e ->> 'type', cast(e ->> 'version' as bigint),"
          + " cast(e ->> 'occurredAt' as timestamptz), cast(e ->> 'recordedAt' as timestamptz),"
          + " e ->> 'actor', d from %s on conflict do nothing";

  private static final String ORDER =
      ENVELOPE
          + ", applied as (insert into order_state as s"
          + " (order_id, version, business_date, store_id, area_id, status, doc)"
          + " select d ->> 'orderId', cast(d ->> 'version' as bigint), day, d ->> 'storeId',"
          + " d ->> 'areaId', d ->> 'status', d from event"
          + " on conflict (order_id) do update set version = excluded.version,"
          + " store_id = excluded.store_id, area_id = excluded.area_id, status = excluded.status,"
          + " doc = excluded.doc where s.version < excluded.version returning order_id)"
          + STORY.formatted("d ->> 'orderId'", "event, applied");

  private static final String JOB =
      ENVELOPE
          + ", applied as (insert into job_state as s"
          + " (job_id, order_id, version, business_date, store_id, area_id, rider_id, status, doc)"
          + " select d ->> 'jobId', d ->> 'orderId', cast(d ->> 'version' as bigint), day,"
          + " d ->> 'storeId', d ->> 'areaId', d ->> 'riderId', d ->> 'status', d from event"
          + " on conflict (job_id) do update set version = excluded.version,"
          + " area_id = excluded.area_id, rider_id = excluded.rider_id, status = excluded.status,"
          + " doc = excluded.doc where s.version < excluded.version returning job_id)"
          + STORY.formatted("d ->> 'jobId'", "event, applied");

  private static final String OFFER =
      ENVELOPE
          + ", applied as (insert into offer_state as s"
          + " (offer_id, version, business_date, rider_id, status, doc)"
          + " select d ->> 'offerId', cast(d ->> 'version' as bigint), day, d ->> 'riderId',"
          + " d ->> 'status', d from event"
          + " on conflict (offer_id) do update set version = excluded.version,"
          + " status = excluded.status, doc = excluded.doc"
          + " where s.version < excluded.version returning offer_id),"
          + " bundle as (select e, d, day, offered ->> 'jobId' as job_id"
          + " from event, applied, jsonb_array_elements(d -> 'jobs') as offered)"
          + STORY.formatted("job_id", "bundle");

  private static final String RECEIPT = ENVELOPE + STORY.formatted("d ->> 'jobId'", "event");

  /** Told when it was seen, not when enough readings had come to prove it. */
  private static final String SEEN =
      ENVELOPE
          + " insert into story_event (subject, event_id, business_date, kind, version, occurred_at,"
          + " recorded_at, actor, doc) select d ->> 'jobId', e ->> 'id', day, e ->> 'type', 0,"
          + " cast(d ->> 'at' as timestamptz), cast(e ->> 'recordedAt' as timestamptz),"
          + " e ->> 'actor', d from event on conflict do nothing";

  private static final String SCORE =
      ENVELOPE
          + " insert into score_entry (entry_id, rider_id, subject, business_date, occurred_at,"
          + " doc) select d ->> 'entryId', d ->> 'riderId', d ->> 'subject', day,"
          + " cast(d ->> 'occurredAt' as timestamptz), d from event on conflict do nothing";

  /**
   * The work, and with it the span online: opened by the first event that says online, closed by
   * the one that says offline or, where that one was never seen, by the next span.
   */
  private static final String WORK =
      ENVELOPE
          + ", applied as (insert into rider_work_state as s (rider_id, version, doc)"
          + " select d ->> 'riderId', cast(d ->> 'version' as bigint), d from event"
          + " on conflict (rider_id) do update set version = excluded.version, doc = excluded.doc"
          + " where s.version < excluded.version returning rider_id),"
          + " closed as (update rider_online o set online_until ="
          + " case when cast(d ->> 'online' as boolean)"
          + " then cast(d ->> 'onlineSince' as timestamptz)"
          + " else cast(e ->> 'occurredAt' as timestamptz) end from event, applied"
          + " where o.rider_id = d ->> 'riderId' and o.online_until is null"
          + " and not (cast(d ->> 'online' as boolean)"
          + " and o.online_since = cast(d ->> 'onlineSince' as timestamptz)))"
          + " insert into rider_online (rider_id, online_since)"
          + " select d ->> 'riderId', cast(d ->> 'onlineSince' as timestamptz) from event, applied"
          + " where cast(d ->> 'online' as boolean) and d ->> 'onlineSince' is not null"
          + " on conflict do nothing";

  private final Tx tx;
  private final City city;

  public CityRows(Tx tx, City city) {
    this.tx = tx;
    this.city = city;
  }

  public Uni<Void> order(Event<OrderState> event) {
    return write(ORDER, unnamed(event), event.data().createdAt());
  }

  /** What dispatch knows the customer by is nobody else's to keep. */
  private static Event<OrderState> unnamed(Event<OrderState> event) {
    return new Event<>(
        event.id(),
        event.type(),
        event.cityId(),
        event.key(),
        event.version(),
        event.occurredAt(),
        event.recordedAt(),
        event.actor(),
        event.traceparent(),
        event.data().withoutCustomer());
  }

  public Uni<Void> job(Event<JobState> event) {
    return write(JOB, event, event.data().createdAt());
  }

  public Uni<Void> offer(Event<OfferState> event) {
    return write(OFFER, event, event.data().createdAt());
  }

  public Uni<Void> receipt(Event<DispatchReceipt> event) {
    return write(RECEIPT, event, event.data().at());
  }

  public Uni<Void> score(Event<ScoreEntry> event) {
    return write(SCORE, event, event.data().businessDate());
  }

  public Uni<Void> work(Event<RiderWorkState> event) {
    return write(WORK, event, event.occurredAt());
  }

  public Uni<Void> rider(Event<RiderState> event) {
    return write(replace("rider_state", "rider_id", "riderId"), event, event.occurredAt());
  }

  public Uni<Void> store(Event<StoreState> event) {
    return write(replace("store_state", "store_id", "storeId"), event, event.occurredAt());
  }

  public Uni<Void> area(Event<AreaState> event) {
    return write(replace("area_state", "area_id", "areaId"), event, event.occurredAt());
  }

  public Uni<Void> zone(Event<ZoneState> event) {
    return write(replace("zone_state", "zone_id", "zoneId"), event, event.occurredAt());
  }

  public Uni<Void> seen(Event<GeofenceEvent> event) {
    return write(SEEN, event, event.data().at());
  }

  public Uni<Void> weather(Event<WeatherAlert> event) {
    return write(replace("weather_state", "area_id", "areaId"), event, event.occurredAt());
  }

  private static String replace(String table, String column, String field) {
    return ENVELOPE
        + " insert into "
        + table
        + " as s ("
        + column
        + ", version, doc) select d ->> '"
        + field
        + "', cast(d ->> 'version' as bigint), d from event on conflict ("
        + column
        + ") do update set version = excluded.version, doc = excluded.doc"
        + " where s.version < excluded.version";
  }

  private Uni<Void> write(String sql, Event<?> event, Instant dated) {
    return write(sql, event, city.businessDate(dated == null ? event.occurredAt() : dated));
  }

  private Uni<Void> write(String sql, Event<?> event, LocalDate day) {
    return tx.session()
        .flatMap(
            session ->
                session
                    .createNativeQuery(sql)
                    .setParameter("envelope", Envelopes.write(event))
                    .setParameter("day", day.toString())
                    .executeUpdate())
        .replaceWithVoid();
  }
}

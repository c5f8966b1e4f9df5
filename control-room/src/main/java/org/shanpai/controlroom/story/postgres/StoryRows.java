package org.shanpai.controlroom.story.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.ScoreEntry;
import org.shanpai.controlroom.story.Story;
import org.shanpai.controlroom.story.StoryEvent;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** Reads what stories are made of. Every method needs the session of a surrounding read. */
@ApplicationScoped
public class StoryRows {

  private final Tx tx;

  public StoryRows(Tx tx) {
    this.tx = tx;
  }

  public Uni<OrderState> findOrder(String orderId) {
    return first(
        "select cast(doc as text) from order_state where order_id = :id",
        Map.of("id", orderId),
        doc -> Json.read(doc, OrderState.class));
  }

  public Uni<JobState> findJob(String orderId) {
    return first(
        "select cast(doc as text) from job_state where order_id = :id",
        Map.of("id", orderId),
        doc -> Json.read(doc, JobState.class));
  }

  /**
   * Oldest first. Within one instant the order is: the order, the decision, the offer, the job; and
   * the version.
   */
  public Uni<List<StoryEvent>> listEvents(String orderId, String jobId) {
    return rows(
            "select event_id, kind, occurred_at, recorded_at, actor, cast(doc as text)"
                + " from story_event where subject in (:order, :job)"
                + " order by occurred_at, case kind when 'order.state.v1' then 0"
                + " when 'dispatch.receipt.v1' then 1 when 'offer.state.v1' then 2 else 3 end,"
                + " version",
            Map.of("order", orderId, "job", jobId))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new StoryEvent(
                                (String) row[0],
                                (String) row[1],
                                Instants.of(row[2]),
                                Instants.of(row[3]),
                                (String) row[4],
                                (String) row[5]))
                    .toList());
  }

  public Uni<List<ScoreEntry>> listScores(String orderId, String jobId) {
    return list(
        "select cast(doc as text) from score_entry where subject in (:order, :job)"
            + " order by occurred_at",
        Map.of("order", orderId, "job", jobId),
        doc -> Json.read(doc, ScoreEntry.class));
  }

  public Uni<List<ScoreEntry>> listRiderScores(String riderId) {
    return list(
        "select cast(doc as text) from score_entry where rider_id = :id"
            + " order by occurred_at desc limit 20",
        Map.of("id", riderId),
        doc -> Json.read(doc, ScoreEntry.class));
  }

  public Uni<List<Story.Act>> listActs(String jobId) {
    return rows(
            "select operator, kind, reason, at_city, status from operator_act"
                + " where subject = :job order by at_wall",
            Map.of("job", jobId))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Story.Act(
                                (String) row[0],
                                (String) row[1],
                                (String) row[2],
                                Instants.of(row[3]),
                                (Integer) row[4]))
                    .toList());
  }

  /** A rider's jobs of that date, newest first. */
  public Uni<List<JobState>> listRiderJobs(String riderId, LocalDate day) {
    return list(
        "select cast(doc as text) from job_state where rider_id = :id"
            + " and business_date >= cast(cast(:day as text) as date) order by job_id desc limit 30",
        Map.of("id", riderId, "day", day.toString()),
        doc -> Json.read(doc, JobState.class));
  }

  /** A store's jobs of that date: the unfinished first, then the newest. */
  public Uni<List<JobState>> listStoreJobs(String storeId, LocalDate day) {
    return list(
        "select cast(doc as text) from job_state where store_id = :id"
            + " and business_date >= cast(cast(:day as text) as date)"
            + " order by status in ('DELIVERED', 'CANCELLED', 'RETURNED'), job_id desc limit 30",
        Map.of("id", storeId, "day", day.toString()),
        doc -> Json.read(doc, JobState.class));
  }

  /** {@code [delivered, on time]} of a rider's date. */
  public Uni<Object[]> riderFigures(String riderId, LocalDate day) {
    return rows(
            "select count(*), count(*) filter (where cast(doc ->> 'endedAt' as timestamptz)"
                + " <= cast(doc -> 'promise' ->> 'end' as timestamptz)) from job_state"
                + " where rider_id = :id and status = 'DELIVERED'"
                + " and business_date >= cast(cast(:day as text) as date)",
            Map.of("id", riderId, "day", day.toString()))
        .map(rows -> rows.get(0));
  }

  /** {@code [accepted, declined, expired]} of a rider's date. */
  public Uni<Object[]> riderOffers(String riderId, LocalDate day) {
    return rows(
            "select count(*) filter (where status = 'ACCEPTED'),"
                + " count(*) filter (where status = 'DECLINED'),"
                + " count(*) filter (where status = 'EXPIRED') from offer_state"
                + " where rider_id = :id and business_date >= cast(cast(:day as text) as date)",
            Map.of("id", riderId, "day", day.toString()))
        .map(rows -> rows.get(0));
  }

  /**
   * {@code [orders, delivered, on time, mean rider wait, mean goods wait]} of a store's date;
   * seconds. The kitchen answers until it said ready, at most until the pickup.
   */
  public Uni<Object[]> storeFigures(String storeId, LocalDate day) {
    return rows(
            "with j as (select status, cast(doc ->> 'endedAt' as timestamptz) as ended,"
                + " cast(doc -> 'promise' ->> 'end' as timestamptz) as due,"
                + " cast(doc ->> 'arrivedStoreAt' as timestamptz) as arrived,"
                + " cast(doc ->> 'pickedUpAt' as timestamptz) as picked,"
                + " cast(doc ->> 'readyAt' as timestamptz) as ready from job_state"
                + " where store_id = :id and business_date >= cast(cast(:day as text) as date))"
                + " select count(*), count(*) filter (where status = 'DELIVERED'),"
                + " count(*) filter (where status = 'DELIVERED' and ended <= due),"
                + " avg(extract(epoch from greatest(least(coalesce(ready, picked), picked)"
                + " - arrived, interval '0'))) filter (where arrived is not null and picked is not null),"
                + " avg(extract(epoch from greatest(arrived - least(coalesce(ready, picked), picked),"
                + " interval '0'))) filter (where arrived is not null and picked is not null) from j",
            Map.of("id", storeId, "day", day.toString()))
        .map(rows -> rows.get(0));
  }

  private <T> Uni<T> first(String sql, Map<String, Object> given, Function<String, T> read) {
    return list(sql, given, read).map(found -> found.isEmpty() ? null : found.get(0));
  }

  private <T> Uni<List<T>> list(String sql, Map<String, Object> given, Function<String, T> read) {
    return tx.session()
        .flatMap(
            session -> bind(session.createNativeQuery(sql, String.class), given).getResultList())
        .map(docs -> docs.stream().map(read).toList());
  }

  private Uni<List<Object[]>> rows(String sql, Map<String, Object> given) {
    return tx.session()
        .flatMap(
            session -> bind(session.createNativeQuery(sql, Object[].class), given).getResultList());
  }

  private static <T> Mutiny.SelectionQuery<T> bind(
      Mutiny.SelectionQuery<T> query, Map<String, Object> given) {
    given.forEach(query::setParameter);
    return query;
  }
}

package org.shanpai.dispatch.work;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.LockMode;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.fatigue.Fatigue;
import org.shanpai.dispatch.fatigue.FatigueRules;
import org.shanpai.dispatch.fatigue.WorkHours;
import org.shanpai.dispatch.geo.Geo;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;

/** The rider work rows. */
@ApplicationScoped
public class RiderWorks {

  private static final List<JobStatus> LIVE =
      Stream.concat(Stream.of(JobStatus.OPEN, JobStatus.OFFERED), Job.HELD.stream()).toList();

  private final Tx tx;
  private final Outbox outbox;
  private final Jobs jobs;
  private final CityClock clock;
  private final City city;
  private final FatigueRules fatigue;

  public RiderWorks(
      Tx tx, Outbox outbox, Jobs jobs, CityClock clock, City city, DispatchSettings settings) {
    this.tx = tx;
    this.outbox = outbox;
    this.jobs = jobs;
    this.clock = clock;
    this.city = city;
    this.fatigue = FatigueRules.of(settings);
  }

  /** The row, locked until the transaction ends; null when the rider is unknown. */
  public Uni<RiderWork> lock(String riderId) {
    return tx.session()
        .chain(session -> session.find(RiderWork.class, riderId, LockMode.PESSIMISTIC_WRITE));
  }

  /** Locks the rows of several riders in the order of their ids, whatever is done to them after. */
  public Uni<Void> lockInOrder(Collection<String> riderIds) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select rider_id from rider_work where rider_id in (:riders)"
                            + " order by rider_id for update",
                        String.class)
                    .setParameter("riders", riderIds)
                    .getResultList())
        .replaceWithVoid();
  }

  /** What the rider has in hand; null when the rider is unknown. */
  public Uni<RiderWorkState> state(String riderId) {
    return tx.session()
        .chain(session -> session.find(RiderWork.class, riderId))
        .chain(
            work ->
                work == null
                    ? Uni.createFrom().nullItem()
                    : jobs.heldBy(riderId).map(held -> work.state(held, fatigue(work))));
  }

  /** The rows of some riders; unknown ones are missing. */
  public Uni<List<RiderWork>> list(List<String> riderIds) {
    if (riderIds.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "from RiderWork where riderId in (:ids) order by riderId", RiderWork.class)
                    .setParameter("ids", riderIds)
                    .getResultList());
  }

  /**
   * The compare-and-set by which a rider gets an offer: only as they were seen, online, with no
   * other offer open.
   *
   * @return whether it was won
   */
  public Uni<Boolean> offer(String riderId, long versionSeen, String offerId, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update rider_work set open_offer_id = :offer, version = version + 1"
                            + " where rider_id = :rider and version = :version and active"
                            + " and online and open_offer_id is null"
                            + " and (paused_until is null or paused_until <= :now)")
                    .setParameter("offer", offerId)
                    .setParameter("rider", riderId)
                    .setParameter("version", versionSeen)
                    .setParameter("now", now)
                    .executeUpdate())
        .map(rows -> rows == 1);
  }

  /** Writes the change, counts the load anew and tells it, in this transaction. */
  public Uni<RiderWorkState> publish(RiderWork work) {
    return tx.session()
        .chain(session -> session.flush())
        .chain(() -> jobs.heldBy(work.riderId()))
        .chain(
            held -> {
              Instant now = clock.now();
              Fatigue.Day day = Fatigue.Day.of(city, now);
              Uni<Void> counted =
                  work.holding(held)
                      ? spans(work.riderId(), now)
                          .invoke(
                              spans ->
                                  work.hours(WorkHours.of(spans, day.date(), day.start(), fatigue)))
                          .replaceWithVoid()
                      : Uni.createFrom().voidItem();
              return counted
                  .invoke(() -> work.tired(work.fatigue(now, day, fatigue), day, now))
                  .chain(tx::session)
                  .chain(session -> session.flush())
                  .map(flushed -> work.state(held, work.fatigue(now, day, fatigue)));
            })
        .call(
            state ->
                outbox.append(EventType.RIDER_WORK_STATE, work.riderId(), state.version(), state));
  }

  /** What a rider's working hours mean now. */
  public Fatigue fatigue(RiderWork work) {
    Instant now = clock.now();
    return work.fatigue(now, Fatigue.Day.of(city, now), fatigue);
  }

  /** Whether the rider may say now that they go on today. */
  public boolean mayConfirm(RiderWork work) {
    return fatigue(work).mayConfirm(fatigue);
  }

  /** When the rider had something in hand, as far back as any limit looks. */
  private Uni<List<WorkHours.Span>> spans(String riderId, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select greatest(a.accepted_at, j.release_at), a.ended_at"
                            + " from assignment a join job j on j.id = a.job_id"
                            + " where a.rider_id = :rider"
                            + " and (a.ended_at is null or a.ended_at > :from)",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("from", now.minus(fatigue.window()).minus(fatigue.nightRest()))
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(row -> new WorkHours.Span(Instants.of(row[0]), Instants.of(row[1])))
                    .toList());
  }

  /** Riders online whose working hours say something else by now. */
  Uni<List<String>> fatigueDue(Instant now, int limit) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select rider_id from rider_work where online and fatigue_due <= :now"
                            + " order by fatigue_due",
                        String.class)
                    .setParameter("now", now)
                    .setMaxResults(limit)
                    .getResultList());
  }

  /** Everybody online. */
  Uni<List<RiderWork>> online() {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "from RiderWork where online = true order by riderId", RiderWork.class)
                    .getResultList());
  }

  /** Areas with a job that somebody has or is wanted for; empty when nobody can be missed. */
  Uni<List<String>> areasInUse() {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "select distinct areaId from Job where status in (:live)", String.class)
                    .setParameter("live", LIVE)
                    .getResultList());
  }

  Uni<Void> add(RiderWork work) {
    return tx.session().chain(session -> session.persist(work));
  }

  /**
   * A position to note.
   *
   * @param trusted whether it can be built on
   */
  private record Noted(
      String id,
      String at,
      double lat,
      double lon,
      Integer trust,
      Integer battery,
      boolean trusted) {}

  /**
   * Notes pings. Says nothing to anybody and leaves the version alone.
   *
   * @param leastTrust below which a place is not the last trusted one
   */
  public Uni<Void> seen(Collection<Geo.Seen> pings, int leastTrust) {
    if (pings.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Noted> rows =
        pings.stream()
            .map(
                s ->
                    new Noted(
                        s.riderId(),
                        s.at().toString(),
                        s.place().lat(),
                        s.place().lon(),
                        s.trust(),
                        s.batteryPercent(),
                        s.trust() == null || s.trust() >= leastTrust))
            .toList();
    // The update alone would lock the rows as it meets them, against whoever locks by id.
    return lockInOrder(pings.stream().map(Geo.Seen::riderId).toList())
        .chain(() -> tx.session())
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update rider_work w set"
                            + " last_seen_at = greatest(w.last_seen_at, x.at), trust = x.trust,"
                            + " battery_percent = coalesce(x.battery, w.battery_percent),"
                            + " trusted_lat = case when x.trusted then x.lat else w.trusted_lat"
                            + " end,"
                            + " trusted_lon = case when x.trusted then x.lon else w.trusted_lon"
                            + " end,"
                            + " trusted_at = case when x.trusted then x.at else w.trusted_at end"
                            + " from json_to_recordset(cast(cast(:rows as text) as json))"
                            + " as x(id text, at timestamptz, lat float8, lon float8, trust int,"
                            + " battery int, trusted boolean)"
                            + " where w.rider_id = x.id and (w.last_seen_at is null"
                            + " or w.last_seen_at < x.at or w.trusted_at is null"
                            + " or w.trusted_at < x.at)")
                    .setParameter("rows", Json.write(rows))
                    .executeUpdate())
        .replaceWithVoid();
  }
}

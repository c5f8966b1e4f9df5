package org.shanpai.rider.slot;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.roster.Pool;

/**
 * Slots that riders plan their week with: published once, signed up for while there are places, and
 * closed a little after their end with who worked them, by the times they were online. Who signed
 * up and did not come loses nothing; that is said where it is read.
 */
@ApplicationScoped
public class Slots {

  /** Online for so much of it, in percent, is worked. */
  static final int WORKED_PERCENT = 80;

  /** Late news of going offline has arrived by then, city time. */
  private static final Duration SETTLED = Duration.ofMinutes(5);

  private static final Duration LONGEST = Duration.ofHours(12);
  private static final int MOST_LISTED = 500;
  private static final String COLUMNS =
      "s.slot_id, s.area_id, s.station_id, s.pool, s.starts_at, s.ends_at, s.places, s.taken,"
          + " s.peak, s.closed_at";

  private final Tx tx;
  private final CityClock clock;
  private final Instance<WorkedSlots> listeners;

  public Slots(Tx tx, CityClock clock, Instance<WorkedSlots> listeners) {
    this.tx = tx;
    this.clock = clock;
    this.listeners = listeners;
  }

  /**
   * A slot as it stands.
   *
   * @param mine whether the rider who asks signed up; null for operators
   */
  public record Standing(
      String slotId, Slot slot, int taken, boolean closed, Boolean mine, Boolean worked) {}

  /** Somebody who signed up; {@code worked} is null until the slot is closed. */
  public record SignUp(String riderId, Instant signedAt, Integer onlineSeconds, Boolean worked) {}

  /**
   * Publishes a slot. The same again changes nothing.
   *
   * @throws Problem 422 for times that make no slot; 409 {@code slot-published} for another one of
   *     that name; 404 for an unknown station
   */
  public Uni<Standing> publish(String slotId, Slot written, String operator) {
    Slot slot = written.asStored();
    Duration length = Duration.between(slot.startsAt(), slot.endsAt());
    if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
      throw Problem.unprocessable("endsAt", "A slot ends after it starts, within 12 hours.");
    }
    return tx.write(
        () ->
            find(slotId, null)
                .chain(
                    known -> {
                      if (known != null) {
                        if (!known.slot().equals(slot)) {
                          throw Problem.conflict(
                              "slot-published",
                              "Slot " + slotId + " is published already, and is another one.");
                        }
                        return Uni.createFrom().item(known);
                      }
                      if (!slot.startsAt().isAfter(clock.now())) {
                        throw Problem.unprocessable("startsAt", "A slot lies ahead.");
                      }
                      return station(slot.stationId())
                          .chain(() -> insert(slotId, slot, operator))
                          .chain(() -> find(slotId, null));
                    }));
  }

  private Uni<Void> station(String stationId) {
    if (stationId == null) {
      return Uni.createFrom().voidItem();
    }
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select exists (select 1 from station where station_id = :id)",
                        Boolean.class)
                    .setParameter("id", stationId)
                    .getSingleResult())
        .invoke(
            there -> {
              if (!there) {
                throw Problem.notFound("station " + stationId);
              }
            })
        .replaceWithVoid();
  }

  private Uni<Integer> insert(String slotId, Slot slot, String operator) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into slot (slot_id, area_id, station_id, pool, starts_at, ends_at,"
                            + " places, peak, published_by, published_at) values (:id, :area,"
                            + " nullif(:station, ''), :pool, :starts, :ends, :places, :peak, :by,"
                            + " :at)")
                    .setParameter("id", slotId)
                    .setParameter("area", slot.areaId())
                    .setParameter("station", slot.stationId() == null ? "" : slot.stationId())
                    .setParameter("pool", slot.pool().name())
                    .setParameter("starts", slot.startsAt())
                    .setParameter("ends", slot.endsAt())
                    .setParameter("places", slot.places())
                    .setParameter("peak", slot.peak())
                    .setParameter("by", operator)
                    .setParameter("at", clock.now())
                    .executeUpdate());
  }

  /**
   * Signs the rider up, if there is a place. Again changes nothing.
   *
   * @throws Problem 404 for a slot that is not for this rider; 409 {@code slot-full}, {@code
   *     slot-begun}
   */
  public Uni<Standing> signUp(String slotId, String riderId) {
    return tx.write(
        () ->
            theirs(slotId, riderId)
                .chain(
                    slot -> {
                      if (Boolean.TRUE.equals(slot.mine())) {
                        return Uni.createFrom().item(slot);
                      }
                      requireAhead(slot);
                      return update(
                              "update slot set taken = taken + 1 where slot_id = :slot"
                                  + " and taken < places",
                              slotId)
                          .invoke(
                              rows -> {
                                if (rows == 0) {
                                  throw Problem.conflict(
                                      "slot-full", "Every place of this slot is taken.");
                                }
                              })
                          .chain(tx::session)
                          .chain(
                              session ->
                                  session
                                      .createNativeQuery(
                                          "insert into slot_signup (slot_id, rider_id, signed_at)"
                                              + " values (:slot, :rider, :at)")
                                      .setParameter("slot", slotId)
                                      .setParameter("rider", riderId)
                                      .setParameter("at", clock.now())
                                      .executeUpdate())
                          .chain(() -> find(slotId, riderId));
                    }));
  }

  /**
   * Takes the sign-up back before the slot begins; that costs nothing. Again changes nothing.
   *
   * @throws Problem as {@link #signUp}
   */
  public Uni<Standing> cancel(String slotId, String riderId) {
    return tx.write(
        () ->
            theirs(slotId, riderId)
                .chain(
                    slot -> {
                      if (!Boolean.TRUE.equals(slot.mine())) {
                        return Uni.createFrom().item(slot);
                      }
                      requireAhead(slot);
                      return tx.session()
                          .chain(
                              session ->
                                  session
                                      .createNativeQuery(
                                          "delete from slot_signup where slot_id = :slot"
                                              + " and rider_id = :rider")
                                      .setParameter("slot", slotId)
                                      .setParameter("rider", riderId)
                                      .executeUpdate())
                          .chain(
                              rows ->
                                  rows == 0
                                      ? Uni.createFrom().item(0)
                                      : update(
                                          "update slot set taken = taken - 1"
                                              + " where slot_id = :slot",
                                          slotId))
                          .chain(() -> find(slotId, riderId));
                    }));
  }

  private void requireAhead(Standing slot) {
    if (!slot.slot().startsAt().isAfter(clock.now())) {
      throw Problem.conflict("slot-begun", "This slot has begun.");
    }
  }

  /** The slot, locked, with the rider's own place in it; two taps of one rider wait in line. */
  private Uni<Standing> theirs(String slotId, String riderId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select s.slot_id from slot s join rider r on r.rider_id = :rider"
                            + " where s.slot_id = :slot and r.pool = s.pool and (s.station_id is"
                            + " null or exists (select 1 from station_rider m where m.rider_id ="
                            + " :rider and m.station_id = s.station_id)) for update of s",
                        String.class)
                    .setParameter("rider", riderId)
                    .setParameter("slot", slotId)
                    .getSingleResultOrNull())
        .chain(
            found -> {
              if (found == null) {
                throw Problem.notFound("slot " + slotId);
              }
              return find(slotId, riderId);
            });
  }

  /** Slots ahead, or begun and not over, that the rider may work; soonest first. */
  public Uni<List<Standing>> forRider(String riderId) {
    return tx.read(
        () ->
            list(
                "join rider r on r.rider_id = :rider left join slot_signup u on u.slot_id ="
                    + " s.slot_id and u.rider_id = :rider where s.ends_at > :from"
                    + " and s.starts_at < :to and r.pool = s.pool and (s.station_id is null or"
                    + " exists (select 1 from station_rider m where m.rider_id = :rider"
                    + " and m.station_id = s.station_id)) order by s.starts_at, s.slot_id",
                riderId,
                clock.now(),
                clock.now().plus(Duration.ofDays(15))));
  }

  /** Slots that overlap a span, for operators. */
  public Uni<List<Standing>> between(Instant from, Instant to) {
    return tx.read(
        () ->
            list(
                "left join slot_signup u on false and u.rider_id = :rider where s.ends_at > :from"
                    + " and s.starts_at < :to order by s.starts_at, s.slot_id",
                "",
                from,
                to));
  }

  private Uni<List<Standing>> list(String rest, String rider, Instant from, Instant to) {
    boolean operator = rider.isEmpty();
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select " + COLUMNS + ", u.rider_id, u.worked from slot s " + rest,
                        Object[].class)
                    .setParameter("rider", rider)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setMaxResults(MOST_LISTED)
                    .getResultList())
        .map(rows -> rows.stream().map(row -> read(row, operator)).toList());
  }

  private Uni<Standing> find(String slotId, String riderId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select "
                            + COLUMNS
                            + ", u.rider_id, u.worked from slot s left join slot_signup u"
                            + " on u.slot_id = s.slot_id and u.rider_id = :rider"
                            + " where s.slot_id = :slot",
                        Object[].class)
                    .setParameter("rider", riderId == null ? "" : riderId)
                    .setParameter("slot", slotId)
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : read(row, riderId == null));
  }

  /**
   * Who signed up, and who worked.
   *
   * @throws Problem 404
   */
  public Uni<List<SignUp>> signUps(String slotId) {
    return tx.read(
        () ->
            find(slotId, null)
                .invoke(
                    slot -> {
                      if (slot == null) {
                        throw Problem.notFound("slot " + slotId);
                      }
                    })
                .chain(tx::session)
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select rider_id, signed_at, online_seconds, worked"
                                    + " from slot_signup where slot_id = :slot order by rider_id",
                                Object[].class)
                            .setParameter("slot", slotId)
                            .getResultList())
                .map(
                    rows ->
                        rows.stream()
                            .map(
                                row ->
                                    new SignUp(
                                        (String) row[0],
                                        Instants.of(row[1]),
                                        row[2] == null ? null : ((Number) row[2]).intValue(),
                                        (Boolean) row[3]))
                            .toList()));
  }

  @Scheduled(
      every = "30s",
      delayed = "20s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> closeDue() {
    return close().replaceWithVoid();
  }

  /**
   * Closes slots that ended a while ago and tells who worked them; each once, on whatever replica.
   *
   * @return how many
   */
  public Uni<Integer> close() {
    return tx.detached(
            () ->
                tx.read(
                    () ->
                        tx.session()
                            .chain(
                                session ->
                                    session
                                        .createNativeQuery(
                                            "select slot_id from slot where closed_at is null"
                                                + " and ends_at <= :due order by ends_at",
                                            String.class)
                                        .setParameter("due", clock.now().minus(SETTLED))
                                        .setMaxResults(50)
                                        .getResultList())))
        .chain(
            due ->
                Multi.createFrom()
                    .iterable(due)
                    .onItem()
                    .transformToUniAndConcatenate(id -> tx.detached(() -> close(id)))
                    .filter(closed -> closed)
                    .collect()
                    .asList()
                    .map(List::size));
  }

  private Uni<Boolean> close(String slotId) {
    return tx.write(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "update slot set closed_at = :now where slot_id = :slot"
                                    + " and closed_at is null")
                            .setParameter("now", clock.now())
                            .setParameter("slot", slotId)
                            .executeUpdate())
                .chain(
                    rows ->
                        rows == 0
                            ? Uni.createFrom().item(false)
                            : count(slotId).chain(this::tell).replaceWith(true)));
  }

  private Uni<List<WorkedSlots.Worked>> count(String slotId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "with counted as (select u.rider_id, coalesce(extract(epoch from"
                            + " sum(least(coalesce(h.ended_at, s.ends_at), s.ends_at) -"
                            + " greatest(h.started_at, s.starts_at)) filter (where h.rider_id is"
                            + " not null)), 0) as seconds from slot s join slot_signup u on"
                            + " u.slot_id = s.slot_id left join rider_shift h on h.rider_id ="
                            + " u.rider_id and h.started_at < s.ends_at and coalesce(h.ended_at,"
                            + " s.ends_at) > s.starts_at where s.slot_id = :slot group by"
                            + " u.rider_id) update slot_signup u set online_seconds ="
                            + " floor(c.seconds), worked = c.seconds * 100 >= cast(:percent as"
                            + " integer) * extract(epoch from s.ends_at - s.starts_at) from counted"
                            + " c, slot s where u.slot_id = :slot and s.slot_id = :slot and"
                            + " c.rider_id = u.rider_id returning u.rider_id, s.area_id, s.peak,"
                            + " s.starts_at, s.ends_at, u.online_seconds, u.worked",
                        Object[].class)
                    .setParameter("slot", slotId)
                    .setParameter("percent", WORKED_PERCENT)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .filter(row -> (Boolean) row[6])
                    .map(
                        row ->
                            new WorkedSlots.Worked(
                                slotId,
                                (String) row[0],
                                (String) row[1],
                                (Boolean) row[2],
                                Instants.of(row[3]),
                                Instants.of(row[4]),
                                ((Number) row[5]).longValue()))
                    .toList());
  }

  private Uni<Void> tell(List<WorkedSlots.Worked> worked) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (WorkedSlots.Worked one : worked) {
      for (WorkedSlots listener : listeners) {
        all = all.chain(() -> listener.worked(one));
      }
    }
    return all;
  }

  private Uni<Integer> update(String sql, String slotId) {
    return tx.session()
        .chain(
            session -> session.createNativeQuery(sql).setParameter("slot", slotId).executeUpdate());
  }

  private static Standing read(Object[] row, boolean operator) {
    return new Standing(
        (String) row[0],
        new Slot(
            (String) row[1],
            (String) row[2],
            Pool.valueOf((String) row[3]),
            Instants.of(row[4]),
            Instants.of(row[5]),
            ((Number) row[6]).intValue(),
            (Boolean) row[8]),
        ((Number) row[7]).intValue(),
        row[9] != null,
        operator ? null : row[10] != null,
        (Boolean) row[11]);
  }
}

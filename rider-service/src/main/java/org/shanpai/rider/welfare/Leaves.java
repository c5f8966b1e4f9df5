package org.shanpai.rider.welfare;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/**
 * Family and harvest leave: asked for by riders, granted by people. It freezes streaks; that it
 * could cost points is not possible, since nothing of the score is known here.
 */
@ApplicationScoped
public class Leaves {

  private static final int LONGEST_DAYS = 60;
  private static final int MOST_ASKED = 5;
  private static final String SELECT =
      "select leave_id, rider_id, kind, cast(first_day as text), cast(last_day as text), words,"
          + " state, asked_at, decided_at, decided_by, reasons from rider_leave ";

  private final Tx tx;
  private final IdSource ids;
  private final CityClock clock;
  private final City city;

  Leaves(Tx tx, IdSource ids, CityClock clock, City city) {
    this.tx = tx;
    this.ids = ids;
    this.clock = clock;
    this.city = city;
  }

  /** What it is for. */
  public enum Kind {
    /** 家庭假. */
    FAMILY,
    /** 农忙假. */
    HARVEST
  }

  /** How far a request is. */
  public enum State {
    ASKED,
    GRANTED,
    REFUSED,
    WITHDRAWN
  }

  /**
   * A request.
   *
   * @param firstDay business date, included
   * @param lastDay business date, included
   * @param words the rider's; null for none
   * @param decidedBy a named person; null before
   */
  public record Leave(
      String leaveId,
      String riderId,
      Kind kind,
      LocalDate firstDay,
      LocalDate lastDay,
      String words,
      State state,
      Instant askedAt,
      Instant decidedAt,
      String decidedBy,
      String reasons) {}

  /**
   * Asks for leave. Runs in the caller's transaction.
   *
   * @throws Problem 422 {@code leave-refused} naming the field; 409 {@code leave-overlaps}, {@code
   *     too-many-asked}
   */
  public Uni<Leave> ask(
      String riderId, Kind kind, LocalDate firstDay, LocalDate lastDay, String words) {
    if (lastDay.isBefore(firstDay) || ChronoUnit.DAYS.between(firstDay, lastDay) >= LONGEST_DAYS) {
      throw Problem.unprocessable(
          "leave-refused", "lastDay", "Leave has 1 to " + LONGEST_DAYS + " days.");
    }
    if (firstDay.isBefore(city.businessDate(clock.now()))) {
      throw Problem.unprocessable(
          "leave-refused", "firstDay", "Leave is asked for before it begins.");
    }
    Leave asked =
        new Leave(
            ids.next("lv"),
            riderId,
            kind,
            firstDay,
            lastDay,
            words,
            State.ASKED,
            clock.now(),
            null,
            null,
            null);
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select rider_id from rider where rider_id = :rider for update",
                        String.class)
                    .setParameter("rider", riderId)
                    .getSingleResultOrNull())
        .chain(() -> of(riderId))
        .invoke(
            known -> {
              List<Leave> standing =
                  known.stream()
                      .filter(l -> l.state() == State.ASKED || l.state() == State.GRANTED)
                      .toList();
              if (standing.stream()
                  .anyMatch(
                      l -> !l.firstDay().isAfter(lastDay) && !l.lastDay().isBefore(firstDay))) {
                throw Problem.conflict(
                    "leave-overlaps", "firstDay", "You asked for leave on some of these days.");
              }
              if (standing.stream().filter(l -> l.state() == State.ASKED).count() >= MOST_ASKED) {
                throw Problem.conflict(
                    "too-many-asked", "You have asked " + MOST_ASKED + " times; wait for answers.");
              }
            })
        .chain(tx::session)
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into rider_leave (leave_id, rider_id, kind, first_day, last_day,"
                            + " words, state, asked_at) values (:id, :rider, :kind, :first, :last,"
                            + " nullif(:words, ''), 'ASKED', :at)")
                    .setParameter("id", asked.leaveId())
                    .setParameter("rider", riderId)
                    .setParameter("kind", kind.name())
                    .setParameter("first", firstDay)
                    .setParameter("last", lastDay)
                    .setParameter("words", words == null ? "" : words)
                    .setParameter("at", asked.askedAt())
                    .executeUpdate())
        .replaceWith(asked);
  }

  /** A rider's requests, the newest first; needs a transaction or read. */
  public Uni<List<Leave>> of(String riderId) {
    return list("where rider_id = :a order by asked_at desc", riderId, 200);
  }

  /** Requests that wait for somebody, the oldest first. */
  public Uni<List<Leave>> asked(int limit) {
    return tx.read(() -> list("where state = :a order by asked_at", State.ASKED.name(), limit));
  }

  /**
   * @throws Problem 404 when there is none; needs a transaction or read
   */
  public Uni<Leave> get(String leaveId) {
    return list("where leave_id = :a", leaveId, 1)
        .map(
            found -> {
              if (found.isEmpty()) {
                throw Problem.notFound("leave " + leaveId);
              }
              return found.get(0);
            });
  }

  /**
   * Decides by a named person, with reasons. The same again changes nothing.
   *
   * @throws Problem 404 for none; 409 {@code leave-decided} with another decision, or withdrawn
   */
  public Uni<Leave> decide(String leaveId, boolean granted, String reasons, String operator) {
    State to = granted ? State.GRANTED : State.REFUSED;
    return tx.write(
        () ->
            end(leaveId, to, operator, reasons)
                .chain(() -> get(leaveId))
                .invoke(
                    now -> {
                      if (now.state() != to || !reasons.equals(now.reasons())) {
                        throw Problem.conflict(
                            "leave-decided", "This request was decided before, or withdrawn.");
                      }
                    }));
  }

  /**
   * The rider takes a request back; again changes nothing.
   *
   * @throws Problem 404 for none of theirs; 409 {@code leave-decided}
   */
  public Uni<Leave> withdraw(String leaveId, String riderId) {
    return tx.write(
        () ->
            get(leaveId)
                .invoke(
                    found -> {
                      if (!found.riderId().equals(riderId)) {
                        throw Problem.notFound("leave " + leaveId);
                      }
                    })
                .chain(() -> end(leaveId, State.WITHDRAWN, null, null))
                .chain(() -> get(leaveId))
                .invoke(
                    now -> {
                      if (now.state() != State.WITHDRAWN) {
                        throw Problem.conflict("leave-decided", "This request was decided before.");
                      }
                    }));
  }

  private Uni<Integer> end(String leaveId, State to, String operator, String reasons) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update rider_leave set state = :state, decided_at = :at,"
                            + " decided_by = nullif(:by, ''), reasons = nullif(:reasons, '')"
                            + " where leave_id = :id and state = 'ASKED'")
                    .setParameter("state", to.name())
                    .setParameter("at", clock.now())
                    .setParameter("by", operator == null ? "" : operator)
                    .setParameter("reasons", reasons == null ? "" : reasons)
                    .setParameter("id", leaveId)
                    .executeUpdate());
  }

  /**
   * Whether the rider had granted leave on any of those days.
   *
   * @param from included
   * @param until not included
   */
  public Uni<Boolean> granted(String riderId, LocalDate from, LocalDate until) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select exists (select 1 from rider_leave where rider_id = :rider"
                            + " and state = 'GRANTED' and first_day < :until"
                            + " and last_day >= :from)",
                        Boolean.class)
                    .setParameter("rider", riderId)
                    .setParameter("from", from)
                    .setParameter("until", until)
                    .getSingleResult());
  }

  private Uni<List<Leave>> list(String where, String a, int limit) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(SELECT + where, Object[].class)
                    .setParameter("a", a)
                    .setMaxResults(limit)
                    .getResultList())
        .map(rows -> rows.stream().map(Leaves::read).toList());
  }

  private static Leave read(Object[] row) {
    return new Leave(
        (String) row[0],
        (String) row[1],
        Kind.valueOf((String) row[2]),
        LocalDate.parse((String) row[3]),
        LocalDate.parse((String) row[4]),
        (String) row[5],
        State.valueOf((String) row[6]),
        Instants.of(row[7]),
        Instants.of(row[8]),
        (String) row[9],
        (String) row[10]);
  }
}

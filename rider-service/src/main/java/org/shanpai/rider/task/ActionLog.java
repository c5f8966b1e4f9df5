package org.shanpai.rider.task;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.device.Devices;

/**
 * Actions as they came: the phone's time and ours, side by side. The first time a key comes decides
 * when the action happened; however often it is sent again, that stays.
 */
@ApplicationScoped
public class ActionLog {

  private static final Duration KEPT = Duration.ofDays(30);
  private static final int MOST_SHOWN = 500;

  private final Tx tx;
  private final Devices devices;
  private final CityClock city;
  private final WallClock wall;

  public ActionLog(Tx tx, Devices devices, CityClock city, WallClock wall) {
    this.tx = tx;
    this.devices = devices;
    this.city = city;
    this.wall = wall;
  }

  /** What became of an action. */
  public enum Outcome {
    /** Came, and nothing is known of its end: we fell silent in between. */
    TAKEN,
    DONE,
    /** Never will be done. */
    REFUSED,
    /** Not now: send it again. */
    LATER
  }

  /**
   * An action that was written down.
   *
   * @param happenedAt city time
   * @param outcome before this time it came
   */
  public record Noted(Instant happenedAt, Outcome outcome, boolean repeated) {}

  /**
   * A line of a job's timeline.
   *
   * @param deviceAt the phone's clock, right or wrong; null when not told
   * @param happenedAt city time, as we take it
   * @param receivedAt city time of the first time it came
   * @param lateMillis city milliseconds between the two
   */
  public record Line(
      String key,
      Action.Kind kind,
      String jobId,
      String offerId,
      Long epoch,
      Instant deviceAt,
      Instant deviceSentAt,
      PhoneTime.Basis clockBy,
      Instant happenedAt,
      Instant receivedAt,
      long lateMillis,
      Outcome outcome,
      String problem,
      int tries) {}

  /**
   * Writes the action down, or finds it.
   *
   * @throws Problem 422 when the key came before with another action
   */
  Uni<Noted> note(String riderId, Action action) {
    String hash = Secrets.hash(action.fingerprint());
    return devices
        .find(riderId)
        .map(phone -> phone == null ? null : phone.offsetMillis())
        .chain(
            offset -> {
              Instant wallNow = wall.now();
              PhoneTime.Happened happened = action.time().happened(offset, wallNow, city);
              return tx.write(() -> note(riderId, action, hash, happened, wallNow));
            });
  }

  private Uni<Noted> note(
      String riderId, Action action, String hash, PhoneTime.Happened happened, Instant wallNow) {
    PhoneTime time = action.time();
    Uni<Void> looked =
        time.sentAt() == null
            ? Uni.createFrom().voidItem()
            : devices.noteOffset(riderId, wallNow.toEpochMilli() - time.sentAt().toEpochMilli());
    return looked
        .chain(tx::session)
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into rider_action as a (rider_id, action_key, kind, job_id,"
                            + " offer_id, epoch, request_hash, device_at, device_sent_at, clock_by,"
                            + " happened_at, received_at, received_wall, outcome, tries) values"
                            + " (:rider, :key, :kind, nullif(:job, ''), nullif(:offer, ''),"
                            + " cast(nullif(:epoch, '') as bigint), :hash, cast(nullif(:deviceAt,"
                            + " '') as timestamptz), cast(nullif(:sentAt, '') as timestamptz),"
                            + " :basis, :happened, :received, :wall, 'TAKEN', 1) on conflict"
                            + " (rider_id, action_key) do update set tries = a.tries + 1 returning"
                            + " a.request_hash, a.happened_at, a.outcome, a.tries",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("key", action.key())
                    .setParameter("kind", action.kind().name())
                    .setParameter("job", action.jobId() == null ? "" : action.jobId())
                    .setParameter("offer", action.offerId() == null ? "" : action.offerId())
                    .setParameter("epoch", text(action.epoch()))
                    .setParameter("hash", hash)
                    .setParameter("deviceAt", text(time.at()))
                    .setParameter("sentAt", text(time.sentAt()))
                    .setParameter("basis", happened.basis().name())
                    .setParameter("happened", happened.at())
                    .setParameter("received", city.now())
                    .setParameter("wall", wallNow)
                    .getSingleResult())
        .map(
            row -> {
              if (!hash.equals(row[0])) {
                throw Problem.unprocessable(
                    "idempotency-key-reused",
                    "Idempotency-Key",
                    "This key was used before with another action.");
              }
              return new Noted(
                  Instants.of(row[1]),
                  Outcome.valueOf((String) row[2]),
                  ((Number) row[3]).intValue() > 1);
            });
  }

  /**
   * What became of it. What was done once stays done.
   *
   * @param problem type of the refusal; null for none
   */
  Uni<Void> end(String riderId, String key, Outcome outcome, String problem) {
    return tx.write(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "update rider_action set outcome = :outcome,"
                                    + " problem = nullif(:problem, '') where rider_id = :rider"
                                    + " and action_key = :key and outcome <> 'DONE'")
                            .setParameter("outcome", outcome.name())
                            .setParameter("problem", problem == null ? "" : problem)
                            .setParameter("rider", riderId)
                            .setParameter("key", key)
                            .executeUpdate())
                .replaceWithVoid());
  }

  /** What the rider did about a job, in the order in which it happened. */
  public Uni<List<Line>> ofJob(String riderId, String jobId) {
    return tx.read(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select action_key, kind, job_id, offer_id, epoch, device_at,"
                                    + " device_sent_at, clock_by, happened_at, received_at,"
                                    + " outcome, problem, tries from rider_action"
                                    + " where rider_id = :rider and job_id = :job"
                                    + " order by happened_at, received_wall, action_key",
                                Object[].class)
                            .setParameter("rider", riderId)
                            .setParameter("job", jobId)
                            .setMaxResults(MOST_SHOWN)
                            .getResultList())
                .map(rows -> rows.stream().map(ActionLog::read).toList()));
  }

  private static Line read(Object[] row) {
    Instant happened = Instants.of(row[8]);
    Instant received = Instants.of(row[9]);
    return new Line(
        (String) row[0],
        Action.Kind.valueOf((String) row[1]),
        (String) row[2],
        (String) row[3],
        row[4] == null ? null : ((Number) row[4]).longValue(),
        Instants.of(row[5]),
        Instants.of(row[6]),
        PhoneTime.Basis.valueOf((String) row[7]),
        happened,
        received,
        Duration.between(happened, received).toMillis(),
        Outcome.valueOf((String) row[10]),
        (String) row[11],
        ((Number) row[12]).intValue());
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  @Scheduled(every = "1h", delayed = "6m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> forget() {
    Instant oldest = wall.now().minus(KEPT);
    return tx.detached(
            () ->
                tx.write(
                    () ->
                        tx.session()
                            .chain(
                                session ->
                                    session
                                        .createNativeQuery(
                                            "delete from rider_action where received_wall <"
                                                + " :oldest")
                                        .setParameter("oldest", oldest)
                                        .executeUpdate())))
        .replaceWithVoid();
  }
}

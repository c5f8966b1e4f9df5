package org.shanpai.dispatch.handover;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/** The rows of hand-overs. Every method needs an open transaction or read. */
@ApplicationScoped
class HandOverRows {

  private static final String COLUMNS =
      "select id, job_id, epoch, from_rider, to_rider, state, face_to_face, code, asked_at,"
          + " expires_at from hand_over ";

  private final Tx tx;

  HandOverRows(Tx tx) {
    this.tx = tx;
  }

  Uni<HandOver> lock(String id) {
    return one(COLUMNS + "where id = :a for update", id);
  }

  Uni<HandOver> open(String jobId) {
    return one(COLUMNS + "where job_id = :a and state = 'ASKED' for update", jobId);
  }

  Uni<Boolean> handedOver(String jobId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select exists (select 1 from hand_over where job_id = :job"
                            + " and state = 'ACCEPTED')",
                        Boolean.class)
                    .setParameter("job", jobId)
                    .getSingleResult());
  }

  /** Those the rider gives or is asked to take, that are still open. */
  Uni<List<HandOver>> of(String riderId, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        COLUMNS
                            + "where state = 'ASKED' and expires_at > :now"
                            + " and (from_rider = :rider or to_rider = :rider)"
                            + " order by asked_at, id limit 100",
                        Object[].class)
                    .setParameter("now", now)
                    .setParameter("rider", riderId)
                    .getResultList())
        .map(rows -> rows.stream().map(HandOverRows::read).toList());
  }

  Uni<Void> add(HandOver asked) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into hand_over (id, job_id, epoch, from_rider, to_rider, state,"
                            + " face_to_face, code, asked_at, expires_at) values (:id, :job,"
                            + " :epoch, :from, :to, 'ASKED', :face, nullif(:code, ''), :at,"
                            + " :expires)")
                    .setParameter("id", asked.handOverId())
                    .setParameter("job", asked.jobId().value())
                    .setParameter("epoch", asked.epoch())
                    .setParameter("from", asked.fromRiderId().value())
                    .setParameter("to", asked.toRiderId().value())
                    .setParameter("face", asked.faceToFace())
                    .setParameter("code", asked.code() == null ? "" : asked.code())
                    .setParameter("at", asked.askedAt())
                    .setParameter("expires", asked.expiresAt())
                    .executeUpdate())
        .replaceWithVoid();
  }

  Uni<Void> end(String id, HandOver.State state, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update hand_over set state = :state, ended_at = :now, code = null"
                            + " where id = :id and state = 'ASKED'")
                    .setParameter("state", state.name())
                    .setParameter("now", now)
                    .setParameter("id", id)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Counts a wrong code; returns how many there were. */
  Uni<Integer> wrongCode(String id) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update hand_over set wrong_codes = wrong_codes + 1 where id = :id"
                            + " returning wrong_codes",
                        Integer.class)
                    .setParameter("id", id)
                    .getSingleResult());
  }

  private Uni<HandOver> one(String sql, String a) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(sql, Object[].class)
                    .setParameter("a", a)
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : read(row));
  }

  private static HandOver read(Object[] row) {
    return new HandOver(
        (String) row[0],
        new JobId((String) row[1]),
        ((Number) row[2]).longValue(),
        new RiderId((String) row[3]),
        new RiderId((String) row[4]),
        HandOver.State.valueOf((String) row[5]),
        (Boolean) row[6],
        (String) row[7],
        Instants.of(row[8]),
        Instants.of(row[9]));
  }
}

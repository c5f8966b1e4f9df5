package org.shanpai.rider.training;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.appeal.NamedPerson;

/**
 * Low level scores for people to look at together with the rider. Nothing here or elsewhere
 * suspends anybody by itself.
 */
@ApplicationScoped
public class ScoreReviews {

  /** Below it a person looks, mp. */
  public static final int LINE = 40_000;

  private final Tx tx;
  private final CityClock clock;
  private final IdSource ids;

  ScoreReviews(Tx tx, CityClock clock, IdSource ids) {
    this.tx = tx;
    this.clock = clock;
    this.ids = ids;
  }

  /** What came of a review. */
  public enum Outcome {
    TALKED,
    TRAINING_ADVISED,
    /** Some deductions look wrong: appeals are to be filed. */
    DEDUCTIONS_DOUBTED,
    NO_ACTION
  }

  /**
   * @param openAppeals appeals of the rider that wait
   * @param reviewedBy who looked last; null when nobody did
   */
  public record Low(
      String riderId,
      String label,
      int levelMilliPoints,
      long openAppeals,
      String reviewedBy,
      Outcome outcome,
      String note,
      Instant reviewedAt) {}

  /** Active riders below the line, those nobody looked at for longest first. */
  public Uni<List<Low>> list(int most) {
    return tx.read(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select r.rider_id, r.label, r.level_mp, (select count(*)"
                                    + " from appeal a where a.rider_id = r.rider_id"
                                    + " and a.due_at is not null), v.reviewed_by, v.outcome,"
                                    + " v.note, v.reviewed_at from rider r left join lateral"
                                    + " (select * from score_review s where s.rider_id = r.rider_id"
                                    + " order by s.reviewed_at desc limit 1) v on true"
                                    + " where r.level_mp < :line and r.active"
                                    + " order by v.reviewed_at nulls first, r.level_mp, r.rider_id",
                                Object[].class)
                            .setParameter("line", LINE)
                            .setMaxResults(most)
                            .getResultList())
                .map(rows -> rows.stream().map(ScoreReviews::read).toList()));
  }

  private static Low read(Object[] row) {
    return new Low(
        (String) row[0],
        (String) row[1],
        ((Number) row[2]).intValue(),
        ((Number) row[3]).longValue(),
        (String) row[4],
        row[5] == null ? null : Outcome.valueOf((String) row[5]),
        (String) row[6],
        Instants.of(row[7]));
  }

  /**
   * Notes that somebody looked.
   *
   * @throws Problem 404 for an unknown rider; 422 for a note of fewer than 10 characters
   */
  public Uni<String> add(NamedPerson operator, String riderId, Outcome outcome, String note) {
    if (note.strip().length() < 10) {
      throw Problem.unprocessable("note", "Write at least 10 characters.");
    }
    String id = ids.next("rv");
    return tx.write(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "insert into score_review (review_id, rider_id, score_mp, outcome,"
                                    + " note, reviewed_by, reviewed_at) select :id, rider_id,"
                                    + " level_mp, :outcome, :note, :by, :at from rider"
                                    + " where rider_id = :rider")
                            .setParameter("id", id)
                            .setParameter("outcome", outcome.name())
                            .setParameter("note", note.strip())
                            .setParameter("by", operator.name())
                            .setParameter("at", clock.now())
                            .setParameter("rider", riderId)
                            .executeUpdate())
                .map(
                    rows -> {
                      if (rows == 0) {
                        throw Problem.notFound("rider " + riderId);
                      }
                      return id;
                    }));
  }
}

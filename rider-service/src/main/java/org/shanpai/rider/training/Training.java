package org.shanpai.rider.training;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.score.RuleSets;
import org.shanpai.rider.score.Ruling;
import org.shanpai.rider.score.Rulings;
import org.shanpai.rider.score.ScoreAsOf;

/**
 * Training that restores points (TR1): offered to riders below the line of the rule set, never
 * imposed; one passed training counts in so many days.
 */
@ApplicationScoped
public class Training {

  /** Tries of one rider in a day, all courses together. */
  static final int TRIES_A_DAY = 5;

  private final Tx tx;
  private final Rulings rulings;
  private final ScoreAsOf scores;
  private final RuleSets ruleSets;
  private final CityClock clock;
  private final IdSource ids;

  Training(
      Tx tx, Rulings rulings, ScoreAsOf scores, RuleSets ruleSets, CityClock clock, IdSource ids) {
    this.tx = tx;
    this.rulings = rulings;
    this.scores = scores;
    this.ruleSets = ruleSets;
    this.clock = clock;
    this.ids = ids;
  }

  /** A course and its name. */
  public record Named(String courseId, Course course) {}

  /**
   * Whether a rider may train for points now.
   *
   * @param belowMilliPoints the line
   * @param nextAt city time from which a training counts again; null when one counts now
   */
  public record Chance(int scoreMilliPoints, int belowMilliPoints, Instant nextAt) {

    public boolean open() {
      return scoreMilliPoints < belowMilliPoints && nextAt == null;
    }
  }

  /**
   * How a try ended.
   *
   * @param milliPoints what it gained
   */
  public record Result(String attemptId, int percent, boolean passed, int milliPoints) {}

  /** Writes a course down. */
  public Uni<Void> put(String courseId, Course course, String by) {
    for (Course.Question question : course.questions()) {
      if (question.right() >= question.choices().size()) {
        throw Problem.unprocessable(
            "questions", "right names a choice that is not there: " + question.en());
      }
    }
    return tx.write(
        () ->
            change(
                    "insert into course (course_id, document, active, changed_by, changed_at)"
                        + " values (:id, cast(cast(:document as text) as json), :active, :by, :at)"
                        + " on conflict (course_id) do update set document = excluded.document,"
                        + " active = excluded.active, changed_by = excluded.changed_by,"
                        + " changed_at = excluded.changed_at",
                    Map.of(
                        "id",
                        courseId,
                        "document",
                        Json.write(course),
                        "active",
                        course.active() == null || course.active(),
                        "by",
                        by,
                        "at",
                        clock.now()))
                .replaceWithVoid());
  }

  /** All courses, or those on offer. */
  public Uni<List<Named>> courses(boolean activeOnly) {
    return tx.read(
        () ->
            rows(
                    "select course_id, cast(document as text), active from course"
                        + " where active or not :only order by course_id",
                    Map.of("only", activeOnly))
                .map(found -> found.stream().map(Training::read).toList()));
  }

  private static Named read(Object[] row) {
    Course c = Json.read((String) row[1], Course.class);
    return new Named(
        (String) row[0],
        new Course(
            c.titleEn(),
            c.titleZh(),
            c.minutes(),
            c.passPercent(),
            c.questions(),
            (Boolean) row[2]));
  }

  public Uni<Chance> chance(String riderId) {
    return tx.read(() -> chanceOf(riderId));
  }

  private Uni<Chance> chanceOf(String riderId) {
    Instant now = clock.now();
    return scores
        .now(riderId)
        .chain(
            standing ->
                ruleSets
                    .getInForceAt(now)
                    .chain(
                        rules ->
                            rows(
                                    "select max(attempted_at), 1 from course_attempt"
                                        + " where rider_id = :rider and passed",
                                    Map.of("rider", riderId))
                                .map(
                                    last -> {
                                      Instant passed = Instants.of(last.get(0)[0]);
                                      Instant next =
                                          passed == null
                                              ? null
                                              : passed.plus(
                                                  Duration.ofDays(rules.trainingEveryDays()));
                                      return new Chance(
                                          standing.score().milliPoints(),
                                          rules.trainingBelowMilliPoints(),
                                          next == null || !next.isAfter(now) ? null : next);
                                    })));
  }

  /**
   * Takes a rider's answers; a pass is a fact of the score in the same transaction.
   *
   * @throws Problem 404 for no such course; 409 {@code not-below-the-line}, {@code too-soon},
   *     {@code too-many-tries}; 422 on {@code answers}
   */
  public Uni<Result> attempt(String riderId, String courseId, List<Integer> answers) {
    Instant now = clock.now();
    return tx.write(
        () ->
            // One after the other for a rider, so that two phones do not pass at once.
            rows(
                    "select rider_id, 1 from rider where rider_id = :rider for update",
                    Map.of("rider", riderId))
                .chain(
                    () ->
                        rows(
                            "select course_id, cast(document as text), active from course"
                                + " where course_id = :id and active",
                            Map.of("id", courseId)))
                .map(
                    found -> {
                      if (found.isEmpty()) {
                        throw Problem.notFound("course " + courseId);
                      }
                      Course course = read(found.get(0)).course();
                      check(course, answers);
                      return course;
                    })
                .call(() -> chanceOf(riderId).invoke(Training::requireOpen))
                .call(() -> requireTries(riderId, now))
                .chain(course -> take(riderId, courseId, course, answers, now)));
  }

  private static void check(Course course, List<Integer> answers) {
    if (answers.size() != course.questions().size()) {
      throw Problem.unprocessable(
          "answers", "There are " + course.questions().size() + " questions to answer.");
    }
  }

  private static void requireOpen(Chance chance) {
    if (chance.scoreMilliPoints() >= chance.belowMilliPoints()) {
      throw Problem.conflict(
          "not-below-the-line",
          "Training gives points back below the line only; you are above it.");
    }
    if (chance.nextAt() != null) {
      throw Problem.conflict("too-soon", "The next training counts from " + chance.nextAt() + ".");
    }
  }

  private Uni<Void> requireTries(String riderId, Instant now) {
    return rows(
            "select count(*), 1 from course_attempt where rider_id = :rider"
                + " and attempted_at > :since",
            Map.of("rider", riderId, "since", now.minus(Duration.ofDays(1))))
        .invoke(
            found -> {
              if (((Number) found.get(0)[0]).intValue() >= TRIES_A_DAY) {
                throw Problem.conflict(
                    "too-many-tries", "That were " + TRIES_A_DAY + " tries in a day; rest a bit.");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Result> take(
      String riderId, String courseId, Course course, List<Integer> answers, Instant now) {
    int percent = course.percent(answers);
    boolean passed = percent >= course.passPercent();
    String attemptId = ids.next("tr");
    return change(
            "insert into course_attempt (attempt_id, rider_id, course_id, answers, percent, passed,"
                + " attempted_at) values (:id, :rider, :course, :answers, :percent, :passed, :at)",
            Map.of(
                "id",
                attemptId,
                "rider",
                riderId,
                "course",
                courseId,
                "answers",
                answers.stream().map(String::valueOf).collect(Collectors.joining(" ")),
                "percent",
                percent,
                "passed",
                passed,
                "at",
                now))
        .chain(() -> passed ? restore(riderId, attemptId, now) : Uni.createFrom().item(0))
        .map(points -> new Result(attemptId, percent, passed, points));
  }

  private Uni<Integer> restore(String riderId, String attemptId, Instant now) {
    return rulings
        .record(
            new Ruling(
                "tr1-" + attemptId,
                1,
                riderId,
                "TR1",
                null,
                attemptId,
                Ruling.Status.CONFIRMED,
                "rules",
                false,
                now,
                null,
                null,
                null,
                null,
                null,
                attemptId,
                null))
        .map(rows -> rows.stream().mapToInt(row -> row.line().milliPoints()).sum());
  }

  private Uni<List<Object[]>> rows(String sql, Map<String, Object> parameters) {
    return tx.session()
        .chain(
            session -> {
              var query = session.createNativeQuery(sql, Object[].class);
              parameters.forEach(query::setParameter);
              return query.getResultList();
            });
  }

  private Uni<Integer> change(String sql, Map<String, Object> parameters) {
    return tx.session()
        .chain(
            session -> {
              var query = session.createNativeQuery(sql);
              parameters.forEach(query::setParameter);
              return query.executeUpdate();
            });
  }
}

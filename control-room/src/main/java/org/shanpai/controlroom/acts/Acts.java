package org.shanpai.controlroom.acts;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.controlroom.neighbours.Neighbours;
import org.shanpai.messaging.Tx;

/**
 * Passes operators' acts on and keeps the audit: who, what, why, when, and what came of it.
 *
 * <p>The row is committed before the act is sent, so no act is without one. The operator's key goes
 * along, so sending twice acts once: an act that was answered is not sent again, one whose answer
 * was lost is.
 */
@ApplicationScoped
public class Acts {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int LONGEST_KEY = 128;

  private record Earlier(String request, Integer status, String answer) {}

  private final Tx tx;
  private final Neighbours neighbours;
  private final IdSource ids;
  private final CityClock clock;
  private final WallClock wall;

  public Acts(Tx tx, Neighbours neighbours, IdSource ids, CityClock clock, WallClock wall) {
    this.tx = tx;
    this.neighbours = neighbours;
    this.ids = ids;
    this.clock = clock;
    this.wall = wall;
  }

  /**
   * Does it once.
   *
   * @param token the operator's own, so that the deciding service sees who acts and may refuse
   * @return the deciding service's answer, refusals included
   * @throws Problem 400 without a key; 422 for a key used before for something else; 503 when the
   *     deciding service does not answer
   */
  public Uni<Neighbours.Answer> perform(Act act, String operator, String token, String key) {
    if (key == null || key.isBlank() || key.length() > LONGEST_KEY) {
      throw Problem.badRequest(
          "Idempotency-Key",
          "Send a header Idempotency-Key of 1 to " + LONGEST_KEY + " characters.");
    }
    return tx.write(() -> record(act, operator, key).chain(() -> earlier(operator, key)))
        .flatMap(
            earlier -> {
              if (!earlier.request().equals(fingerprint(act))) {
                throw Problem.unprocessable(
                    "idempotency-key-reused",
                    "Idempotency-Key",
                    "This key was used before with another request.");
              }
              if (earlier.status() != null && earlier.status() < 500) {
                return Uni.createFrom()
                    .item(
                        new Neighbours.Answer(
                            earlier.status(), type(earlier.status()), earlier.answer()));
              }
              return send(act, operator, token, key);
            });
  }

  private Uni<Neighbours.Answer> send(Act act, String operator, String token, String key) {
    return neighbours
        .send(
            act.method(),
            act.service(),
            act.path(),
            Map.of("Authorization", "Bearer " + token, "Idempotency-Key", key),
            act.body(),
            LIMIT)
        .call(answer -> tx.write(() -> outcome(operator, key, answer)))
        .invoke(
            answer -> {
              if (answer.status() == 0) {
                throw Problem.unavailable(
                    act.service() + " does not answer; nothing may have happened. Try again.", 2);
              }
            });
  }

  /** Compared as text: the row keeps the whole request beside it. */
  private static String fingerprint(Act act) {
    return act.method() + " " + act.path() + " " + act.body();
  }

  private static String type(int status) {
    return status >= 400 ? "application/problem+json" : "application/json";
  }

  private Uni<Integer> record(Act act, String operator, String key) {
    return tx.session()
        .flatMap(
            session ->
                session
                    .createNativeQuery(
                        "insert into operator_act (act_id, operator, request_key, kind, subject,"
                            + " reason, request, at_city, at_wall) values (:id, :operator, :key,"
                            + " :kind, :subject, :reason, :request, :city,"
                            + " :wall) on conflict (operator, request_key) do nothing")
                    .setParameter("id", ids.next("act"))
                    .setParameter("operator", operator)
                    .setParameter("key", key)
                    .setParameter("kind", act.kind())
                    .setParameter("subject", act.subject())
                    .setParameter("reason", act.reason())
                    .setParameter("request", fingerprint(act))
                    .setParameter("city", clock.now())
                    .setParameter("wall", wall.now())
                    .executeUpdate());
  }

  private Uni<Earlier> earlier(String operator, String key) {
    return tx.session()
        .flatMap(
            session ->
                session
                    .createNativeQuery(
                        "select request, status, answer from operator_act"
                            + " where operator = :operator and request_key = :key",
                        Object[].class)
                    .setParameter("operator", operator)
                    .setParameter("key", key)
                    .getResultList())
        .map((List<Object[]> rows) -> rows.get(0))
        .map(row -> new Earlier((String) row[0], (Integer) row[1], (String) row[2]));
  }

  private Uni<Integer> outcome(String operator, String key, Neighbours.Answer answer) {
    return tx.session()
        .flatMap(
            session ->
                session
                    .createNativeQuery(
                        "update operator_act set status = :status, answer = :answer"
                            + " where operator = :operator and request_key = :key")
                    .setParameter("status", answer.status() == 0 ? 503 : answer.status())
                    .setParameter("answer", answer.body() == null ? "" : answer.body())
                    .setParameter("operator", operator)
                    .setParameter("key", key)
                    .executeUpdate());
  }
}

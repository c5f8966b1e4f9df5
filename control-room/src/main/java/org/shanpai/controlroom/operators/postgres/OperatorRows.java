package org.shanpai.controlroom.operators.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.reactive.mutiny.Mutiny;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.controlroom.operators.Operator;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/** Operators, their one-time codes, failures and ended sessions. Needs a surrounding session. */
@ApplicationScoped
public class OperatorRows {

  /** An operator with the password's hash. */
  public record WithHash(Operator operator, String hash) {}

  private final Tx tx;
  private final WallClock wall;

  public OperatorRows(Tx tx, WallClock wall) {
    this.tx = tx;
    this.wall = wall;
  }

  public Uni<Long> count() {
    return tx.session()
        .flatMap(
            session ->
                session
                    .createNativeQuery("select count(*) from operator", Long.class)
                    .getSingleResult());
  }

  /** One at a time may try to be the first. */
  public Uni<Void> lockFirst() {
    return tx.session()
        .flatMap(
            session ->
                session
                    .createNativeQuery(
                        "select cast(pg_advisory_xact_lock(hashtextextended('first-operator', 0))"
                            + " as text)",
                        String.class)
                    .getResultList())
        .replaceWithVoid();
  }

  public Uni<Integer> addFirstCode(String hash) {
    return update(
        "insert into first_operator_code (code_hash, created_at) values (:hash, :at)"
            + " on conflict do nothing",
        Map.of("hash", hash, "at", wall.now()));
  }

  /** Uses the code up, and every other one with it; false when there is no such code. */
  public Uni<Boolean> takeFirstCode(String hash) {
    return update(
            "delete from first_operator_code where exists"
                + " (select 1 from first_operator_code where code_hash = :hash)",
            Map.of("hash", hash))
        .map(deleted -> deleted > 0);
  }

  /** False when the name is taken. */
  public Uni<Boolean> add(Operator operator, String hash, String by) {
    return update(
            "insert into operator (username, password_hash, roles, created_at, created_by)"
                + " values (:name, :hash, :roles, :at, :by) on conflict do nothing",
            Map.of(
                "name", operator.username(),
                "hash", hash,
                "roles", String.join(",", new TreeSet<>(operator.roles())),
                "at", wall.now(),
                "by", by))
        .map(added -> added > 0);
  }

  /** The operator, or null. */
  public Uni<WithHash> find(String username) {
    return tx.session()
        .flatMap(
            session ->
                session
                    .createNativeQuery(
                        "select username, roles, password_hash from operator"
                            + " where username = :name",
                        Object[].class)
                    .setParameter("name", username)
                    .getResultList())
        .map((List<Object[]> rows) -> rows.isEmpty() ? null : withHash(rows.get(0)));
  }

  public Uni<List<Operator>> list() {
    return tx.session()
        .flatMap(
            session ->
                session
                    .createNativeQuery(
                        "select username, roles, '' from operator order by username",
                        Object[].class)
                    .getResultList())
        .map(rows -> rows.stream().map(row -> withHash(row).operator()).toList());
  }

  private static WithHash withHash(Object[] row) {
    return new WithHash(
        new Operator((String) row[0], Set.of(((String) row[1]).split(","))), (String) row[2]);
  }

  /**
   * Counts a failure unless blocked.
   *
   * @param since failures before it are forgotten
   * @param until end of the block that the {@code most}th failure begins
   * @return false when blocked
   */
  public Uni<Boolean> countFailure(
      String who, Instant now, Instant since, int most, Instant until) {
    String count = "case when f.first_at < :since then 1 else f.failures + 1 end";
    return update(
            "insert into sign_in_failure as f (who, failures, first_at) values (:who, 1, :now)"
                + " on conflict (who) do update set failures = "
                + count
                + ", first_at = case when f.first_at < :since then :now else f.first_at end,"
                + " blocked_until = case when "
                + count
                + " >= :most then cast(:until as timestamptz) end"
                + " where f.blocked_until is null or f.blocked_until <= :now",
            Map.of("who", who, "now", now, "since", since, "most", most, "until", until))
        .map(counted -> counted > 0);
  }

  public Uni<Void> forgetFailures(String... who) {
    return update("delete from sign_in_failure where who in (:who)", Map.of("who", List.of(who)))
        .replaceWithVoid();
  }

  public Uni<Void> end(String sessionId, Instant expiresAt, Instant now) {
    return update("delete from ended_session where expires_at < :now", Map.of("now", now))
        .chain(
            () ->
                update(
                    "insert into ended_session (session_id, expires_at) values (:id, :expires)"
                        + " on conflict do nothing",
                    Map.of("id", sessionId, "expires", expiresAt)))
        .replaceWithVoid();
  }

  public Uni<Map<String, Instant>> listEnded(Instant now) {
    return tx.session()
        .flatMap(
            session ->
                session
                    .createNativeQuery(
                        "select session_id, expires_at from ended_session"
                            + " where expires_at >= :now",
                        Object[].class)
                    .setParameter("now", now)
                    .getResultList())
        .map(
            rows -> {
              Map<String, Instant> ended = new HashMap<>();
              rows.forEach(row -> ended.put((String) row[0], Instants.of(row[1])));
              return ended;
            });
  }

  private Uni<Integer> update(String sql, Map<String, Object> given) {
    return tx.session()
        .flatMap(
            session -> {
              Mutiny.MutationQuery query = session.createNativeQuery(sql);
              given.forEach(query::setParameter);
              return query.executeUpdate();
            });
  }
}

package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.messaging.Columns;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Statement;
import org.shanpai.messaging.Tx;

/** What riders are judged by, as stored. Runs in the caller's session. */
@ApplicationScoped
class FactRows {

  private static final String DELIVERY = "delivery";

  private static final Statement KEEP =
      Statement.of(
          "with known as (select rider_id from rider where rider_id = :rider),"
              + " kept as (insert into score_fact (rider_id, about, source, revision, rule,"
              + " area_id, accepted_at, occurred_at, facts) select rider_id, :about::text,"
              + " :source, :revision, :rule, :area, :accepted, :occurred,"
              + " cast(:facts::text as json) from known"
              + " on conflict (rider_id, about, source) do update"
              + " set revision = excluded.revision, rule = excluded.rule,"
              + " area_id = excluded.area_id, accepted_at = excluded.accepted_at,"
              + " occurred_at = excluded.occurred_at, facts = excluded.facts"
              + " where score_fact.revision < excluded.revision returning 1),"
              + " waits as (insert into score_due (rider_id, about)"
              + " select :rider::text, :about from kept where :due::boolean returning 1)"
              + " select (select count(*) from known), (select count(*) from kept)");

  private static final Statement TAKE_DUE =
      Statement.of(
          // An array: each row is looked up, however many the planner expects.
          "delete from score_due where id = any(array(select id from score_due"
              + " where not_before <= :now order by id limit :most::int"
              + " for update skip locked)) returning rider_id, about");

  private static final Statement CASES =
      Statement.of(
          "select f.rider_id, f.about, f.source, cast(f.facts as text)"
              + " from unnest(:riders::text[], :abouts::text[]) as k (rider, about)"
              + " join score_fact f on f.rider_id = k.rider and f.about = k.about");

  private final Tx tx;

  FactRows(Tx tx) {
    this.tx = tx;
  }

  /** What keeping a fact did. */
  enum Kept {
    NEWS,
    /** A newer revision is known. */
    OLD,
    UNKNOWN_RIDER
  }

  Uni<Kept> keep(DeliveryFacts delivery, boolean due) {
    return keep(
        delivery.riderId(),
        delivery.orderId(),
        DELIVERY,
        delivery.version(),
        null,
        delivery.areaId(),
        delivery.acceptedAt(),
        delivery.deliveredAt(),
        Json.write(delivery),
        due);
  }

  Uni<Kept> keep(Ruling ruling, boolean due) {
    return keep(
        ruling.riderId(),
        about(ruling),
        ruling.rulingId(),
        ruling.revision(),
        ruling.rule(),
        ruling.areaId(),
        ruling.ruledBy(),
        ruling.occurredAt(),
        Json.write(ruling),
        due);
  }

  static String about(Ruling ruling) {
    return ruling.orderId() != null ? ruling.orderId() : ruling.subject();
  }

  private Uni<Kept> keep(
      String riderId,
      String about,
      String source,
      long revision,
      String rule,
      String areaId,
      Instant acceptedAt,
      Instant occurredAt,
      String facts,
      boolean due) {
    return tx.select(
            KEEP.filled()
                .with("rider", riderId)
                .with("about", about)
                .with("source", source)
                .with("revision", revision)
                .with("rule", rule)
                .with("area", areaId)
                .with("accepted", acceptedAt)
                .with("occurred", occurredAt)
                .with("facts", facts)
                .with("due", due))
        .map(rows -> rows.get(0))
        .map(
            counts -> {
              if (number(counts[0]) == 0) {
                return Kept.UNKNOWN_RIDER;
              }
              return number(counts[1]) == 0 ? Kept.OLD : Kept.NEWS;
            });
  }

  /**
   * Takes cases that wait; those another transaction is at are left to it.
   *
   * @param now wall time
   */
  Uni<List<CaseKey>> takeDue(int most, Instant now) {
    return tx.select(TAKE_DUE.filled().with("now", now).with("most", most))
        .map(rows -> rows.stream().map(FactRows::key).distinct().toList());
  }

  /** Cases that wait, without taking them. */
  Uni<List<CaseKey>> peekDue(int most, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select rider_id, about from score_due where not_before <= :now"
                            + " order by id",
                        Object[].class)
                    .setParameter("now", now)
                    .setMaxResults(most)
                    .getResultList())
        .map(rows -> rows.stream().map(FactRows::key).distinct().toList());
  }

  /** Takes one case. */
  Uni<Void> take(CaseKey key) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "delete from score_due where id in (select id from score_due"
                            + " where rider_id = :rider and about = :about"
                            + " for update skip locked)")
                    .setParameter("rider", key.riderId())
                    .setParameter("about", key.about())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Lets a case wait that could not be judged. */
  Uni<Void> waitUntil(CaseKey key, Instant notBefore) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update score_due set tries = tries + 1, not_before = :at"
                            + " where rider_id = :rider and about = :about")
                    .setParameter("at", notBefore)
                    .setParameter("rider", key.riderId())
                    .setParameter("about", key.about())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Lets every case of an area wait that happened since then, or was going on. */
  Uni<Integer> dueOfArea(String areaId, Instant since) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into score_due (rider_id, about) select distinct rider_id, about"
                            + " from score_fact where area_id = :area and occurred_at >= :since")
                    .setParameter("area", areaId)
                    .setParameter("since", since)
                    .executeUpdate());
  }

  /** Lets every case wait that was accepted within the span. */
  Uni<Integer> dueOfAcceptance(Instant from, Instant until) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into score_due (rider_id, about) select distinct rider_id, about"
                            + " from score_fact where accepted_at >= :from"
                            + " and accepted_at < :until")
                    .setParameter("from", from)
                    .setParameter("until", until)
                    .executeUpdate());
  }

  /** The cases of those riders that hold a ruling which depends on their others. */
  Uni<Set<CaseKey>> limitedCases(Collection<String> riders) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select distinct f.rider_id, f.about from"
                            + " json_array_elements_text(cast(cast(:riders as text) as json)) r"
                            + " join score_fact f on f.rider_id = r"
                            + " and f.rule in ('FU1', 'TR1', 'SM4')",
                        Object[].class)
                    .setParameter("riders", Json.write(riders))
                    .getResultList())
        .map(
            rows -> {
              Set<CaseKey> keys = new HashSet<>();
              rows.forEach(row -> keys.add(key(row)));
              return keys;
            });
  }

  /** Every case of a rider that happened since then. */
  Uni<List<CaseKey>> casesOf(String riderId, Instant since) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select distinct rider_id, about from score_fact"
                            + " where rider_id = :rider and occurred_at >= :since order by about",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("since", since)
                    .getResultList())
        .map(rows -> rows.stream().map(FactRows::key).toList());
  }

  /** Riders with anything that happened in the span, and how many facts; busiest first. */
  Uni<List<String>> ridersWithin(Instant from, Instant until, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select rider_id from score_fact where occurred_at >= :from"
                            + " and occurred_at < :until group by rider_id"
                            + " order by count(*) desc, rider_id",
                        String.class)
                    .setParameter("from", from)
                    .setParameter("until", until)
                    .setMaxResults(most)
                    .getResultList());
  }

  /** The ruling's newest revision; null when there is none. */
  Uni<Ruling> ruling(String rulingId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(facts as text) from score_fact where source = :id and source <> 'delivery'",
                        String.class)
                    .setParameter("id", rulingId)
                    .getSingleResultOrNull())
        .map(text -> text == null ? null : Json.read(text, Ruling.class));
  }

  /** The facts of those cases; a case without any is left out. */
  Uni<Map<CaseKey, ScoreCase>> cases(Collection<CaseKey> keys) {
    List<CaseKey> wanted = List.copyOf(keys);
    return tx.select(
            CASES
                .filled()
                .with("riders", Columns.of(wanted).texts(CaseKey::riderId))
                .with("abouts", Columns.of(wanted).texts(CaseKey::about)))
        .map(
            rows -> {
              Map<CaseKey, DeliveryFacts> deliveries = new HashMap<>();
              Map<CaseKey, List<Ruling>> rulings = new HashMap<>();
              for (Object[] row : rows) {
                List<Ruling> known = rulings.computeIfAbsent(key(row), k -> new ArrayList<>());
                if (DELIVERY.equals(row[2])) {
                  deliveries.put(key(row), Json.read((String) row[3], DeliveryFacts.class));
                } else {
                  known.add(Json.read((String) row[3], Ruling.class));
                }
              }
              Map<CaseKey, ScoreCase> cases = new HashMap<>();
              rulings.forEach(
                  (key, known) ->
                      cases.put(
                          key,
                          new ScoreCase(key.riderId(), key.about(), deliveries.get(key), known)));
              return cases;
            });
  }

  private static CaseKey key(Object[] row) {
    return new CaseKey((String) row[0], (String) row[1]);
  }

  private static long number(Object column) {
    return ((Number) column).longValue();
  }
}

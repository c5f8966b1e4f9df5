package org.shanpai.rider.appeal;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/** The tables of appeals. Runs in the caller's transaction. */
@ApplicationScoped
class AppealRows {

  private static final String COLUMNS =
      "a.appeal_id, a.rider_id, a.entry_id, a.subject, a.grp, a.rule, a.points_mp, a.ruled_by,"
          + " a.grounds, a.state, a.filed_at, a.due_at, a.first_by, a.first_reasons, a.first_at,"
          + " a.escalation_grounds, a.escalated_at, a.seated_by, a.decided_by, a.decided_how,"
          + " a.reasons, a.decided_at";

  private final Tx tx;

  AppealRows(Tx tx) {
    this.tx = tx;
  }

  /** Adds a fresh one; false when the row is appealed already. */
  Uni<Boolean> add(Appeal appeal) {
    return change(
            "insert into appeal (appeal_id, rider_id, entry_id, subject, grp, rule, points_mp,"
                + " ruled_by, grounds, state, filed_at, due_at) values (:id, :rider, :entry,"
                + " :subject, :grp, :rule, :points, :ruledBy, :grounds, 'FILED', :filed, :due)"
                + " on conflict (entry_id) do nothing",
            Map.ofEntries(
                Map.entry("id", appeal.appealId()),
                Map.entry("rider", appeal.riderId()),
                Map.entry("entry", appeal.entryId()),
                Map.entry("subject", appeal.subject()),
                Map.entry("grp", appeal.group()),
                Map.entry("rule", appeal.rule()),
                Map.entry("points", appeal.milliPoints()),
                Map.entry("ruledBy", appeal.ruledBy()),
                Map.entry("grounds", appeal.grounds()),
                Map.entry("filed", appeal.filedAt()),
                Map.entry("due", appeal.dueAt())))
        .map(rows -> rows > 0);
  }

  /** The appeal, kept from others until the end of the transaction; null when there is none. */
  Uni<Appeal> lock(String appealId) {
    return one("select " + COLUMNS + " from appeal a where appeal_id = :id for update", appealId);
  }

  /** Null when there is none. */
  Uni<Appeal> find(String appealId) {
    return one("select " + COLUMNS + " from appeal a where appeal_id = :id", appealId);
  }

  private Uni<Appeal> one(String sql, String appealId) {
    return list(sql, Map.of("id", appealId), 1).map(all -> all.isEmpty() ? null : all.get(0));
  }

  /** A rider's, newest first. */
  Uni<List<Appeal>> ofRider(String riderId, int most) {
    return list(
        "select " + COLUMNS + " from appeal a where rider_id = :rider order by filed_at desc",
        Map.of("rider", riderId),
        most);
  }

  /** Those a desk has to do something about, soonest due first. */
  Uni<List<Appeal>> queue(int most) {
    return list(
        "select " + COLUMNS + " from appeal a where state in ('FILED', 'PANEL') order by due_at",
        Map.of(),
        most);
  }

  /** Those in which the person has a seat and the panel is still at it. */
  Uni<List<Appeal>> seated(Appeal.Seat.Kind kind, String person, int most) {
    return list(
        "select "
            + COLUMNS
            + " from appeal a join appeal_seat s using (appeal_id) where s.kind = :kind"
            + " and s.person = :person and a.state = 'PANEL' order by a.due_at",
        Map.of("kind", kind.name(), "person", person),
        most);
  }

  /** A row was taken back, and no loss of its subject and group stands. */
  private static final String CORRECTED =
      " exists (select 1 from score_entry r where r.refers_to = a.entry_id)"
          + " and not exists (select 1 from score_entry l where l.rider_id = a.rider_id"
          + " and l.subject = a.subject and l.grp = a.grp and l.points_mp < 0"
          + " and l.refers_to is null and not exists"
          + " (select 1 from score_entry b where b.refers_to = l.entry_id))";

  /** Those whose time is over, and those whose row no longer stands. */
  Uni<List<String>> ripe(Instant now, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select a.appeal_id from appeal a where a.due_at < :now or"
                            + " (a.due_at is not null and"
                            + CORRECTED
                            + ") order by a.due_at",
                        String.class)
                    .setParameter("now", now)
                    .setMaxResults(most)
                    .getResultList());
  }

  /** Whether the ledger took the deduction back by itself. */
  Uni<Boolean> corrected(Appeal appeal) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select" + CORRECTED + " from appeal a where a.appeal_id = :id",
                        Boolean.class)
                    .setParameter("id", appeal.appealId())
                    .getSingleResult());
  }

  /** Whether the row was taken back. */
  Uni<Boolean> takenBack(String entryId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select exists (select 1 from score_entry where refers_to = :id)",
                        Boolean.class)
                    .setParameter("id", entryId)
                    .getSingleResult());
  }

  Uni<Void> rejected(String appealId, String by, String reasons, Instant at, Instant due) {
    return change(
            "update appeal set state = 'REJECTED', first_by = :by, first_reasons = :reasons,"
                + " first_at = :at, due_at = :due where appeal_id = :id",
            Map.of("id", appealId, "by", by, "reasons", reasons, "at", at, "due", due))
        .replaceWithVoid();
  }

  Uni<Void> escalated(String appealId, String grounds, Instant at, Instant due) {
    return change(
            "update appeal set state = 'PANEL', escalation_grounds = :grounds,"
                + " escalated_at = :at, due_at = :due where appeal_id = :id",
            Map.of("id", appealId, "grounds", grounds, "at", at, "due", due))
        .replaceWithVoid();
  }

  Uni<Void> decided(
      String appealId, AppealState state, String by, Appeal.How how, String reasons, Instant at) {
    return change(
            "update appeal set state = :state, decided_by = :by, decided_how = :how,"
                + " reasons = :reasons, decided_at = :at, due_at = null where appeal_id = :id",
            Map.of(
                "id",
                appealId,
                "state",
                state.name(),
                "by",
                by,
                "how",
                how.name(),
                "reasons",
                reasons,
                "at",
                at))
        .replaceWithVoid();
  }

  // Evidence, panel, trail

  Uni<Void> addEvidence(String appealId, String words, String proofId, Instant at) {
    return change(
            "insert into appeal_evidence (appeal_id, evidence_no, words, proof_id, added_at)"
                + " select :id, count(*) + 1, nullif(:words, ''), nullif(:proof, ''), :at"
                + " from appeal_evidence where appeal_id = :id",
            Map.of(
                "id",
                appealId,
                "words",
                words == null ? "" : words,
                "proof",
                proofId == null ? "" : proofId,
                "at",
                at))
        .replaceWithVoid();
  }

  Uni<List<Appeal.Evidence>> evidence(String appealId) {
    return rows(
            "select evidence_no, words, proof_id, added_at from appeal_evidence"
                + " where appeal_id = :id order by evidence_no",
            Map.of("id", appealId),
            MOST_EVIDENCE)
        .map(
            found ->
                found.stream()
                    .map(
                        row ->
                            new Appeal.Evidence(
                                number(row[0]),
                                (String) row[1],
                                (String) row[2],
                                Instants.of(row[3])))
                    .toList());
  }

  /** Most pieces of evidence to one appeal. */
  static final int MOST_EVIDENCE = 20;

  /** Most members of a panel. */
  static final int SEATS = 3;

  Uni<List<Appeal.Seat>> seats(String appealId) {
    return rows(
            "select seat, kind, person, vote, reasons, voted_at from appeal_seat"
                + " where appeal_id = :id order by seat",
            Map.of("id", appealId),
            SEATS)
        .map(
            found ->
                found.stream()
                    .map(
                        row ->
                            new Appeal.Seat(
                                number(row[0]),
                                Appeal.Seat.Kind.valueOf((String) row[1]),
                                (String) row[2],
                                row[3] == null ? null : Appeal.Vote.valueOf((String) row[3]),
                                (String) row[4],
                                Instants.of(row[5])))
                    .toList());
  }

  Uni<Void> seat(String appealId, int seat, Appeal.Seat.Kind kind, String person) {
    return change(
            "insert into appeal_seat (appeal_id, seat, kind, person)"
                + " values (:id, :seat, :kind, :person)",
            Map.of("id", appealId, "seat", seat, "kind", kind.name(), "person", person))
        .replaceWithVoid();
  }

  Uni<Void> seatedBy(String appealId, String by) {
    return change(
            "update appeal set seated_by = :by where appeal_id = :id",
            Map.of("id", appealId, "by", by))
        .replaceWithVoid();
  }

  Uni<Void> voted(String appealId, int seat, Appeal.Vote vote, String reasons, Instant at) {
    return change(
            "update appeal_seat set vote = :vote, reasons = nullif(:reasons, ''), voted_at = :at"
                + " where appeal_id = :id and seat = :seat",
            Map.of(
                "id",
                appealId,
                "seat",
                seat,
                "vote",
                vote.name(),
                "reasons",
                reasons == null ? "" : reasons,
                "at",
                at))
        .replaceWithVoid();
  }

  /**
   * Riders who may sit on a panel, those with the fewest open seats first, else by lot: the lot is
   * the appeal's own, so that nobody picks.
   */
  Uni<List<String>> jurors(Appeal appeal, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select r.rider_id from rider r"
                            + " left join station_rider mine on mine.rider_id = r.rider_id"
                            + " left join station_rider party on party.rider_id = :rider"
                            + " where r.active and r.rider_id <> :rider"
                            + " and (mine.station_id is null or party.station_id is null"
                            + " or mine.station_id <> party.station_id)"
                            + " and not exists (select 1 from score_fact f where f.about = :subject"
                            + " and f.rider_id = r.rider_id)"
                            + " order by (select count(*) from appeal_seat s join appeal a"
                            + " using (appeal_id) where s.kind = 'RIDER' and s.person = r.rider_id"
                            + " and a.state = 'PANEL'), md5(:id || r.rider_id)",
                        String.class)
                    .setParameter("rider", appeal.riderId())
                    .setParameter("subject", appeal.subject())
                    .setParameter("id", appeal.appealId())
                    .setMaxResults(most)
                    .getResultList());
  }

  Uni<Void> happened(String appealId, String kind, String actor, String reasons, Instant at) {
    return change(
            "insert into appeal_event (appeal_id, kind, actor, reasons, at)"
                + " values (:id, :kind, :actor, nullif(:reasons, ''), :at)",
            Map.of(
                "id",
                appealId,
                "kind",
                kind,
                "actor",
                actor,
                "reasons",
                reasons == null ? "" : reasons,
                "at",
                at))
        .replaceWithVoid();
  }

  private Uni<List<Appeal>> list(String sql, Map<String, Object> parameters, int most) {
    return rows(sql, parameters, most).map(rows -> rows.stream().map(AppealRows::read).toList());
  }

  private Uni<List<Object[]>> rows(String sql, Map<String, Object> parameters, int most) {
    return tx.session()
        .chain(
            session -> {
              var query = session.createNativeQuery(sql, Object[].class);
              parameters.forEach(query::setParameter);
              return query.setMaxResults(most).getResultList();
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

  private static Appeal read(Object[] row) {
    return new Appeal(
        (String) row[0],
        (String) row[1],
        (String) row[2],
        (String) row[3],
        (String) row[4],
        (String) row[5],
        number(row[6]),
        (String) row[7],
        (String) row[8],
        AppealState.valueOf((String) row[9]),
        Instants.of(row[10]),
        Instants.of(row[11]),
        (String) row[12],
        (String) row[13],
        Instants.of(row[14]),
        (String) row[15],
        Instants.of(row[16]),
        (String) row[17],
        (String) row[18],
        row[19] == null ? null : Appeal.How.valueOf((String) row[19]),
        (String) row[20],
        Instants.of(row[21]));
  }

  private static int number(Object column) {
    return ((Number) column).intValue();
  }
}

package org.shanpai.rider.feedback;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.event.FraudSignal;
import org.shanpai.contracts.event.OrderFeedback.Kind;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/** The tables of what customers say. Runs in the caller's transaction. */
@ApplicationScoped
class FeedbackRows {

  private static final String SAID =
      "f.feedback_id, f.revision, f.rider_id, f.order_id, f.kind, f.stars, f.tags, f.verified,"
          + " f.said_at, f.shown_at";
  private static final String CASE =
      "select c.complaint_id, c.rider_id, c.order_id, c.state, f.tags, f.verified, c.opened_at,"
          + " d.occurred_at, d.accepted_at, c.finding, c.excuse, c.evidence, c.decided_by,"
          + " c.reasons, c.decided_at from complaint c"
          + " join rider_feedback f on f.feedback_id = c.complaint_id"
          + " left join score_fact d on d.rider_id = c.rider_id and d.about = c.order_id"
          + " and d.source = 'delivery'";

  private final Tx tx;

  FeedbackRows(Tx tx) {
    this.tx = tx;
  }

  /**
   * Keeps a word, or a newer revision of one.
   *
   * @return false when a newer one is known, or the rider is not
   */
  Uni<Boolean> keep(Said said) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("id", said.feedbackId());
    parameters.put("revision", said.revision());
    parameters.put("rider", said.riderId());
    parameters.put("order", said.orderId());
    parameters.put("kind", said.kind().name());
    parameters.put("stars", said.stars() == null ? 0 : said.stars());
    parameters.put("tags", String.join(" ", said.tags()));
    parameters.put("verified", said.verified());
    parameters.put("said", said.saidAt());
    parameters.put("shown", said.shownAt());
    return change(
            "insert into rider_feedback (feedback_id, revision, rider_id, order_id, kind, stars,"
                + " tags, verified, said_at, shown_at) select :id, :revision, r.rider_id, :order,"
                + " :kind, nullif(:stars, 0), :tags, :verified, :said, :shown from rider r"
                + " where r.rider_id = :rider on conflict (feedback_id) do update set"
                + " revision = excluded.revision, stars = excluded.stars, tags = excluded.tags,"
                + " verified = excluded.verified, said_at = excluded.said_at,"
                + " shown_at = excluded.shown_at, shown = false"
                + " where rider_feedback.revision < excluded.revision",
            parameters)
        .map(rows -> rows > 0);
  }

  /** What may be shown by now and was not, kept from others. */
  Uni<List<Said>> due(Instant now, int most) {
    return rows(
            "select "
                + SAID
                + " from rider_feedback f where not shown and kind <> 'COMPLAINT'"
                + " and shown_at <= :now order by shown_at for update skip locked",
            Map.of("now", now),
            most)
        .map(found -> found.stream().map(FeedbackRows::said).toList());
  }

  Uni<Void> shown(String feedbackId) {
    return change(
            "update rider_feedback set shown = true where feedback_id = :id",
            Map.of("id", feedbackId))
        .replaceWithVoid();
  }

  /** What the rider may see, newest shown first. */
  Uni<List<Said>> shownTo(String riderId, Instant before, int most) {
    return rows(
            "select "
                + SAID
                + " from rider_feedback f where rider_id = :rider and shown"
                + " and shown_at < :before order by shown_at desc",
            Map.of("rider", riderId, "before", before),
            most)
        .map(found -> found.stream().map(FeedbackRows::said).toList());
  }

  // Complaints

  Uni<Void> open(String complaintId, String riderId, String orderId, Instant at) {
    return change(
            "insert into complaint (complaint_id, rider_id, order_id, opened_at)"
                + " values (:id, :rider, :order, :at) on conflict do nothing",
            Map.of("id", complaintId, "rider", riderId, "order", orderId, "at", at))
        .replaceWithVoid();
  }

  Uni<List<Complaint>> inState(Complaint.State state, int most) {
    String order = state == Complaint.State.OPEN ? "c.opened_at" : "c.decided_at desc";
    return rows(
            CASE + " where c.state = :state order by " + order, Map.of("state", state.name()), most)
        .map(found -> found.stream().map(FeedbackRows::complaint).toList());
  }

  /** Null when there is none. */
  Uni<Complaint> find(String complaintId) {
    return rows(CASE + " where c.complaint_id = :id", Map.of("id", complaintId), 1)
        .map(found -> found.isEmpty() ? null : complaint(found.get(0)));
  }

  /** Keeps the case from others until the end of the transaction. */
  Uni<Void> lock(String complaintId) {
    return rows(
            "select complaint_id, 1 from complaint where complaint_id = :id for update",
            Map.of("id", complaintId),
            1)
        .replaceWithVoid();
  }

  Uni<Void> decided(Complaint complaint) {
    return change(
            "update complaint set state = :state, finding = nullif(:finding, ''),"
                + " excuse = nullif(:excuse, ''), evidence = nullif(:evidence, ''),"
                + " decided_by = :by, reasons = :reasons, decided_at = :at"
                + " where complaint_id = :id",
            Map.of(
                "id",
                complaint.complaintId(),
                "state",
                complaint.state().name(),
                "finding",
                complaint.finding() == null ? "" : complaint.finding().name(),
                "excuse",
                complaint.excuse() == null ? "" : complaint.excuse(),
                "evidence",
                complaint.evidence() == null ? "" : complaint.evidence(),
                "by",
                complaint.decidedBy(),
                "reasons",
                complaint.reasons(),
                "at",
                complaint.decidedAt()))
        .replaceWithVoid();
  }

  Uni<Void> note(FraudSignal signal, String orderId) {
    return change(
            "insert into fraud_note (signal_id, order_id, revision, kind, weight, evidence, at)"
                + " values (:id, :order, :revision, :kind, :weight, :evidence, :at)"
                + " on conflict (signal_id, order_id) do update set revision = excluded.revision,"
                + " weight = excluded.weight, evidence = excluded.evidence, at = excluded.at"
                + " where fraud_note.revision < excluded.revision",
            Map.of(
                "id",
                signal.signalId(),
                "order",
                orderId,
                "revision",
                signal.revision(),
                "kind",
                signal.kind().name(),
                "weight",
                signal.weight(),
                "evidence",
                signal.evidence() == null ? "" : String.join(" ", signal.evidence()),
                "at",
                signal.at()))
        .replaceWithVoid();
  }

  Uni<List<Complaint.Note>> notes(String orderId) {
    return rows(
            "select signal_id, kind, weight, evidence, at from fraud_note"
                + " where order_id = :order order by at desc",
            Map.of("order", orderId),
            MOST_NOTES)
        .map(
            found ->
                found.stream()
                    .map(
                        row ->
                            new Complaint.Note(
                                (String) row[0],
                                (String) row[1],
                                ((Number) row[2]).intValue(),
                                (String) row[3],
                                Instants.of(row[4])))
                    .toList());
  }

  private static final int MOST_NOTES = 20;

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

  private static List<String> tags(Object column) {
    String text = (String) column;
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }

  private static Said said(Object[] row) {
    return new Said(
        (String) row[0],
        ((Number) row[1]).longValue(),
        (String) row[2],
        (String) row[3],
        Kind.valueOf((String) row[4]),
        row[5] == null ? null : ((Number) row[5]).intValue(),
        tags(row[6]),
        (Boolean) row[7],
        Instants.of(row[8]),
        Instants.of(row[9]));
  }

  private static Complaint complaint(Object[] row) {
    return new Complaint(
        (String) row[0],
        (String) row[1],
        (String) row[2],
        Complaint.State.valueOf((String) row[3]),
        tags(row[4]),
        (Boolean) row[5],
        Instants.of(row[6]),
        Instants.of(row[7]),
        Instants.of(row[8]),
        row[9] == null ? null : Complaint.Finding.valueOf((String) row[9]),
        (String) row[10],
        (String) row[11],
        (String) row[12],
        (String) row[13],
        Instants.of(row[14]));
  }
}

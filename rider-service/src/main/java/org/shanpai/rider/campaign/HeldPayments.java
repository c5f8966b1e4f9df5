package org.shanpai.rider.campaign;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.stream.RiderMessages;

/**
 * Payments that are held. A person may stop one with a reason before it is paid, and let it go
 * again; both are kept for good, and the payee is told. What is paid is never taken back.
 */
@ApplicationScoped
public class HeldPayments {

  private static final String MESSAGE = "payment";
  private static final String STOPPED = "STOPPED";
  private static final String RELEASED = "RELEASED";
  private static final String SELECT =
      "select s.settlement_id, e.campaign_id, s.enrolment_id, s.payee, s.milestone, s.amount_fen,"
          + " s.due_at, s.posted_at, s.stopped, last.kind, last.actor, last.reason, last.at"
          + " from campaign_settlement s join campaign_enrolment e on e.enrolment_id ="
          + " s.enrolment_id left join lateral (select kind, actor, reason, at"
          + " from campaign_settlement_event v where v.settlement_id = s.settlement_id"
          + " order by v.event_no desc limit 1) last on true ";

  private final Tx tx;
  private final RiderMessages messages;
  private final CityClock clock;

  HeldPayments(Tx tx, RiderMessages messages, CityClock clock) {
    this.tx = tx;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * A payment as it stands.
   *
   * @param dueAt until when it is held, city time
   * @param postedAt null while it is not paid
   * @param last what a person did to it last; null for nothing
   */
  public record Payment(
      String settlementId,
      String campaignId,
      String enrolmentId,
      String payee,
      String milestone,
      long amountFen,
      Instant dueAt,
      Instant postedAt,
      boolean stopped,
      Act last) {}

  /**
   * What a person did.
   *
   * @param kind {@code STOPPED} or {@code RELEASED}
   * @param at city time
   */
  public record Act(String kind, String actor, String reason, Instant at) {}

  /** Those that are not paid, the soonest due first. */
  public Uni<List<Payment>> unpaid(int limit) {
    return tx.read(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                SELECT + "where s.posted_at is null order by s.due_at, 1",
                                Object[].class)
                            .setMaxResults(limit)
                            .getResultList())
                .map(rows -> rows.stream().map(HeldPayments::read).toList()));
  }

  /**
   * Stops a payment, or lets it go; when it already is so, nothing changes. A payment let go after
   * its day is paid at once.
   *
   * @param reason for the payee, kept for good
   * @throws Problem 404; 409 {@code payment-paid}
   */
  public Uni<Payment> hold(String settlementId, boolean stop, String operator, String reason) {
    return tx.write(
        () ->
            lock(settlementId)
                .chain(() -> find(settlementId))
                .chain(
                    found -> {
                      if (found.postedAt() != null) {
                        throw Problem.conflict(
                            "payment-paid",
                            "It was paid at " + found.postedAt() + " and is not taken back.");
                      }
                      return found.stopped() == stop
                          ? Uni.createFrom().item(found)
                          : set(found, stop, operator, reason).chain(() -> find(settlementId));
                    }));
  }

  private Uni<Void> lock(String settlementId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select settlement_id from campaign_settlement where settlement_id = :id"
                            + " for update",
                        String.class)
                    .setParameter("id", settlementId)
                    .getSingleResultOrNull())
        .onItem()
        .ifNull()
        .failWith(() -> Problem.notFound("payment " + settlementId))
        .replaceWithVoid();
  }

  private Uni<Payment> find(String settlementId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(SELECT + "where s.settlement_id = :id", Object[].class)
                    .setParameter("id", settlementId)
                    .getSingleResult())
        .map(HeldPayments::read);
  }

  private Uni<Void> set(Payment payment, boolean stop, String operator, String reason) {
    String kind = stop ? STOPPED : RELEASED;
    Instant now = clock.now();
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update campaign_settlement set stopped = :stopped"
                            + " where settlement_id = :id")
                    .setParameter("stopped", stop)
                    .setParameter("id", payment.settlementId())
                    .executeUpdate())
        .chain(tx::session)
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into campaign_settlement_event (settlement_id, kind, actor,"
                            + " reason, at) values (:id, :kind, :actor, :reason, :at)")
                    .setParameter("id", payment.settlementId())
                    .setParameter("kind", kind)
                    .setParameter("actor", operator)
                    .setParameter("reason", reason)
                    .setParameter("at", now)
                    .executeUpdate())
        .chain(
            () ->
                messages.append(
                    payment.payee(), MESSAGE, told(payment, kind, operator, reason, now)));
  }

  private static String told(
      Payment payment, String kind, String operator, String reason, Instant at) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("settlementId", payment.settlementId());
    body.put("campaignId", payment.campaignId());
    body.put("milestone", payment.milestone());
    body.put("amountFen", payment.amountFen());
    body.put("state", kind);
    body.put("by", operator);
    body.put("reason", reason);
    body.put("at", at);
    return Json.write(body);
  }

  private static Payment read(Object[] row) {
    return new Payment(
        (String) row[0],
        (String) row[1],
        (String) row[2],
        (String) row[3],
        (String) row[4],
        ((Number) row[5]).longValue(),
        Instants.of(row[6]),
        Instants.of(row[7]),
        (Boolean) row[8],
        row[9] == null
            ? null
            : new Act((String) row[9], (String) row[10], (String) row[11], Instants.of(row[12])));
  }
}

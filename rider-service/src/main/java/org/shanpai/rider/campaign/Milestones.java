package org.shanpai.rider.campaign;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.chassis.IdSource;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.Settlement;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;

/**
 * Money of campaigns: one row for each enrolment, milestone and payee, held for some days, then
 * told once through the outbox to the earnings ledger.
 */
@ApplicationScoped
public class Milestones {

  /** All weeks done. */
  static final String COMPLETED = "COMPLETED";

  private final Tx tx;
  private final EnrolmentRows rows;
  private final Outbox outbox;
  private final IdSource ids;
  private final City city;

  Milestones(Tx tx, EnrolmentRows rows, Outbox outbox, IdSource ids, City city) {
    this.tx = tx;
    this.rows = rows;
    this.outbox = outbox;
    this.ids = ids;
    this.city = city;
  }

  /** What a met week earns. Runs in the caller's transaction, as the next. */
  Uni<Void> week(Enrolment enrolment, CampaignTerms terms, LocalDate weekEnd) {
    return earn(
        enrolment,
        "WEEK_" + enrolment.weeksMet(),
        enrolment.riderId(),
        terms.weeklyRewardFen(),
        dueAt(terms, weekEnd));
  }

  /** What all weeks together earn the rider, and who invited them. */
  Uni<Void> completed(Enrolment enrolment, CampaignTerms terms, LocalDate weekEnd) {
    Instant due = dueAt(terms, weekEnd);
    return earn(enrolment, COMPLETED, enrolment.riderId(), terms.rewardFen(), due)
        .chain(
            () ->
                enrolment.inviterId() == null
                    ? Uni.createFrom().voidItem()
                    : earn(enrolment, COMPLETED, enrolment.inviterId(), terms.inviterFen(), due));
  }

  private Instant dueAt(CampaignTerms terms, LocalDate weekEnd) {
    return weekEnd.plusDays(terms.holdDays()).atStartOfDay(city.zone()).toInstant();
  }

  private Uni<Void> earn(
      Enrolment enrolment, String milestone, String payee, long fen, Instant dueAt) {
    if (fen == 0) {
      return Uni.createFrom().voidItem();
    }
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into campaign_settlement (settlement_id, enrolment_id, milestone,"
                            + " payee, amount_fen, due_at) values (:id, :enrolment, :milestone,"
                            + " :payee, :fen, :due)"
                            + " on conflict (enrolment_id, milestone, payee) do nothing")
                    .setParameter("id", ids.next("cs"))
                    .setParameter("enrolment", enrolment.enrolmentId())
                    .setParameter("milestone", milestone)
                    .setParameter("payee", payee)
                    .setParameter("fen", fen)
                    .setParameter("due", dueAt)
                    .executeUpdate())
        .replaceWithVoid();
  }

  private record Due(
      String settlementId, String enrolmentId, String milestone, String payee, long fen) {}

  /** Posts what is due by then; says how many it found. */
  Uni<Integer> post(Instant now, int most) {
    return tx.detached(() -> tx.read(() -> due(now, most)))
        .chain(
            found -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (Due one : found) {
                all = all.chain(() -> tx.detached(() -> tx.write(() -> post(one, now))));
              }
              return all.replaceWith(found.size());
            });
  }

  private Uni<List<Due>> due(Instant now, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select settlement_id, enrolment_id, milestone, payee, amount_fen"
                            + " from campaign_settlement where posted_at is null"
                            + " and not stopped and due_at <= :now order by due_at, settlement_id",
                        Object[].class)
                    .setParameter("now", now)
                    .setMaxResults(most)
                    .getResultList())
        .map(
            found ->
                found.stream()
                    .map(
                        row ->
                            new Due(
                                (String) row[0],
                                (String) row[1],
                                (String) row[2],
                                (String) row[3],
                                ((Number) row[4]).longValue()))
                    .toList());
  }

  private Uni<Void> post(Due due, Instant now) {
    return rows.lock(due.enrolmentId())
        .chain(
            enrolment ->
                tx.session()
                    .chain(
                        session ->
                            session
                                .createNativeQuery(
                                    "update campaign_settlement set posted_at = :now"
                                        + " where settlement_id = :id and posted_at is null"
                                        + " and not stopped")
                                .setParameter("now", now)
                                .setParameter("id", due.settlementId())
                                .executeUpdate())
                    .chain(
                        posted ->
                            posted == 0
                                ? Uni.createFrom().voidItem()
                                : tell(due, now).chain(() -> settle(enrolment, now))));
  }

  private Uni<Void> tell(Due due, Instant now) {
    return outbox.append(
        EventType.SETTLEMENT,
        due.payee(),
        0,
        new Settlement(
            due.settlementId(),
            city.id(),
            RiderId.of(due.payee()),
            Settlement.Kind.CAMPAIGN,
            due.enrolmentId() + "#" + due.milestone(),
            Money.ofFen(due.fen()),
            city.businessDate(now),
            now));
  }

  private Uni<Void> settle(Enrolment enrolment, Instant now) {
    if (enrolment.state() != Enrolment.State.COMPLETED) {
      return Uni.createFrom().voidItem();
    }
    return rows.settlements(enrolment.enrolmentId())
        .chain(
            all ->
                all.stream().anyMatch(one -> one.postedAt() == null)
                    ? Uni.createFrom().voidItem()
                    : rows.moveAndTell(
                        RidingWeeks.next(
                            enrolment,
                            Enrolment.State.SETTLED,
                            enrolment.weeksMet(),
                            enrolment.nextMonday(),
                            null),
                        "rules",
                        now));
  }
}

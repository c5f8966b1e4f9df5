package org.shanpai.rider.campaign;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.stream.RiderMessages;

/** Enrolments and places as stored. Runs in the caller's transaction. */
@ApplicationScoped
class EnrolmentRows {

  private static final String SELECT =
      "select enrolment_id, campaign_id, rider_id, inviter_id, state, weeks_met,"
          + " cast(next_monday as text), applied_at, reserved_at, reason from campaign_enrolment ";

  private static final String MESSAGE = "campaign";

  private final Tx tx;
  private final RiderMessages messages;

  EnrolmentRows(Tx tx, RiderMessages messages) {
    this.tx = tx;
    this.messages = messages;
  }

  /** By which one person is known in a campaign; hashes. All three are unique in it. */
  record Person(String identity, String payout, String device) {}

  /** Whether the row is new: nobody with that identity, account, phone or rider was there. */
  Uni<Boolean> insert(Enrolment made, Person person) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into campaign_enrolment (enrolment_id, campaign_id, rider_id,"
                            + " person, payout_hash, device_hash, inviter_id, state, applied_at)"
                            + " values (:id, :campaign, :rider, :person, :payout,"
                            + " :device, nullif(:inviter, ''), 'APPLIED', :at)"
                            + " on conflict do nothing")
                    .setParameter("id", made.enrolmentId())
                    .setParameter("campaign", made.campaignId())
                    .setParameter("rider", made.riderId())
                    .setParameter("person", person.identity())
                    .setParameter("payout", person.payout())
                    .setParameter("device", person.device())
                    .setParameter("inviter", made.inviterId() == null ? "" : made.inviterId())
                    .setParameter("at", made.appliedAt())
                    .executeUpdate())
        .map(rows -> rows > 0);
  }

  /** Takes a place if there is one. */
  Uni<Boolean> takePlace(String campaignId) {
    return places(
        campaignId,
        "update campaign_places set used = used + 1 where campaign_id = :id and used < quota");
  }

  /** Joins the waiting list if there is no place; while it is not so, there is a place. */
  Uni<Boolean> queue(String campaignId) {
    return places(
        campaignId,
        "update campaign_places set waiting = waiting + 1"
            + " where campaign_id = :id and used >= quota");
  }

  /** Locks the campaign's places; before any enrolment of it is locked. */
  Uni<Void> lockPlaces(String campaignId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select used from campaign_places where campaign_id = :id for update",
                        Integer.class)
                    .setParameter("id", campaignId)
                    .getSingleResult())
        .replaceWithVoid();
  }

  /** Gives a place back; the places are locked. */
  Uni<Void> freePlace(String campaignId) {
    return places(campaignId, "update campaign_places set used = used - 1 where campaign_id = :id")
        .replaceWithVoid();
  }

  Uni<Void> leaveQueue(String campaignId) {
    return places(
            campaignId, "update campaign_places set waiting = waiting - 1 where campaign_id = :id")
        .replaceWithVoid();
  }

  private Uni<Boolean> places(String campaignId, String sql) {
    return tx.session()
        .chain(
            session ->
                session.createNativeQuery(sql).setParameter("id", campaignId).executeUpdate())
        .map(rows -> rows > 0);
  }

  /** Who has waited longest; null for nobody. */
  Uni<Enrolment> firstWaiting(String campaignId) {
    return one(
        "where campaign_id = :a and state = 'APPLIED' order by queue_no limit 1 for update",
        campaignId,
        null);
  }

  Uni<Enrolment> ofRider(String campaignId, String riderId) {
    return one("where campaign_id = :a and rider_id = :b", campaignId, riderId);
  }

  Uni<Enrolment> lock(String enrolmentId) {
    return one("where enrolment_id = :a for update", enrolmentId, null);
  }

  Uni<Enrolment> find(String enrolmentId) {
    return one("where enrolment_id = :a", enrolmentId, null);
  }

  private Uni<Enrolment> one(String where, String a, String b) {
    return tx.session()
        .chain(
            session -> {
              var query = session.createNativeQuery(SELECT + where, Object[].class);
              query.setParameter("a", a);
              if (b != null) {
                query.setParameter("b", b);
              }
              return query.getSingleResultOrNull();
            })
        .map(row -> row == null ? null : read(row));
  }

  /** How many wait before it, itself included; 0 for one that does not wait. */
  Uni<Integer> waitingPosition(String enrolmentId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(count(*) as integer) from campaign_enrolment e"
                            + " join campaign_enrolment w on w.campaign_id = e.campaign_id"
                            + " and w.state = 'APPLIED' and w.queue_no <= e.queue_no"
                            + " where e.enrolment_id = :id and e.state = 'APPLIED'",
                        Integer.class)
                    .setParameter("id", enrolmentId)
                    .getSingleResult());
  }

  /** Writes the state down and remembers who brought it about. */
  Uni<Void> move(Enrolment to, String actor, Instant at) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update campaign_enrolment set state = :state, weeks_met = :met,"
                            + " next_monday = cast(nullif(:monday, '') as date),"
                            + " reserved_at = cast(nullif(cast(:reserved as text), '')"
                            + " as timestamptz), reason = nullif(:reason, '')"
                            + " where enrolment_id = :id")
                    .setParameter("state", to.state().name())
                    .setParameter("met", to.weeksMet())
                    .setParameter("monday", text(to.nextMonday()))
                    .setParameter("reserved", text(to.reservedAt()))
                    .setParameter("reason", text(to.reason()))
                    .setParameter("id", to.enrolmentId())
                    .executeUpdate())
        .chain(() -> note(to, actor, at));
  }

  /** The same, and the rider is told: for what others than the rider bring about. */
  Uni<Void> moveAndTell(Enrolment to, String actor, Instant at) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("enrolmentId", to.enrolmentId());
    body.put("campaignId", to.campaignId());
    body.put("state", to.told());
    body.put("weeksMet", to.weeksMet());
    body.put("nextMonday", to.nextMonday());
    body.put("reason", to.reason());
    body.put("at", at);
    return move(to, actor, at)
        .chain(() -> messages.append(to.riderId(), MESSAGE, Json.write(body)));
  }

  /** Forgets a proof that nobody has decided; its document with it. */
  Uni<Void> forgetProof(String enrolmentId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "delete from campaign_proof where enrolment_id = :id"
                            + " and decided_at is null")
                    .setParameter("id", enrolmentId)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Whether somebody else takes part in the campaign with that phone. */
  Uni<Boolean> phoneOfAnother(Enrolment enrolment, String deviceHash) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select exists (select 1 from campaign_enrolment where campaign_id ="
                            + " :campaign and enrolment_id <> :id and device_hash = :device"
                            + " and state not in ('REJECTED', 'FAILED', 'WITHDRAWN'))",
                        Boolean.class)
                    .setParameter("campaign", enrolment.campaignId())
                    .setParameter("id", enrolment.enrolmentId())
                    .setParameter("device", deviceHash)
                    .getSingleResult());
  }

  Uni<Void> note(Enrolment now, String actor, Instant at) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into campaign_event (enrolment_id, state, actor, reason, at)"
                            + " values (:id, :state, :actor, nullif(:reason, ''), :at)")
                    .setParameter("id", now.enrolmentId())
                    .setParameter("state", now.told())
                    .setParameter("actor", actor)
                    .setParameter("reason", text(now.reason()))
                    .setParameter("at", at)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Enrolments whose first Monday has come, or whose week is over. */
  Uni<List<String>> ripe(LocalDate today, LocalDate overBy, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select enrolment_id from campaign_enrolment where"
                            + " state in ('VERIFIED', 'WEEK') and (next_monday + 7 <= :over"
                            + " or (state = 'VERIFIED' and next_monday <= :today))"
                            + " order by next_monday, enrolment_id",
                        String.class)
                    .setParameter("over", overBy)
                    .setParameter("today", today)
                    .setMaxResults(most)
                    .getResultList());
  }

  /** Places without a proof, the oldest first. */
  Uni<List<Enrolment>> unproven(Instant reservedBefore, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        SELECT
                            + "where state = 'RESERVED' and reserved_at < :before and not exists"
                            + " (select 1 from campaign_proof p where p.enrolment_id ="
                            + " campaign_enrolment.enrolment_id) order by reserved_at",
                        Object[].class)
                    .setParameter("before", reservedBefore)
                    .setMaxResults(most)
                    .getResultList())
        .map(rows -> rows.stream().map(EnrolmentRows::read).toList());
  }

  /** Whether a proof was handed in. */
  Uni<Boolean> proofOf(String enrolmentId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select exists (select 1 from campaign_proof where enrolment_id = :id)",
                        Boolean.class)
                    .setParameter("id", enrolmentId)
                    .getSingleResult());
  }

  Uni<List<Enrolments.Week>> weeks(String enrolmentId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select cast(monday as text), days, orders, outcome, why"
                            + " from campaign_week where enrolment_id = :id order by monday",
                        Object[].class)
                    .setParameter("id", enrolmentId)
                    .getResultList())
        .map(
            found ->
                found.stream()
                    .map(
                        row ->
                            new Enrolments.Week(
                                (String) row[0],
                                ((Number) row[1]).intValue(),
                                ((Number) row[2]).intValue(),
                                (String) row[3],
                                (String) row[4]))
                    .toList());
  }

  Uni<List<Enrolments.Payment>> settlements(String enrolmentId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select s.milestone, s.payee, s.amount_fen, s.due_at, s.posted_at,"
                            + " s.stopped, case when s.stopped then (select e.reason"
                            + " from campaign_settlement_event e where e.settlement_id ="
                            + " s.settlement_id order by e.event_no desc limit 1) end"
                            + " from campaign_settlement s where s.enrolment_id = :id"
                            + " order by s.due_at, s.milestone, s.payee",
                        Object[].class)
                    .setParameter("id", enrolmentId)
                    .getResultList())
        .map(
            found ->
                found.stream()
                    .map(
                        row ->
                            new Enrolments.Payment(
                                (String) row[0],
                                (String) row[1],
                                ((Number) row[2]).longValue(),
                                Instants.of(row[3]),
                                Instants.of(row[4]),
                                (Boolean) row[5],
                                (String) row[6]))
                    .toList());
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private static Enrolment read(Object[] row) {
    return new Enrolment(
        (String) row[0],
        (String) row[1],
        (String) row[2],
        (String) row[3],
        Enrolment.State.valueOf((String) row[4]),
        ((Number) row[5]).intValue(),
        row[6] == null ? null : LocalDate.parse((String) row[6]),
        Instants.of(row[7]),
        Instants.of(row[8]),
        (String) row[9]);
  }
}

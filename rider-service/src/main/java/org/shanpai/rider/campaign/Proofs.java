package org.shanpai.rider.campaign;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Base64;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/**
 * Proofs of orders carried elsewhere. A person checks each; once decided, the document is erased
 * and only the decision is kept.
 */
@ApplicationScoped
public class Proofs {

  private final Tx tx;
  private final Campaigns campaigns;
  private final Enrolments enrolments;
  private final EnrolmentRows rows;
  private final CityClock clock;
  private final City city;

  Proofs(
      Tx tx,
      Campaigns campaigns,
      Enrolments enrolments,
      EnrolmentRows rows,
      CityClock clock,
      City city) {
    this.tx = tx;
    this.campaigns = campaigns;
    this.enrolments = enrolments;
    this.rows = rows;
    this.clock = clock;
    this.city = city;
  }

  /** A proof that waits for a person. */
  public record Open(
      String enrolmentId,
      String campaignId,
      String riderId,
      String mediaType,
      int claimedOrders,
      int moreThanOrders,
      LocalDate from,
      LocalDate until,
      Instant handedInAt) {}

  /**
   * What a person decided.
   *
   * @param countedOrders by what they see
   * @param reasons in words, for the rider
   */
  public record Decision(boolean accepted, int countedOrders, String reasons) {}

  /**
   * Keeps the proof until it is decided; a newer one before that takes its place.
   *
   * @throws Problem 404 for none of the rider's enrolments; 409 {@code no-proof-awaited}
   */
  public Uni<Enrolments.Standing> handIn(
      String campaignId, String riderId, ProofDocument document, int claimedOrders) {
    return tx.write(
        () ->
            enrolments
                .get(campaignId, riderId)
                .chain(standing -> rows.lock(standing.enrolment().enrolmentId()))
                .chain(
                    locked -> {
                      if (locked.state() != Enrolment.State.RESERVED) {
                        throw Problem.conflict(
                            "no-proof-awaited",
                            locked.state() == Enrolment.State.APPLIED
                                ? "You are on the waiting list; a proof is asked for with a place."
                                : "Your proof was decided, or your part has ended.");
                      }
                      return keep(locked, document, claimedOrders)
                          .replaceWith(new Enrolments.Standing(locked, 0, false));
                    }));
  }

  private Uni<Integer> keep(Enrolment enrolment, ProofDocument document, int claimedOrders) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into campaign_proof (enrolment_id, media_type, document,"
                            + " claimed_orders, handed_in_at) values (:id, :type,"
                            + " decode(cast(:document as text), 'base64'), :claimed, :at) on conflict (enrolment_id) do update set media_type"
                            + " = excluded.media_type, document = excluded.document,"
                            + " claimed_orders = excluded.claimed_orders, handed_in_at ="
                            + " excluded.handed_in_at where campaign_proof.decided_at is null")
                    .setParameter("id", enrolment.enrolmentId())
                    .setParameter("type", document.mediaType())
                    .setParameter("document", Base64.getEncoder().encodeToString(document.bytes()))
                    .setParameter("claimed", claimedOrders)
                    .setParameter("at", clock.now())
                    .executeUpdate());
  }

  /** Proofs that wait, the oldest first. */
  public Uni<List<Open>> open(int limit) {
    return tx.read(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select p.enrolment_id, e.campaign_id, e.rider_id, p.media_type,"
                                    + " p.claimed_orders,"
                                    + " cast(c.document #>> '{proof,moreThanOrders}' as integer),"
                                    + " c.document #>> '{proof,from}',"
                                    + " c.document #>> '{proof,until}', p.handed_in_at"
                                    + " from campaign_proof p join campaign_enrolment e"
                                    + " on e.enrolment_id = p.enrolment_id join campaign c"
                                    + " on c.campaign_id = e.campaign_id where p.decided_at is null"
                                    + " order by p.handed_in_at, p.enrolment_id",
                                Object[].class)
                            .setMaxResults(limit)
                            .getResultList())
                .map(
                    found ->
                        found.stream()
                            .map(
                                row ->
                                    new Open(
                                        (String) row[0],
                                        (String) row[1],
                                        (String) row[2],
                                        (String) row[3],
                                        ((Number) row[4]).intValue(),
                                        ((Number) row[5]).intValue(),
                                        LocalDate.parse((String) row[6]),
                                        LocalDate.parse((String) row[7]),
                                        Instants.of(row[8])))
                            .toList()));
  }

  /**
   * The document of a proof that waits.
   *
   * @throws Problem 404 when there is none, or it was decided and so erased
   */
  public Uni<ProofDocument> document(String enrolmentId) {
    return tx.read(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select media_type, encode(document, 'base64') from campaign_proof"
                                    + " where enrolment_id = :id and document is not null",
                                Object[].class)
                            .setParameter("id", enrolmentId)
                            .getSingleResultOrNull())
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("proof of " + enrolmentId + " to decide"))
                .map(
                    row ->
                        new ProofDocument(
                            (String) row[0], Base64.getMimeDecoder().decode((String) row[1]))));
  }

  /**
   * Decides, and erases the document. The same decision again changes nothing.
   *
   * @throws Problem 404 for no proof; 409 {@code proof-decided} with another decision, {@code
   *     same-phone}; 422 {@code not-enough-orders} when it is accepted with too few
   */
  public Uni<Enrolment> decide(String enrolmentId, Decision decision, String operator) {
    return decide(enrolmentId, decision, operator, clock.now());
  }

  Uni<Enrolment> decide(String enrolmentId, Decision decision, String operator, Instant at) {
    return tx.write(
        () ->
            rows.find(enrolmentId)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("enrolment " + enrolmentId))
                .call(found -> rows.lockPlaces(found.campaignId()))
                .chain(found -> campaigns.get(found.campaignId()))
                .chain(
                    campaign ->
                        rows.lock(enrolmentId)
                            .chain(
                                locked ->
                                    earlier(enrolmentId)
                                        .chain(
                                            earlier ->
                                                earlier == null
                                                    ? decide(
                                                        campaign, locked, decision, operator, at)
                                                    : same(locked, earlier, decision)))));
  }

  private static Uni<Enrolment> same(Enrolment locked, Decision earlier, Decision decision) {
    if (!earlier.equals(decision)) {
      throw Problem.conflict("proof-decided", "This proof was decided before, and otherwise.");
    }
    return Uni.createFrom().item(locked);
  }

  private Uni<Enrolment> decide(
      Campaigns.Campaign campaign,
      Enrolment locked,
      Decision decision,
      String operator,
      Instant at) {
    CampaignTerms terms = campaign.terms();
    if (decision.accepted() && !terms.proof().met(decision.countedOrders())) {
      throw Problem.unprocessable(
          "not-enough-orders",
          "countedOrders",
          "More than " + terms.proof().moreThanOrders() + " orders are needed.");
    }
    return (decision.accepted()
            ? enrolments.requireOwnPhone(campaign, locked)
            : Uni.createFrom().voidItem())
        .chain(() -> erase(locked.enrolmentId(), decision, operator, at))
        .invoke(
            rowsChanged -> {
              if (rowsChanged == 0) {
                throw Problem.notFound("proof of " + locked.enrolmentId());
              }
            })
        .chain(
            () -> {
              if (!decision.accepted()) {
                return enrolments.giveUp(
                    locked, Enrolment.State.REJECTED, operator, decision.reasons(), at);
              }
              Enrolment verified =
                  locked.with(
                      Enrolment.State.VERIFIED, 0, firstMonday(at), locked.reservedAt(), null);
              return rows.moveAndTell(verified, operator, at).replaceWith(verified);
            });
  }

  /** Weeks begin with the first Monday after the verification. */
  LocalDate firstMonday(Instant verifiedAt) {
    return city.businessDate(verifiedAt).with(TemporalAdjusters.next(DayOfWeek.MONDAY));
  }

  /** The decision there is; null when none was made. */
  private Uni<Decision> earlier(String enrolmentId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select accepted, counted_orders, reasons from campaign_proof"
                            + " where enrolment_id = :id and decided_at is not null",
                        Object[].class)
                    .setParameter("id", enrolmentId)
                    .getSingleResultOrNull())
        .map(
            row ->
                row == null
                    ? null
                    : new Decision(
                        (Boolean) row[0], ((Number) row[1]).intValue(), (String) row[2]));
  }

  private Uni<Integer> erase(String enrolmentId, Decision decision, String operator, Instant at) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update campaign_proof set document = null, decided_at = :at,"
                            + " decided_by = :by, accepted = :accepted,"
                            + " counted_orders = :counted, reasons = :reasons"
                            + " where enrolment_id = :id and decided_at is null")
                    .setParameter("at", at)
                    .setParameter("by", operator)
                    .setParameter("accepted", decision.accepted())
                    .setParameter("counted", decision.countedOrders())
                    .setParameter("reasons", decision.reasons())
                    .setParameter("id", enrolmentId)
                    .executeUpdate());
  }
}

package org.shanpai.rider.campaign;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.shanpai.chassis.City;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.carried.CarriedOrders;
import org.shanpai.rider.roster.RiderProfile;
import org.shanpai.rider.roster.Roster;

/**
 * Signing up, places and the waiting list. A place is taken by one conditional update; whoever
 * finds none waits, and gets the next one that is given back, the longest waiting first.
 */
@ApplicationScoped
public class Enrolments {

  private static final String LEFT = "LEFT";

  private final Tx tx;
  private final Campaigns campaigns;
  private final EnrolmentRows rows;
  private final Roster roster;
  private final CarriedOrders carried;
  private final IdSource ids;
  private final CityClock clock;
  private final City city;

  Enrolments(
      Tx tx,
      Campaigns campaigns,
      EnrolmentRows rows,
      Roster roster,
      CarriedOrders carried,
      IdSource ids,
      CityClock clock,
      City city) {
    this.tx = tx;
    this.campaigns = campaigns;
    this.rows = rows;
    this.roster = roster;
    this.carried = carried;
    this.ids = ids;
    this.clock = clock;
    this.city = city;
  }

  /**
   * What a rider signs up with.
   *
   * @param payoutAccount where they are paid; only a hash of it is kept
   * @param inviterId who invited them; null for nobody
   */
  public record SignUp(String payoutAccount, String inviterId) {}

  /**
   * An enrolment as its rider sees it.
   *
   * @param waitingPosition 1 for the next one; 0 when not waiting
   * @param fresh whether it was made just now
   */
  public record Standing(Enrolment enrolment, int waitingPosition, boolean fresh) {}

  /**
   * Signs the rider up; again answers what there is, the inviter of the first time included.
   *
   * @throws Problem 404 for no such campaign; 409 {@code not-open-yet}, {@code sign-up-closed},
   *     {@code no-phone}, {@code person-signed-up}; 422 {@code wrong-pool}, {@code not-a-newcomer},
   *     {@code inviter-is-rider}, {@code unknown-inviter}
   */
  public Uni<Standing> signUp(String campaignId, String riderId, SignUp signUp) {
    return signUp(campaignId, riderId, signUp, clock.now());
  }

  Uni<Standing> signUp(String campaignId, String riderId, SignUp signUp, Instant at) {
    return tx.write(
        () ->
            campaigns
                .get(campaignId)
                .chain(
                    campaign ->
                        rows.ofRider(campaignId, riderId)
                            .chain(
                                known ->
                                    known == null
                                        ? enter(campaign, riderId, signUp, at)
                                        : standing(known, false))));
  }

  private Uni<Standing> enter(
      Campaigns.Campaign campaign, String riderId, SignUp signUp, Instant at) {
    CampaignTerms terms = campaign.terms();
    if (at.isBefore(terms.signUpFrom())) {
      throw Problem.conflict("not-open-yet", "One may sign up from " + terms.signUpFrom() + ".");
    }
    if (!terms.openAt(at)) {
      throw Problem.conflict(
          "sign-up-closed", "One could sign up until " + terms.signUpUntil() + ", not included.");
    }
    Enrolment made =
        new Enrolment(
            ids.next("ce"),
            campaign.campaignId(),
            riderId,
            signUp.inviterId(),
            Enrolment.State.APPLIED,
            0,
            null,
            at,
            null,
            null);
    return roster
        .getProfile(riderId)
        .call(profile -> requireMayJoin(terms, riderId, profile))
        .chain(
            profile ->
                phone(riderId)
                    .invoke(Enrolments::requirePhone)
                    .call(phone -> requireInviter(signUp.inviterId(), riderId, profile, phone))
                    .map(phone -> person(campaign.salt(), profile, signUp.payoutAccount(), phone)))
        .chain(person -> rows.insert(made, person))
        .chain(
            added ->
                added
                    ? rows.note(made, riderId, at)
                        .chain(() -> place(made, at))
                        .chain(placed -> standing(placed, true))
                    : rows.ofRider(campaign.campaignId(), riderId)
                        .chain(
                            known -> {
                              if (known == null) {
                                throw Problem.conflict(
                                    "person-signed-up",
                                    "Somebody with this identity, payout account or phone takes"
                                        + " part already.");
                              }
                              return standing(known, false);
                            }));
  }

  private Uni<Void> requireMayJoin(CampaignTerms terms, String riderId, RiderProfile profile) {
    if (!terms.pools().contains(profile.pool())) {
      throw Problem.unprocessable(
          "wrong-pool", "campaignId", "This campaign is for the pools " + terms.pools() + ".");
    }
    if (!terms.newcomersOnly()) {
      return Uni.createFrom().voidItem();
    }
    return carried
        .anyBefore(riderId, city.businessDate(terms.signUpFrom()))
        .invoke(
            rode -> {
              if (rode) {
                throw Problem.unprocessable(
                    "not-a-newcomer",
                    "campaignId",
                    "This campaign is for riders who carried nothing here before it opened.");
              }
            })
        .replaceWithVoid();
  }

  private static void requirePhone(String phone) {
    if (phone == null) {
      throw Problem.conflict(
          "no-phone",
          "Your account is bound to no phone. Sign in with the app; then sign up here, for one"
              + " phone takes part once.");
    }
  }

  private Uni<Void> requireInviter(
      String inviterId, String riderId, RiderProfile profile, String phone) {
    if (inviterId == null) {
      return Uni.createFrom().voidItem();
    }
    if (inviterId.equals(riderId)) {
      throw inviterIsRider();
    }
    return roster
        .getProfile(inviterId)
        .onFailure(Problem.class)
        .transform(none -> unknownInviter())
        .invoke(
            inviter -> {
              if (!Boolean.TRUE.equals(inviter.active())) {
                throw unknownInviter();
              }
              if (digits(inviter.phone()).equals(digits(profile.phone()))) {
                throw inviterIsRider();
              }
            })
        .chain(() -> phone(inviterId))
        .invoke(
            theirs -> {
              if (phone.equals(theirs)) {
                throw inviterIsRider();
              }
            })
        .replaceWithVoid();
  }

  private static Problem unknownInviter() {
    return Problem.unprocessable(
        "unknown-inviter", "inviterId", "There is no active rider of that id to have invited you.");
  }

  private static Problem inviterIsRider() {
    return Problem.unprocessable(
        "inviter-is-rider", "inviterId", "Nobody invites themselves to a campaign.");
  }

  /** One person is an identity, a payout account and a phone; only salted hashes are kept. */
  private static EnrolmentRows.Person person(
      String salt, RiderProfile profile, String payoutAccount, String phone) {
    return new EnrolmentRows.Person(
        Secrets.hash(salt + "\nidentity\n" + digits(profile.phone())),
        Secrets.hash(salt + "\npayout\n" + account(payoutAccount)),
        deviceHash(salt, phone));
  }

  private static String deviceHash(String salt, String phone) {
    return Secrets.hash(salt + "\ndevice\n" + phone);
  }

  /** An account however it is spaced, hyphenated and capitalised. */
  static String account(String told) {
    return told.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
  }

  /** Hash of the phone's key; null when none is bound. */
  private Uni<String> phone(String riderId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select device_hash from rider_device where rider_id = :rider",
                        String.class)
                    .setParameter("rider", riderId)
                    .getSingleResultOrNull());
  }

  /**
   * A phone may have been bound anew since the sign-up.
   *
   * @throws Problem 409 {@code same-phone} when it is that of somebody else who takes part
   */
  Uni<Void> requireOwnPhone(Campaigns.Campaign campaign, Enrolment enrolment) {
    return phone(enrolment.riderId())
        .chain(
            phone ->
                phone == null
                    ? Uni.createFrom().item(false)
                    : rows.phoneOfAnother(enrolment, deviceHash(campaign.salt(), phone)))
        .invoke(
            shared -> {
              if (shared) {
                throw Problem.conflict(
                    "same-phone",
                    "accepted",
                    "The rider's phone is by now that of somebody else in this campaign; one phone"
                        + " takes part once.");
              }
            })
        .replaceWithVoid();
  }

  private static String digits(String phone) {
    String digits = phone.replaceAll("[^0-9]", "");
    return digits.length() > 11 ? digits.substring(digits.length() - 11) : digits;
  }

  private Uni<Enrolment> place(Enrolment made, Instant at) {
    return rows.takePlace(made.campaignId())
        .chain(
            taken ->
                taken
                    ? rows.move(reserved(made, at), "rules", at).replaceWith(reserved(made, at))
                    : rows.queue(made.campaignId())
                        .chain(waits -> waits ? Uni.createFrom().item(made) : place(made, at)));
  }

  private static Enrolment reserved(Enrolment waiting, Instant at) {
    return waiting.with(Enrolment.State.RESERVED, 0, null, at, null);
  }

  /**
   * Ends somebody's part and gives their place to who has waited longest. The campaign's places are
   * locked, and then the enrolment. Runs in the caller's transaction.
   */
  Uni<Enrolment> giveUp(
      Enrolment placed, Enrolment.State to, String actor, String reason, Instant at) {
    Enrolment ended = placed.with(to, placed.weeksMet(), null, placed.reservedAt(), reason);
    return (actor.equals(placed.riderId())
            ? rows.move(ended, actor, at)
            : rows.moveAndTell(ended, actor, at))
        .chain(() -> rows.firstWaiting(placed.campaignId()))
        .chain(
            next ->
                next == null
                    ? rows.freePlace(placed.campaignId())
                    : rows.leaveQueue(placed.campaignId())
                        .chain(() -> rows.moveAndTell(reserved(next, at), "rules", at)))
        .replaceWith(ended);
  }

  /**
   * The rider leaves: the place goes to who has waited longest, a proof nobody decided is erased.
   * What was earned by then stays earned. One takes part in a campaign once, so there is no way
   * back. Again changes nothing.
   *
   * @throws Problem 404 when the rider takes no part; 409 {@code campaign-completed}, {@code
   *     part-ended}
   */
  public Uni<Standing> withdraw(String campaignId, String riderId) {
    return withdraw(campaignId, riderId, clock.now());
  }

  Uni<Standing> withdraw(String campaignId, String riderId, Instant at) {
    return tx.write(
        () ->
            rows.ofRider(campaignId, riderId)
                .onItem()
                .ifNull()
                .failWith(() -> none(campaignId))
                .call(() -> rows.lockPlaces(campaignId))
                .chain(found -> rows.lock(found.enrolmentId()))
                .chain(locked -> leave(locked, at))
                .map(left -> new Standing(left, 0, false)));
  }

  private Uni<Enrolment> leave(Enrolment locked, Instant at) {
    return switch (locked.state()) {
      case WITHDRAWN -> Uni.createFrom().item(locked);
      case COMPLETED, SETTLED ->
          throw Problem.conflict(
              "campaign-completed", "You have done all its weeks; the money is yours.");
      case REJECTED, FAILED ->
          throw Problem.conflict("part-ended", "Your part has ended: " + locked.reason() + ".");
      case APPLIED -> {
        Enrolment left = locked.with(Enrolment.State.WITHDRAWN, 0, null, null, LEFT);
        yield rows.leaveQueue(locked.campaignId())
            .chain(() -> rows.move(left, locked.riderId(), at))
            .replaceWith(left);
      }
      case RESERVED, VERIFIED, WEEK ->
          rows.forgetProof(locked.enrolmentId())
              .chain(() -> giveUp(locked, Enrolment.State.WITHDRAWN, locked.riderId(), LEFT, at));
    };
  }

  private static Problem none(String campaignId) {
    return Problem.notFound("enrolment of yours in campaign " + campaignId);
  }

  /** Places nobody proved anything for go to the next ones. */
  Uni<Integer> expire(Instant now, int most) {
    return tx.detached(() -> tx.read(() -> rows.unproven(now, most)))
        .chain(
            found -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (Enrolment one : found) {
                all = all.chain(() -> tx.detached(() -> tx.write(() -> expire(one, now))));
              }
              return all.replaceWith(found.size());
            });
  }

  private Uni<Void> expire(Enrolment found, Instant now) {
    return campaigns
        .get(found.campaignId())
        .chain(
            campaign ->
                found
                        .reservedAt()
                        .plusSeconds(campaign.terms().proofWithinDays() * 86_400L)
                        .isAfter(now)
                    ? Uni.createFrom().voidItem()
                    : rows.lockPlaces(found.campaignId())
                        .chain(() -> rows.lock(found.enrolmentId()))
                        .chain(
                            locked ->
                                locked.state() != Enrolment.State.RESERVED
                                    ? Uni.createFrom().voidItem()
                                    : rows.proofOf(locked.enrolmentId())
                                        .chain(
                                            proven ->
                                                proven
                                                    ? Uni.createFrom().voidItem()
                                                    : giveUp(
                                                            locked,
                                                            Enrolment.State.FAILED,
                                                            "rules",
                                                            "NO_PROOF",
                                                            now)
                                                        .replaceWithVoid())));
  }

  /**
   * @throws Problem 404 when there is no such campaign or the rider takes no part in it
   */
  public Uni<Standing> get(String campaignId, String riderId) {
    return tx.read(
        () ->
            rows.ofRider(campaignId, riderId)
                .onItem()
                .ifNull()
                .failWith(() -> none(campaignId))
                .chain(found -> standing(found, false)));
  }

  private Uni<Standing> standing(Enrolment enrolment, boolean fresh) {
    return enrolment.state() != Enrolment.State.APPLIED
        ? Uni.createFrom().item(new Standing(enrolment, 0, fresh))
        : rows.waitingPosition(enrolment.enrolmentId())
            .map(position -> new Standing(enrolment, position, fresh));
  }

  /** The weeks ridden so far, and what is or will be paid. */
  public Uni<Progress> progress(String enrolmentId) {
    return tx.read(
        () ->
            rows.weeks(enrolmentId)
                .chain(
                    weeks -> rows.settlements(enrolmentId).map(paid -> new Progress(weeks, paid))));
  }

  /** A week as judged: {@code MET}, {@code FROZEN} or {@code MISSED}. */
  public record Week(String monday, int days, int orders, String outcome, String why) {}

  /**
   * Money of a milestone.
   *
   * @param postedAt null while it is held
   * @param stopped whether somebody holds it back; {@code stoppedBecause} says why
   */
  public record Payment(
      String milestone,
      String payee,
      long amountFen,
      Instant dueAt,
      Instant postedAt,
      boolean stopped,
      String stoppedBecause) {}

  public record Progress(List<Week> weeks, List<Payment> payments) {}
}

package org.shanpai.rider.appeal;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.score.LedgerRow;
import org.shanpai.rider.score.Rulings;
import org.shanpai.rider.stream.RiderMessages;
import org.shanpai.rider.task.RiderProofs;
import org.shanpai.rider.task.remote.Orders;

/**
 * The deciding side of appeals. Whoever rejects is a {@link NamedPerson} with reasons, and neither
 * wrote the deduction nor judged it before.
 */
@ApplicationScoped
public class AppealDesk {

  /** Shortest reasons taken, characters. */
  public static final int SHORTEST_REASONS = 10;

  private static final int MAJORITY = AppealRows.SEATS / 2 + 1;
  private static final String SEAT_MESSAGE = "appeal-seat";

  private final Tx tx;
  private final AppealRows rows;
  private final AppealOutcome outcome;
  private final Rulings rulings;
  private final RiderProofs proofs;
  private final AppealPictures pictures;
  private final Orders orders;
  private final RiderMessages messages;
  private final AppealSettings settings;
  private final CityClock clock;

  AppealDesk(
      Tx tx,
      AppealRows rows,
      AppealOutcome outcome,
      Rulings rulings,
      RiderProofs proofs,
      AppealPictures pictures,
      Orders orders,
      RiderMessages messages,
      AppealSettings settings,
      CityClock clock) {
    this.tx = tx;
    this.rows = rows;
    this.outcome = outcome;
    this.rulings = rulings;
    this.proofs = proofs;
    this.pictures = pictures;
    this.orders = orders;
    this.messages = messages;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * An appeal with the row it is about.
   *
   * @param row with the facts that were judged
   */
  public record Case(Appeal.Dossier dossier, LedgerRow row) {}

  /** Appeals somebody has to decide, soonest due first. */
  public Uni<List<Appeal>> queue(int most) {
    return tx.read(() -> rows.queue(most));
  }

  /**
   * @throws Problem 404
   */
  public Uni<Case> get(String appealId) {
    return tx.read(() -> rows.find(appealId).chain(appeal -> opened(appeal, appealId)));
  }

  /**
   * The same for who has a seat in its panel.
   *
   * @throws Problem 404 for everybody else
   */
  public Uni<Case> get(NamedPerson member, String appealId) {
    return tx.read(
        () ->
            rows.seats(appealId)
                .invoke(seats -> seatOf(seats, member, appealId))
                .chain(() -> rows.find(appealId))
                .chain(appeal -> opened(appeal, appealId)));
  }

  /**
   * A picture attached to an appeal.
   *
   * @throws Problem 404 when it is not attached to it, or was erased; 503 when it cannot be fetched
   */
  public Uni<Orders.Shown> picture(String appealId, String proofId) {
    return get(appealId).chain(found -> picture(found.dossier(), proofId));
  }

  /**
   * The same for who has a seat in its panel.
   *
   * @throws Problem 404 for everybody else
   */
  public Uni<Orders.Shown> picture(NamedPerson member, String appealId, String proofId) {
    return get(member, appealId).chain(found -> picture(found.dossier(), proofId));
  }

  private Uni<Orders.Shown> picture(Appeal.Dossier dossier, String proofId) {
    String rider = dossier.appeal().riderId();
    if (dossier.evidence().stream().noneMatch(piece -> proofId.equals(piece.proofId()))) {
      throw Problem.notFound("picture " + proofId + " in this appeal");
    }
    return tx.read(() -> pictures.find(dossier.appeal().appealId(), proofId))
        .chain(
            sent ->
                sent != null
                    ? Uni.createFrom().item(sent)
                    : tx.read(() -> proofs.orderOf(rider, proofId))
                        .onItem()
                        .ifNull()
                        .failWith(() -> Problem.notFound("picture " + proofId + " in this appeal"))
                        .chain(order -> orders.proof(rider, order, proofId)));
  }

  /** Cases in which the person may vote. */
  public Uni<List<Case>> seated(NamedPerson member, int most) {
    return tx.read(
        () ->
            rows.seated(member.kind(), member.name(), most)
                .chain(
                    found -> {
                      List<Case> cases = new ArrayList<>();
                      Uni<Void> all = Uni.createFrom().voidItem();
                      for (Appeal appeal : found) {
                        all =
                            all.chain(() -> opened(appeal, appeal.appealId()))
                                .invoke(cases::add)
                                .replaceWithVoid();
                      }
                      return all.replaceWith(cases);
                    }));
  }

  /**
   * The first instance accepts. The same again changes nothing.
   *
   * @throws Problem 404; 409 {@code appeal-decided}, {@code own-ruling}
   */
  public Uni<Case> accept(NamedPerson operator, String appealId, String reasons) {
    return decide(
        operator,
        appealId,
        appeal ->
            appeal.state() == AppealState.ACCEPTED && operator.name().equals(appeal.decidedBy()),
        (appeal, now) -> outcome.accept(appeal, operator.name(), Appeal.How.PERSON, reasons, now));
  }

  /**
   * The first instance rejects. The same again changes nothing.
   *
   * @throws Problem 404; 409 {@code appeal-decided}, {@code appeal-overdue}, {@code own-ruling};
   *     422 without reasons
   */
  public Uni<Case> reject(NamedPerson operator, String appealId, String reasons) {
    String why = required(reasons);
    return decide(
        operator,
        appealId,
        appeal ->
            appeal.state() == AppealState.REJECTED && operator.name().equals(appeal.firstBy()),
        (appeal, now) -> {
          inTime(appeal, now);
          Instant due = now.plus(settings.escalateWithin());
          return rows.rejected(appealId, operator.name(), why, now, due)
              .chain(() -> rows.happened(appealId, "REJECTED", operator.name(), why, now))
              .chain(() -> outcome.tell(appeal, AppealState.REJECTED, due, null, why));
        });
  }

  private interface Decision {
    Uni<Void> take(Appeal appeal, Instant now);
  }

  private Uni<Case> decide(
      NamedPerson operator,
      String appealId,
      java.util.function.Predicate<Appeal> done,
      Decision decision) {
    return tx.write(
        () ->
            rows.lock(appealId)
                .chain(
                    appeal -> {
                      require(appeal, appealId);
                      if (done.test(appeal)) {
                        return Uni.createFrom().voidItem();
                      }
                      if (appeal.state() != AppealState.FILED) {
                        throw Problem.conflict(
                            "appeal-decided", "The first instance has decided this appeal.");
                      }
                      if (operator.name().equals(appeal.ruledBy())) {
                        throw Problem.conflict(
                            "own-ruling", "Who took the points does not judge the appeal.");
                      }
                      return decision.take(appeal, clock.now());
                    })
                .chain(() -> rows.find(appealId))
                .chain(appeal -> opened(appeal, appealId)));
  }

  /**
   * Calls a panel of three together: these operators, and riders drawn by lot who are not of the
   * rider's station and had nothing to do with the order. The same again changes nothing.
   *
   * @param operators at most two names
   * @throws Problem 404; 409 {@code not-escalated}, {@code panel-seated}, {@code no-jurors}; 422
   *     for somebody who had to do with it before
   */
  public Uni<Case> seat(NamedPerson caller, String appealId, List<String> operators) {
    if (new HashSet<>(operators).size() != operators.size()) {
      throw Problem.unprocessable("operators", "Name everybody once.");
    }
    return tx.write(
        () ->
            rows.lock(appealId)
                .chain(
                    appeal -> {
                      require(appeal, appealId);
                      if (appeal.state() != AppealState.PANEL) {
                        throw Problem.conflict(
                            "not-escalated", "No panel is asked for, or it has decided.");
                      }
                      return rows.seats(appealId)
                          .chain(
                              seats ->
                                  seats.isEmpty()
                                      ? seat(caller, appeal, operators)
                                      : seatedBefore(seats, operators));
                    })
                .chain(() -> rows.find(appealId))
                .chain(appeal -> opened(appeal, appealId)));
  }

  private static Uni<Void> seatedBefore(List<Appeal.Seat> seats, List<String> operators) {
    List<String> named =
        seats.stream()
            .filter(seat -> seat.kind() == Appeal.Seat.Kind.OPERATOR)
            .map(Appeal.Seat::person)
            .toList();
    if (!named.equals(operators)) {
      throw Problem.conflict("panel-seated", "The panel has been called together.");
    }
    return Uni.createFrom().voidItem();
  }

  private Uni<Void> seat(NamedPerson caller, Appeal appeal, List<String> operators) {
    for (String operator : operators) {
      if (operator.equals(appeal.firstBy()) || operator.equals(appeal.ruledBy())) {
        throw Problem.unprocessable(
            "operators", operator + " has judged this before and may not sit on the panel.");
      }
    }
    int riders = AppealRows.SEATS - operators.size();
    Instant now = clock.now();
    return rows.jurors(appeal, riders)
        .chain(
            drawn -> {
              if (drawn.size() < riders) {
                throw Problem.conflict(
                    "no-jurors", "There are not enough riders who may sit on the panel.");
              }
              Uni<Void> all = Uni.createFrom().voidItem();
              int seat = 0;
              for (String operator : operators) {
                int no = ++seat;
                all =
                    all.chain(
                        () ->
                            rows.seat(appeal.appealId(), no, Appeal.Seat.Kind.OPERATOR, operator));
              }
              for (String rider : drawn) {
                int no = ++seat;
                all =
                    all.chain(() -> rows.seat(appeal.appealId(), no, Appeal.Seat.Kind.RIDER, rider))
                        .chain(() -> messages.append(rider, SEAT_MESSAGE, invitation(appeal)));
              }
              return all;
            })
        .chain(() -> rows.seatedBy(appeal.appealId(), caller.name()))
        .chain(() -> rows.happened(appeal.appealId(), "SEATED", caller.name(), null, now));
  }

  private static String invitation(Appeal appeal) {
    return Json.write(java.util.Map.of("appealId", appeal.appealId(), "dueAt", appeal.dueAt()));
  }

  /**
   * A member of the panel votes; two equal votes decide. The same again changes nothing.
   *
   * @throws Problem 404 without a seat; 409 {@code voted}, {@code appeal-decided}, {@code
   *     appeal-overdue}; 422 when a vote against the rider has no reasons
   */
  public Uni<Case> vote(NamedPerson member, String appealId, Appeal.Vote vote, String reasons) {
    String why = vote == Appeal.Vote.REJECT ? required(reasons) : reasons;
    return tx.write(
        () ->
            rows.lock(appealId)
                .chain(
                    appeal -> {
                      require(appeal, appealId);
                      return rows.seats(appealId)
                          .chain(seats -> vote(member, appeal, seats, vote, why));
                    })
                .chain(() -> rows.find(appealId))
                .chain(appeal -> opened(appeal, appealId)));
  }

  private Uni<Void> vote(
      NamedPerson member,
      Appeal appeal,
      List<Appeal.Seat> seats,
      Appeal.Vote vote,
      String reasons) {
    Appeal.Seat mine = seatOf(seats, member, appeal.appealId());
    if (mine.vote() == vote) {
      return Uni.createFrom().voidItem();
    }
    if (mine.vote() != null) {
      throw Problem.conflict("voted", "You have voted.");
    }
    Instant now = clock.now();
    Appeals.requireOpen(appeal);
    inTime(appeal, now);
    long same = 1 + seats.stream().filter(seat -> seat.vote() == vote).count();
    return rows.voted(appeal.appealId(), mine.no(), vote, reasons, now)
        .chain(() -> rows.happened(appeal.appealId(), vote.name(), member.name(), reasons, now))
        .chain(
            () -> {
              if (same < MAJORITY) {
                return Uni.createFrom().voidItem();
              }
              String why = majority(seats, mine, vote, reasons);
              return vote == Appeal.Vote.UPHOLD
                  ? outcome.accept(appeal, "panel", Appeal.How.PANEL, why, now)
                  : outcome.dismiss(appeal, "panel", Appeal.How.PANEL, why, now);
            });
  }

  /** What those who won said, in the order of the seats. */
  private static String majority(
      List<Appeal.Seat> seats, Appeal.Seat mine, Appeal.Vote vote, String reasons) {
    List<String> said = new ArrayList<>();
    for (Appeal.Seat seat : seats) {
      String words = seat.no() == mine.no() ? reasons : seat.vote() == vote ? seat.reasons() : null;
      if (words != null && !words.isBlank()) {
        said.add(words);
      }
    }
    return said.isEmpty() ? "The majority of the panel." : String.join("\n", said);
  }

  private static Appeal.Seat seatOf(List<Appeal.Seat> seats, NamedPerson member, String appealId) {
    return seats.stream()
        .filter(seat -> seat.kind() == member.kind() && seat.person().equals(member.name()))
        .findFirst()
        .orElseThrow(() -> Problem.notFound("appeal " + appealId));
  }

  private static String required(String reasons) {
    if (reasons == null || reasons.strip().length() < SHORTEST_REASONS) {
      throw Problem.unprocessable(
          "reasons",
          "Who decides against the rider gives reasons of at least "
              + SHORTEST_REASONS
              + " characters.");
    }
    return reasons.strip();
  }

  /** Once the time is over only the rider can win. */
  private static void inTime(Appeal appeal, Instant now) {
    if (appeal.overdue(now)) {
      throw Problem.conflict(
          "appeal-overdue", "The time to decide is over; the appeal is accepted.");
    }
  }

  private static void require(Appeal appeal, String appealId) {
    if (appeal == null) {
      throw Problem.notFound("appeal " + appealId);
    }
  }

  private Uni<Case> opened(Appeal appeal, String appealId) {
    require(appeal, appealId);
    return rows.evidence(appealId)
        .chain(
            evidence ->
                rows.seats(appealId)
                    .chain(
                        seats ->
                            rulings
                                .entry(appeal.riderId(), appeal.entryId())
                                .map(
                                    row ->
                                        new Case(
                                            new Appeal.Dossier(appeal, evidence, seats), row))));
  }
}

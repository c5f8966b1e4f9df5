package org.shanpai.rider.appeal;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.score.LedgerRow;
import org.shanpai.rider.score.Rulings;
import org.shanpai.rider.task.RiderProofs;

/**
 * The rider's side of appeals. From filing on the deduction does not count in the level until the
 * last word is said.
 */
@ApplicationScoped
public class Appeals {

  /** Most appeals listed at once. */
  private static final int LISTED = 200;

  private final Tx tx;
  private final AppealRows rows;
  private final AppealOutcome outcome;
  private final Rulings rulings;
  private final RiderProofs proofs;
  private final AppealSettings settings;
  private final CityClock clock;
  private final IdSource ids;

  Appeals(
      Tx tx,
      AppealRows rows,
      AppealOutcome outcome,
      Rulings rulings,
      RiderProofs proofs,
      AppealSettings settings,
      CityClock clock,
      IdSource ids) {
    this.tx = tx;
    this.rows = rows;
    this.outcome = outcome;
    this.rulings = rulings;
    this.proofs = proofs;
    this.settings = settings;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Files an appeal against a row of the rider's ledger.
   *
   * @param words evidence in words; null for none
   * @param proofId a picture's id; null for none
   * @throws Problem 404 for a row that is not the rider's; 409 {@code appeal-too-late}, {@code
   *     appeal-exists}, {@code entry-taken-back}; 422 for a row that takes nothing, and {@code
   *     proof-unknown}
   */
  public Uni<Appeal.Dossier> file(
      String riderId, String entryId, String grounds, String words, String proofId) {
    return tx.write(
        () ->
            rulings
                .entry(riderId, entryId)
                .call(() -> requireProof(riderId, proofId))
                .chain(
                    row -> rows.takenBack(entryId).chain(gone -> file(riderId, row, gone, grounds)))
                .chain(
                    appeal ->
                        (words == null && proofId == null
                                ? Uni.createFrom().voidItem()
                                : rows.addEvidence(
                                    appeal.appealId(), words, proofId, appeal.filedAt()))
                            .chain(() -> dossier(appeal))));
  }

  private Uni<Appeal> file(String riderId, LedgerRow row, boolean takenBack, String grounds) {
    Instant now = clock.now();
    if (row.line().milliPoints() >= 0 || row.line().takesBack() != null) {
      throw Problem.unprocessable("entryId", "The entry takes nothing.");
    }
    if (takenBack) {
      throw Problem.conflict(
          "entry-taken-back", "entryId", "The deduction has been taken back already.");
    }
    refuseTooLate(row.recordedAt(), settings.fileWithin(), now);
    Appeal appeal =
        new Appeal(
            ids.next("ap"),
            riderId,
            row.line().entryId(),
            row.line().subject(),
            row.line().group(),
            row.line().rule(),
            row.line().milliPoints(),
            row.actor(),
            grounds,
            AppealState.FILED,
            now,
            now.plus(settings.decideWithin()),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return rows.add(appeal)
        .invoke(
            fresh -> {
              if (!fresh) {
                throw Problem.conflict(
                    "appeal-exists", "entryId", "An appeal against this entry was filed before.");
              }
            })
        .chain(() -> rulings.beginStay(riderId, row.line().entryId()))
        .chain(() -> rows.happened(appeal.appealId(), "FILED", riderId, grounds, now))
        .chain(() -> outcome.tell(appeal, AppealState.FILED, appeal.dueAt(), null, null))
        .replaceWith(appeal);
  }

  /**
   * @param noticeAt when the rider was told of the deduction
   * @throws Problem 409 {@code appeal-too-late} after the last moment; at it the appeal is in time
   */
  static void refuseTooLate(Instant noticeAt, Duration within, Instant now) {
    Instant until = noticeAt.plus(within);
    if (now.isAfter(until)) {
      throw Problem.conflict(
          "appeal-too-late",
          "entryId",
          "You were told of the deduction at "
              + noticeAt
              + "; an appeal had to be filed by "
              + until
              + ".");
    }
  }

  /**
   * @throws Problem 404 when it is not the rider's; 409 {@code appeal-decided}, {@code
   *     too-much-evidence}; 422 {@code proof-unknown}
   */
  public Uni<Appeal.Dossier> addEvidence(
      String riderId, String appealId, String words, String proofId) {
    if (words == null && proofId == null) {
      throw Problem.unprocessable("words", "Say something, or name a picture.");
    }
    return tx.write(
        () -> attach(riderId, appealId, words, proofId, () -> requireProof(riderId, proofId)));
  }

  /** Attaches a piece of evidence in the caller's transaction, once the appeal has room for it. */
  Uni<Appeal.Dossier> attach(
      String riderId, String appealId, String words, String proofId, Supplier<Uni<Void>> before) {
    return own(riderId, appealId)
        .invoke(Appeals::requireOpen)
        .call(
            appeal ->
                rows.evidence(appealId)
                    .invoke(
                        known -> {
                          if (known.size() >= AppealRows.MOST_EVIDENCE) {
                            throw Problem.conflict(
                                "too-much-evidence",
                                "An appeal takes "
                                    + AppealRows.MOST_EVIDENCE
                                    + " pieces of evidence.");
                          }
                        }))
        .call(() -> before.get())
        .call(() -> rows.addEvidence(appealId, words, proofId, clock.now()))
        .call(() -> rows.happened(appealId, "EVIDENCE", riderId, null, clock.now()))
        .chain(this::dossier);
  }

  /**
   * Asks for the second instance.
   *
   * @throws Problem 404 when it is not the rider's; 409 {@code not-rejected}, {@code
   *     appeal-too-late}
   */
  public Uni<Appeal.Dossier> escalate(String riderId, String appealId, String grounds) {
    return tx.write(
        () ->
            own(riderId, appealId)
                .chain(
                    appeal -> {
                      Instant now = clock.now();
                      if (appeal.state() == AppealState.DISMISSED
                          || appeal.state() == AppealState.REJECTED && appeal.overdue(now)) {
                        throw Problem.conflict(
                            "appeal-too-late",
                            "The panel had to be asked for by " + panelUntil(appeal) + ".");
                      }
                      if (appeal.state() != AppealState.REJECTED) {
                        throw Problem.conflict(
                            "not-rejected", "The panel hears appeals that were rejected.");
                      }
                      Instant due = now.plus(settings.panelWithin());
                      return rows.escalated(appealId, grounds, now, due)
                          .chain(() -> rows.happened(appealId, "ESCALATED", riderId, grounds, now))
                          .chain(() -> outcome.tell(appeal, AppealState.PANEL, due, null, null));
                    })
                .chain(() -> rows.find(appealId))
                .chain(this::dossier));
  }

  private Instant panelUntil(Appeal appeal) {
    return appeal.dueAt() != null
        ? appeal.dueAt()
        : appeal.firstAt().plus(settings.escalateWithin());
  }

  /** A rider's, newest first. */
  public Uni<List<Appeal>> list(String riderId) {
    return tx.read(() -> rows.ofRider(riderId, LISTED));
  }

  /**
   * @throws Problem 404 when it is not the rider's
   */
  public Uni<Appeal.Dossier> get(String riderId, String appealId) {
    return tx.read(
        () ->
            rows.find(appealId)
                .invoke(appeal -> requireOwn(appeal, riderId, appealId))
                .chain(this::dossier));
  }

  /** Only what the rider handed in speaks for them: nobody guesses at pictures of others. */
  private Uni<Void> requireProof(String riderId, String proofId) {
    if (proofId == null) {
      return Uni.createFrom().voidItem();
    }
    return proofs
        .orderOf(riderId, proofId)
        .invoke(
            order -> {
              if (order == null) {
                throw Problem.unprocessable(
                    "proof-unknown",
                    "proofId",
                    "You handed in no picture of that id; send it with a job first.");
              }
            })
        .replaceWithVoid();
  }

  Uni<Appeal> own(String riderId, String appealId) {
    return rows.lock(appealId).invoke(appeal -> requireOwn(appeal, riderId, appealId));
  }

  private static void requireOwn(Appeal appeal, String riderId, String appealId) {
    if (appeal == null || !appeal.riderId().equals(riderId)) {
      throw Problem.notFound("appeal " + appealId);
    }
  }

  static void requireOpen(Appeal appeal) {
    if (!appeal.state().open()) {
      throw Problem.conflict("appeal-decided", "The appeal is decided.");
    }
  }

  Uni<Appeal.Dossier> dossier(Appeal appeal) {
    return rows.evidence(appeal.appealId())
        .chain(
            evidence ->
                rows.seats(appeal.appealId())
                    .map(seats -> new Appeal.Dossier(appeal, evidence, seats)));
  }
}

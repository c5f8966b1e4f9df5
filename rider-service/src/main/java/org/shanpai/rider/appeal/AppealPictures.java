package org.shanpai.rider.appeal;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Base64;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.campaign.ProofDocument;
import org.shanpai.rider.task.remote.Orders;

/**
 * Pictures sent for an appeal itself, when the order is long out of hand: of a screen, of a gate
 * gone back to. Kept without what device and camera noted, and erased some time after the last
 * word.
 */
@ApplicationScoped
public class AppealPictures {

  private static final int ID_CHARACTERS = 32;

  private final Tx tx;
  private final AppealRows rows;
  private final Appeals appeals;
  private final AppealSettings settings;
  private final CityClock clock;

  AppealPictures(
      Tx tx, AppealRows rows, Appeals appeals, AppealSettings settings, CityClock clock) {
    this.tx = tx;
    this.rows = rows;
    this.appeals = appeals;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Keeps a picture and attaches it; the same key again changes nothing.
   *
   * @param key of the rider's choice, new for each picture
   * @throws Problem 404 when the appeal is not the rider's; 409 {@code appeal-decided}, {@code
   *     too-much-evidence}
   */
  public Uni<Appeal.Dossier> add(
      String riderId, String appealId, String key, ProofDocument picture) {
    String proofId = "p-" + Secrets.hash(appealId + "\n" + key).substring(0, ID_CHARACTERS);
    return tx.write(
        () ->
            appeals
                .own(riderId, appealId)
                .chain(() -> rows.evidence(appealId))
                .chain(
                    known ->
                        known.stream().anyMatch(piece -> proofId.equals(piece.proofId()))
                            ? rows.find(appealId).chain(appeals::dossier)
                            : appeals.attach(
                                riderId,
                                appealId,
                                null,
                                proofId,
                                () -> keep(appealId, proofId, picture))));
  }

  private Uni<Void> keep(String appealId, String proofId, ProofDocument picture) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into appeal_picture (appeal_id, proof_id, media_type, document,"
                            + " sent_at) values (:appeal, :proof, :type,"
                            + " decode(cast(:document as text), 'base64'), :at)")
                    .setParameter("appeal", appealId)
                    .setParameter("proof", proofId)
                    .setParameter("type", picture.mediaType())
                    .setParameter("document", Base64.getEncoder().encodeToString(picture.bytes()))
                    .setParameter("at", clock.now())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /**
   * Null when it was not sent for the appeal itself.
   *
   * @throws Problem 404 when it was erased
   */
  Uni<Orders.Shown> find(String appealId, String proofId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select media_type, encode(document, 'base64') from appeal_picture"
                            + " where appeal_id = :appeal and proof_id = :proof",
                        Object[].class)
                    .setParameter("appeal", appealId)
                    .setParameter("proof", proofId)
                    .getSingleResultOrNull())
        .map(
            row -> {
              if (row != null && row[1] == null) {
                throw Problem.notFound("picture " + proofId + " any more");
              }
              return row == null
                  ? null
                  : new Orders.Shown(
                      (String) row[0], Base64.getMimeDecoder().decode((String) row[1]));
            });
  }

  @Scheduled(every = "1h", delayed = "8m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> erase() {
    return tx.detached(() -> erase(clock.now())).replaceWithVoid();
  }

  /** Erases what was decided long enough ago. */
  Uni<Integer> erase(Instant now) {
    return tx.write(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "update appeal_picture set document = null where document is not"
                                    + " null and appeal_id in (select appeal_id from appeal"
                                    + " where decided_at < :before)")
                            .setParameter("before", now.minus(settings.keepPictures()))
                            .executeUpdate()));
  }
}

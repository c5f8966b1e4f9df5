package org.shanpai.rider.feedback;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.appeal.NamedPerson;
import org.shanpai.rider.score.Ruling;
import org.shanpai.rider.score.Rulings;
import org.shanpai.rider.stream.RiderMessages;

/** Decides complaints: by a named person with reasons, once. The rider may appeal what it takes. */
@ApplicationScoped
public class ComplaintDesk {

  private static final int SHORTEST_REASONS = 10;
  private static final String MESSAGE = "complaint";

  private final Tx tx;
  private final FeedbackRows rows;
  private final Rulings rulings;
  private final RiderMessages messages;
  private final CityClock clock;

  ComplaintDesk(
      Tx tx, FeedbackRows rows, Rulings rulings, RiderMessages messages, CityClock clock) {
    this.tx = tx;
    this.rows = rows;
    this.rulings = rulings;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * A decision.
   *
   * @param finding null to dismiss it
   * @param excuse {@code PACKAGING} or {@code AGREED_DROP_POINT}: so it was, and it takes nothing;
   *     null for none
   * @param evidence reference to what proves it; null for none
   */
  public record Decision(
      Complaint.Finding finding, String excuse, String evidence, String reasons) {}

  /** Open ones oldest first, decided ones newest first. */
  public Uni<List<Complaint>> list(Complaint.State state, int most) {
    return tx.read(() -> rows.inState(state, most));
  }

  /**
   * @throws Problem 404
   */
  public Uni<Complaint.Case> get(String complaintId) {
    return tx.read(() -> find(complaintId).chain(this::withNotes));
  }

  /**
   * Decides. The same again changes nothing.
   *
   * @throws Problem 404; 409 {@code complaint-decided}; 422 without reasons
   */
  public Uni<Complaint.Case> decide(NamedPerson operator, String complaintId, Decision decision) {
    if (decision.reasons().strip().length() < SHORTEST_REASONS) {
      throw Problem.unprocessable(
          "reasons", "Give reasons of at least " + SHORTEST_REASONS + " characters.");
    }
    if (decision.finding() == null && decision.excuse() != null) {
      throw Problem.unprocessable("excuse", "What is dismissed needs no excuse.");
    }
    return tx.write(
        () ->
            rows.lock(complaintId)
                .chain(() -> find(complaintId))
                .chain(
                    found -> {
                      Complaint decided = decided(found, operator, decision);
                      if (found.state() != Complaint.State.OPEN) {
                        return Uni.createFrom().item(found);
                      }
                      return rows.decided(decided)
                          .chain(() -> judge(decided))
                          .chain(() -> tell(decided))
                          .replaceWith(decided);
                    })
                .chain(this::withNotes));
  }

  private Complaint decided(Complaint c, NamedPerson operator, Decision decision) {
    Instant now = clock.now();
    boolean same =
        operator.name().equals(c.decidedBy())
            && decision.finding() == c.finding()
            && java.util.Objects.equals(decision.excuse(), c.excuse());
    if (c.state() != Complaint.State.OPEN && !same) {
      throw Problem.conflict("complaint-decided", "The complaint is decided.");
    }
    return new Complaint(
        c.complaintId(),
        c.riderId(),
        c.orderId(),
        decision.finding() == null ? Complaint.State.DISMISSED : Complaint.State.UPHELD,
        c.tags(),
        c.verified(),
        c.openedAt(),
        c.deliveredAt(),
        c.acceptedAt(),
        decision.finding(),
        decision.excuse(),
        decision.evidence(),
        operator.name(),
        decision.reasons().strip(),
        now);
  }

  /** A complaint about lateness is the lateness: it is kept beside it and takes nothing more. */
  private Uni<Void> judge(Complaint c) {
    if (c.finding() == null) {
      return Uni.createFrom().voidItem();
    }
    boolean late = c.finding() == Complaint.Finding.LATENESS;
    return rulings
        .record(
            new Ruling(
                "cx-" + c.complaintId(),
                1,
                c.riderId(),
                late ? "CX2" : c.finding().name(),
                c.orderId(),
                c.orderId(),
                Ruling.Status.CONFIRMED,
                c.decidedBy(),
                true,
                c.deliveredAt() == null ? c.openedAt() : c.deliveredAt(),
                c.acceptedAt(),
                null,
                null,
                late ? "LATENESS" : c.excuse(),
                null,
                c.evidence(),
                c.reasons()))
        .replaceWithVoid();
  }

  private Uni<Void> tell(Complaint c) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("orderId", c.orderId());
    body.put("state", c.state());
    body.put("finding", c.finding());
    body.put("excuse", c.excuse());
    body.put("decidedBy", c.decidedBy());
    body.put("reasons", c.reasons());
    return messages.append(c.riderId(), MESSAGE, Json.write(body));
  }

  private Uni<Complaint> find(String complaintId) {
    return rows.find(complaintId)
        .invoke(
            found -> {
              if (found == null) {
                throw Problem.notFound("complaint " + complaintId);
              }
            });
  }

  private Uni<Complaint.Case> withNotes(Complaint complaint) {
    return rows.notes(complaint.orderId()).map(notes -> new Complaint.Case(complaint, notes));
  }
}

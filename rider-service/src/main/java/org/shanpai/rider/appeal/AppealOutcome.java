package org.shanpai.rider.appeal;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.score.Rulings;
import org.shanpai.rider.stream.RiderMessages;

/** What the end of an appeal does, and what the rider is told. Runs in the caller's transaction. */
@ApplicationScoped
class AppealOutcome {

  /** On the rider's stream. */
  static final String MESSAGE = "appeal";

  private final Tx tx;
  private final AppealRows rows;
  private final Rulings rulings;
  private final RiderMessages messages;
  private final MeterRegistry metrics;

  AppealOutcome(
      Tx tx, AppealRows rows, Rulings rulings, RiderMessages messages, MeterRegistry metrics) {
    this.tx = tx;
    this.rows = rows;
    this.rulings = rulings;
    this.messages = messages;
    this.metrics = metrics;
  }

  /** The deduction is taken back, on time is granted again; rewards follow the raised levels. */
  Uni<Void> accept(Appeal appeal, String by, Appeal.How how, String reasons, Instant now) {
    return takeBack(appeal, by, how, reasons)
        .chain(() -> rulings.endStay(appeal.riderId(), appeal.entryId()))
        .chain(() -> rows.decided(appeal.appealId(), AppealState.ACCEPTED, by, how, reasons, now))
        .chain(() -> rows.happened(appeal.appealId(), "ACCEPTED", by, reasons, now))
        .chain(() -> tell(appeal, AppealState.ACCEPTED, null, how, reasons));
  }

  /** Unless the ledger corrected it by itself: then there is nothing left to take back. */
  private Uni<Void> takeBack(Appeal appeal, String by, Appeal.How how, String reasons) {
    return how == Appeal.How.CORRECTED
        ? Uni.createFrom().voidItem()
        : rulings.overturn(appeal.riderId(), appeal.entryId(), by, reasons).replaceWithVoid();
  }

  /** The deduction stands, and counts in the level again. */
  Uni<Void> dismiss(Appeal appeal, String by, Appeal.How how, String reasons, Instant now) {
    return rulings
        .endStay(appeal.riderId(), appeal.entryId())
        .chain(() -> rows.decided(appeal.appealId(), AppealState.DISMISSED, by, how, reasons, now))
        .chain(() -> rows.happened(appeal.appealId(), "DISMISSED", by, reasons, now))
        .chain(() -> tell(appeal, AppealState.DISMISSED, null, how, reasons));
  }

  /** Tells the rider where their appeal stands. */
  Uni<Void> tell(Appeal appeal, AppealState state, Instant dueAt, Appeal.How how, String reasons) {
    tx.afterCommit(
        () ->
            metrics
                .counter(
                    "shanpai.appeals", "state", state.name(), "how", how == null ? "" : how.name())
                .increment());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("appealId", appeal.appealId());
    body.put("entryId", appeal.entryId());
    body.put("subject", appeal.subject());
    body.put("rule", appeal.rule());
    body.put("state", state);
    body.put("dueAt", dueAt);
    body.put("how", how);
    body.put("reasons", reasons);
    return messages.append(appeal.riderId(), MESSAGE, Json.write(body));
  }
}

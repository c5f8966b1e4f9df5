package org.shanpai.dispatch.receipt;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.event.EventType;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;

/** Why a job was given to whom; a row whenever decision or reason change. */
@ApplicationScoped
public class Receipts {

  /** What of a receipt makes it another one. */
  public record Gist(String outcome, String decidedBy, String chosen) {

    public static Gist of(DispatchReceipt receipt) {
      return new Gist(
          receipt.outcome(),
          receipt.decidedBy(),
          receipt.chosen() == null ? null : receipt.chosen().value());
    }
  }

  private final Tx tx;
  private final Outbox outbox;

  public Receipts(Tx tx, Outbox outbox) {
    this.tx = tx;
    this.outbox = outbox;
  }

  /** The last word on each job; jobs without one are missing. */
  public Uni<Map<String, Gist>> last(Collection<String> jobIds) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select distinct on (job_id) job_id, outcome, decided_by, chosen"
                            + " from receipt where job_id in (:jobs) order by job_id, seq desc",
                        Object[].class)
                    .setParameter("jobs", List.copyOf(jobIds))
                    .getResultList())
        .map(
            rows -> {
              Map<String, Gist> last = new HashMap<>();
              for (Object[] row : rows) {
                last.put(
                    (String) row[0],
                    new Gist((String) row[1], (String) row[2], Objects.toString(row[3], null)));
              }
              return last;
            });
  }

  /** Stores it and tells it, in the present transaction. */
  public Uni<Void> store(DispatchReceipt receipt) {
    String chosen = receipt.chosen() == null ? "" : receipt.chosen().value();
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into receipt (job_id, wave_id, at, outcome, decided_by, chosen,"
                            + " body) values (:job, :wave, :at, :outcome, :rule,"
                            + " nullif(:chosen, ''), :body)")
                    .setParameter("job", receipt.jobId().value())
                    .setParameter("wave", receipt.waveId())
                    .setParameter("at", receipt.at())
                    .setParameter("outcome", receipt.outcome())
                    .setParameter("rule", receipt.decidedBy())
                    .setParameter("chosen", chosen)
                    .setParameter("body", Json.write(receipt))
                    .executeUpdate())
        .chain(
            () -> outbox.append(EventType.DISPATCH_RECEIPT, receipt.jobId().value(), 0, receipt));
  }

  /** What a wave said of some jobs when it gave them to that rider, one for each. */
  public Uni<List<DispatchReceipt>> ofWave(String waveId, List<String> jobIds, String riderId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select distinct on (job_id) job_id, body from receipt where wave_id ="
                            + " :wave and job_id in (:jobs) and chosen = :rider order by job_id,"
                            + " seq desc",
                        Object[].class)
                    .setParameter("wave", waveId)
                    .setParameter("jobs", jobIds)
                    .setParameter("rider", riderId)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(row -> Json.read((String) row[1], DispatchReceipt.class))
                    .toList());
  }

  /** All receipts of a job, oldest first. */
  public Uni<List<DispatchReceipt>> of(String jobId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select body from receipt where job_id = :job order by seq", String.class)
                    .setParameter("job", jobId)
                    .getResultList())
        .map(rows -> rows.stream().map(row -> Json.read(row, DispatchReceipt.class)).toList());
  }
}

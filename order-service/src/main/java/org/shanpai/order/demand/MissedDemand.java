package org.shanpai.order.demand;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.shanpai.chassis.City;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.contracts.event.DemandMissed;
import org.shanpai.contracts.event.EventType;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;

/**
 * Tells the city which wishes were not served. Each wish is told once, however often it is asked.
 */
@ApplicationScoped
public class MissedDemand {

  private static final Logger LOG = Logger.getLogger(MissedDemand.class);

  // Whoever was refused does not wait longer than this for our bookkeeping.
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Tx tx;
  private final MissMarks marks;
  private final Outbox outbox;
  private final City city;
  private final MeterRegistry metrics;

  MissedDemand(Tx tx, MissMarks marks, Outbox outbox, City city, MeterRegistry metrics) {
    this.tx = tx;
    this.marks = marks;
    this.outbox = outbox;
    this.city = city;
    this.metrics = metrics;
  }

  /** Tells it with the caller's transaction. */
  public Uni<Void> tell(Miss miss) {
    return tx.write(
        () -> {
          List<String> hashes = miss.marks().stream().map(Secrets::hash).toList();
          return marks
              .addAll(hashes)
              .chain(news -> news ? unknown(miss.unless()) : Uni.createFrom().item(false))
              .chain(
                  news -> {
                    if (!news) {
                      return Uni.createFrom().voidItem();
                    }
                    tx.afterCommit(() -> count("told", miss.reason()));
                    return outbox.append(
                        EventType.DEMAND_MISSED, miss.storeId().value(), 0, event(miss, hashes));
                  });
        });
  }

  /**
   * Tells it in a transaction of its own. Never fails and never takes long: a refusal is answered
   * whether or not it could be noted; what could not is counted.
   */
  public Uni<Void> tellApart(Miss miss) {
    return tx.detached(() -> tell(miss))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("Missed demand (%s) could not be noted: %s", miss.reason(), failure);
              count("lost", miss.reason());
              return null;
            });
  }

  private Uni<Boolean> unknown(List<String> unless) {
    return unless.isEmpty()
        ? Uni.createFrom().item(true)
        : marks.knowsAny(unless.stream().map(Secrets::hash).toList()).map(known -> !known);
  }

  private void count(String outcome, DemandMissed.Reason reason) {
    metrics
        .counter("shanpai.demand.missed", "outcome", outcome, "reason", reason.name())
        .increment();
  }

  private DemandMissed event(Miss miss, List<String> hashes) {
    return new DemandMissed(
        "d-" + hashes.get(0).substring(0, 32),
        city.id(),
        miss.storeId(),
        miss.areaId(),
        Miss.rounded(miss.door()),
        miss.reason(),
        miss.metres(),
        miss.promiseSeconds(),
        miss.at());
  }
}

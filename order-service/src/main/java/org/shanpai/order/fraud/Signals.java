package org.shanpai.order.fraud;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.FraudSignal;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;
import org.shanpai.order.fraud.FraudLedger.Together;
import org.shanpai.order.privacy.Sealing;

/** Signals: raised once for a finding and its revision, read and decided by people. */
@ApplicationScoped
public class Signals {

  private final Tx tx;
  private final FraudLedger ledger;
  private final Outbox outbox;
  private final Sealing sealing;
  private final City city;
  private final CityClock clock;
  private final WallClock wall;

  Signals(
      Tx tx,
      FraudLedger ledger,
      Outbox outbox,
      Sealing sealing,
      City city,
      CityClock clock,
      WallClock wall) {
    this.tx = tx;
    this.ledger = ledger;
    this.outbox = outbox;
    this.sealing = sealing;
    this.city = city;
    this.clock = clock;
    this.wall = wall;
  }

  /**
   * Tells a finding, in the caller's transaction. The same finding again is told to nobody; one
   * that rests on an order more is the next revision.
   */
  Uni<Void> raise(
      FraudSignal.Kind kind, Together together, RiderId rider, int weight, List<String> evidence) {
    String id = "fs-" + sealing.hash("fraud-signal", kind + "/" + together.subject());
    MerchantId merchant = together.merchant();
    return ledger
        .lock(id)
        .chain(
            before -> {
              if (before.isPresent()
                  && (before.get().orderIds().equals(together.hits())
                      || before.get().orderIds().containsAll(together.hits()))) {
                return Uni.createFrom().voidItem();
              }
              FraudSignal signal =
                  new FraudSignal(
                      id,
                      before.map(FraudSignal::revision).orElse(0L) + 1,
                      city.id(),
                      kind,
                      together.hits(),
                      merchant,
                      rider,
                      weight,
                      evidence,
                      clock.now());
              return ledger
                  .put(signal)
                  .chain(
                      () -> outbox.append(EventType.FRAUD_SIGNAL, id, signal.revision(), signal));
            });
  }

  /** See {@link FraudLedger#list}. */
  public Uni<List<Signal>> list(FraudSignal.Kind kind, Instant since, Long before, int limit) {
    return tx.read(() -> ledger.list(kind, since, before, limit));
  }

  /**
   * @throws Problem 404
   */
  public Uni<Signal> get(String signalId) {
    return tx.read(() -> known(signalId));
  }

  /**
   * Writes down what a person made of a signal. It punishes nobody.
   *
   * @param revision what they saw; a signal that has grown since must be seen again
   * @throws Problem 404; 409 {@code signal-changed}
   */
  public Uni<Signal> decide(
      String signalId, long revision, Signal.Outcome outcome, String reason, String by) {
    return tx.write(
        () ->
            ledger
                .lock(signalId)
                .invoke(
                    found -> {
                      FraudSignal signal =
                          found.orElseThrow(() -> Problem.notFound("signal " + signalId));
                      if (signal.revision() != revision) {
                        throw Problem.conflict(
                            "signal-changed",
                            "revision",
                            "The signal is at revision " + signal.revision() + " by now.");
                      }
                    })
                .chain(
                    () ->
                        ledger.decide(
                            signalId,
                            new Signal.Decision(revision, outcome, reason, by, clock.now()),
                            wall.now()))
                .chain(() -> known(signalId)));
  }

  private Uni<Signal> known(String signalId) {
    return ledger
        .find(signalId)
        .map(found -> found.orElseThrow(() -> Problem.notFound("signal " + signalId)));
  }
}

package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.messaging.Tx;

/**
 * Judges a rider again from the kept facts: the ledger must come out the same. What differs becomes
 * a correction.
 */
@ApplicationScoped
public class Replay {

  private final Tx tx;
  private final FactRows facts;
  private final AccountRows accounts;
  private final ScoreLedger ledger;

  Replay(Tx tx, FactRows facts, AccountRows accounts, ScoreLedger ledger) {
    this.tx = tx;
    this.facts = facts;
    this.accounts = accounts;
    this.ledger = ledger;
  }

  /**
   * @param cases judged again
   * @param added what the ledger lacked; empty when it was right
   */
  public record Done(int cases, List<LedgerRow> added) {}

  /**
   * @throws Problem 404 when there is no such rider
   */
  public Uni<Done> rider(String riderId) {
    return tx.write(
        () ->
            accounts
                .read(riderId)
                .chain(
                    account -> {
                      if (account == null) {
                        throw Problem.notFound("rider " + riderId);
                      }
                      return facts
                          .casesOf(riderId, Instant.EPOCH)
                          .chain(
                              keys ->
                                  ledger
                                      .replay(keys)
                                      .map(
                                          posted ->
                                              new Done(
                                                  keys.size(),
                                                  posted.stream()
                                                      .map(LedgerRows.Posted::row)
                                                      .toList())));
                    }));
  }
}

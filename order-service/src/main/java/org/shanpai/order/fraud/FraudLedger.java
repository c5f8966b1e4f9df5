package org.shanpai.order.fraud;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.FraudSignal;

/** Claims, looks and signals, in the transaction of the caller. City time. */
public interface FraudLedger {

  /** What is still to be looked at. */
  record Look(OrderId orderId, FraudSignal.Kind kind, RiderId riderId, Instant since, int tries) {}

  /** By what orders are taken together. */
  enum Sameness {
    PHONE,
    DOOR
  }

  /**
   * Orders taken together.
   *
   * @param subject a keyed hash that tells nothing
   * @param tries orders that could have gone wrong
   * @param hits those that did, the newest first, at most 20
   * @param times how many did
   * @param merchant whose they all are; null when several merchants'
   */
  record Together(String subject, int tries, int times, List<OrderId> hits, MerchantId merchant) {}

  /** How often something happens in the city. */
  record Rate(long times, long tries) {}

  /** Writes a claim; false when it was claimed before. */
  Uni<Boolean> add(Claim claim);

  /** The oldest first. */
  Uni<List<Claim>> claims(OrderId order);

  /** Asks for a look; a later one for the same order and kind changes nothing. */
  Uni<Void> ask(Look look, Instant dueAt);

  /** What is due, taken for this transaction alone. */
  Uni<List<Look>> due(Instant now, int most);

  /** Puts a look that could not be done off; after five times it is UNKNOWN. */
  Uni<Void> again(Look look, Instant dueAt);

  /**
   * @param outcome SEEN, NOTHING or UNKNOWN
   */
  Uni<Void> done(Look look, String outcome);

  /** Who last had the order; empty when nobody ever did. */
  Uni<Optional<RiderId>> lastRider(OrderId order);

  /** Delivered orders to the same customer, and those said not to have come. */
  Uni<Optional<Together>> claimed(OrderId order, Sameness sameness, Instant since);

  /** Ended orders to the same customer, and those nobody received. */
  Uni<Optional<Together>> unreceived(OrderId order, Sameness sameness, Instant since);

  /** Cancels of a rider that were looked at, and those carried to the door all the same. */
  Uni<Together> carried(RiderId rider, Instant since);

  Uni<Rate> claimRate(Instant since);

  Uni<Rate> unreceivedRate(Instant since);

  Uni<Rate> carriedRate(Instant since);

  /** Whether the rider had another order to about the same place between two times. */
  Uni<Boolean> hadReason(
      RiderId rider, OrderId but, GeoPoint door, int metres, Instant from, Instant to);

  /** The signal of that id, its row locked. */
  Uni<Optional<FraudSignal>> lock(String signalId);

  /** Writes a signal or its next revision. */
  Uni<Void> put(FraudSignal signal);

  Uni<Optional<Signal>> find(String signalId);

  /**
   * The newest first.
   *
   * @param kind null for all
   * @param since null for all
   * @param before only places below it; null for the newest
   */
  Uni<List<Signal>> list(FraudSignal.Kind kind, Instant since, Long before, int limit);

  Uni<Void> decide(String signalId, Signal.Decision decision, Instant wallAt);
}

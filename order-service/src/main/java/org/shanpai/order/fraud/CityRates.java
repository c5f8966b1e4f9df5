package org.shanpai.order.fraud;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.shanpai.contracts.event.FraudSignal;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.order.fraud.FraudLedger.Rate;

/** How often things happen in the city; counted now and then, for counting reads many orders. */
@ApplicationScoped
class CityRates {

  private static final Map<FraudSignal.Kind, Double> USUAL =
      Map.of(
          FraudSignal.Kind.NOT_RECEIVED_AGAIN, 0.003,
          FraudSignal.Kind.FAKE_ORDERS, 0.03,
          FraudSignal.Kind.PRIVATE_DELIVERY, 0.02);

  /** The usual rate weighs as much as so many orders of this city. */
  private static final double WORTH = 500;

  private record Counted(double rate, long untilMillis) {}

  private final FraudLedger ledger;
  private final FraudSettings settings;
  private final WallClock wall;
  private final Map<FraudSignal.Kind, Counted> counted = new ConcurrentHashMap<>();

  CityRates(FraudLedger ledger, FraudSettings settings, WallClock wall) {
    this.ledger = ledger;
    this.settings = settings;
    this.wall = wall;
  }

  /** In the caller's transaction. */
  Uni<Double> rate(FraudSignal.Kind kind, Instant since) {
    Counted known = counted.get(kind);
    if (known != null && wall.millis() < known.untilMillis()) {
      return Uni.createFrom().item(known.rate());
    }
    Uni<Rate> fresh =
        switch (kind) {
          case NOT_RECEIVED_AGAIN -> ledger.claimRate(since);
          case FAKE_ORDERS -> ledger.unreceivedRate(since);
          case PRIVATE_DELIVERY -> ledger.carriedRate(since);
        };
    return fresh.map(
        seen -> {
          double rate = Chance.rate(seen.times(), seen.tries(), USUAL.get(kind), WORTH);
          counted.put(kind, new Counted(rate, wall.millis() + settings.ratesEvery().toMillis()));
          return rate;
        });
  }
}

package org.shanpai.order.fraud;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.shanpai.contracts.event.FraudSignal;
import org.shanpai.order.fraud.FraudLedger.Look;
import org.shanpai.order.fraud.FraudLedger.Sameness;
import org.shanpai.order.fraud.FraudLedger.Together;

/**
 * Looks at one customer's orders together: by telephone, and when that tells nothing, by door. How
 * often something happened is weighed against how often it happens in the city.
 */
@ApplicationScoped
class CustomerLook {

  private static final String SEEN = "SEEN";
  private static final String NOTHING = "NOTHING";

  private final FraudLedger ledger;
  private final Signals signals;
  private final CityRates rates;
  private final FraudSettings settings;

  CustomerLook(FraudLedger ledger, Signals signals, CityRates rates, FraudSettings settings) {
    this.ledger = ledger;
    this.signals = signals;
    this.rates = rates;
    this.settings = settings;
  }

  /** "Not received", again and again. */
  Uni<Void> claims(Look look, Instant now) {
    Instant since = now.minus(settings.window());
    return either(
        look,
        since,
        ledger.claimed(look.orderId(), Sameness.PHONE, since),
        () -> ledger.claimed(look.orderId(), Sameness.DOOR, since),
        settings.leastClaims(),
        "claims");
  }

  /** Orders nobody means to receive. */
  Uni<Void> fakes(Look look, Instant now) {
    Instant since = now.minus(settings.window());
    return either(
        look,
        since,
        ledger.unreceived(look.orderId(), Sameness.PHONE, since),
        () -> ledger.unreceived(look.orderId(), Sameness.DOOR, since),
        settings.leastUnreceived(),
        "unreceived");
  }

  private Uni<Void> either(
      Look look,
      Instant since,
      Uni<Optional<Together>> byPhone,
      java.util.function.Supplier<Uni<Optional<Together>>> byDoor,
      int least,
      String what) {
    return rates
        .rate(look.kind(), since)
        .chain(
            rate ->
                byPhone
                    .chain(same -> told(look.kind(), same, Sameness.PHONE, rate, least, what))
                    .chain(
                        seen ->
                            seen
                                ? Uni.createFrom().item(true)
                                : byDoor
                                    .get()
                                    .chain(
                                        same ->
                                            told(
                                                look.kind(),
                                                same,
                                                Sameness.DOOR,
                                                rate,
                                                least,
                                                what))))
        .chain(seen -> ledger.done(look, seen ? SEEN : NOTHING));
  }

  private Uni<Boolean> told(
      FraudSignal.Kind kind,
      Optional<Together> same,
      Sameness sameness,
      double rate,
      int least,
      String what) {
    Together together = same.orElse(null);
    if (together == null || together.times() < least) {
      return Uni.createFrom().item(false);
    }
    int weight = Chance.weight(together.times(), together.tries(), rate);
    if (weight < settings.leastWeight()) {
      return Uni.createFrom().item(false);
    }
    return signals
        .raise(
            kind,
            together,
            null,
            weight,
            List.of(
                what + "=" + together.times() + "/" + together.tries(),
                "cityRate=" + String.format(Locale.ROOT, "%.4f", rate),
                "same=" + sameness,
                "windowDays=" + settings.window().toDays()))
        .replaceWith(true);
  }
}

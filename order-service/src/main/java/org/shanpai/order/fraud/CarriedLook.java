package org.shanpai.order.fraud;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.FraudSignal;
import org.shanpai.order.fraud.FraudLedger.Look;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;
import org.shanpai.order.whereabouts.Whereabouts;
import org.shanpai.order.whereabouts.Whereabouts.Reading;

/**
 * Looks whether a cancelled order was carried to its door all the same (跳单): the rider who had it
 * was seen at the door afterwards and stayed, without another order to that place. How often a
 * rider's cancels end so is weighed against the city's.
 */
@ApplicationScoped
class CarriedLook {

  private static final int TRUSTED = 60;
  private static final double SHARP_METRES = 65;
  private static final int LEAST_READINGS = 3;
  static final Duration LATER = Duration.ofMinutes(5);

  /** Another order's door so near explains being here. */
  private static final int NEIGHBOUR_METRES = 150;

  private final FraudLedger ledger;
  private final Orders orders;
  private final Whereabouts whereabouts;
  private final Signals signals;
  private final CityRates rates;
  private final FraudSettings settings;

  CarriedLook(
      FraudLedger ledger,
      Orders orders,
      Whereabouts whereabouts,
      Signals signals,
      CityRates rates,
      FraudSettings settings) {
    this.ledger = ledger;
    this.orders = orders;
    this.whereabouts = whereabouts;
    this.signals = signals;
    this.rates = rates;
    this.settings = settings;
  }

  Uni<Void> look(Look look, Instant now) {
    Instant until = look.since().plus(settings.privateAfter());
    return whereabouts
        .track(look.riderId(), look.since(), until)
        .chain(
            track -> {
              if (track.isEmpty()) {
                return ledger.again(look, now.plus(LATER));
              }
              return orders
                  .find(look.orderId())
                  .chain(
                      found ->
                          found
                              .map(order -> judge(look, order, track.get(), until, now))
                              .orElseGet(() -> ledger.done(look, "UNKNOWN")));
            });
  }

  private Uni<Void> judge(Look look, Order order, List<Reading> track, Instant until, Instant now) {
    if (track.isEmpty()) {
      return ledger.done(look, "UNKNOWN");
    }
    Duration stay = stay(track, order.dropoff(), settings.doorMetres());
    if (stay.compareTo(settings.doorStay()) < 0) {
      return ledger.done(look, "NOTHING");
    }
    return ledger
        .hadReason(
            look.riderId(), order.id(), order.dropoff(), NEIGHBOUR_METRES, look.since(), until)
        .chain(
            reason ->
                reason
                    ? ledger.done(look, "NOTHING")
                    : ledger
                        .done(look, "SEEN")
                        .chain(() -> tell(look, stay, now.minus(settings.window()))));
  }

  private Uni<Void> tell(Look look, Duration stay, Instant since) {
    return rates
        .rate(FraudSignal.Kind.PRIVATE_DELIVERY, since)
        .chain(
            rate ->
                ledger
                    .carried(look.riderId(), since)
                    .chain(
                        together -> {
                          int weight = Chance.weight(together.times(), together.tries(), rate);
                          if (weight < settings.leastPrivateWeight()) {
                            return Uni.createFrom().voidItem();
                          }
                          return signals.raise(
                              FraudSignal.Kind.PRIVATE_DELIVERY,
                              together,
                              look.riderId(),
                              weight,
                              List.of(
                                  "carried=" + together.times() + "/" + together.tries(),
                                  "cityRate=" + String.format(Locale.ROOT, "%.4f", rate),
                                  "staySeconds=" + stay.toSeconds(),
                                  "windowDays=" + settings.window().toDays()));
                        }));
  }

  /**
   * How long the rider was at the door: the longest run of trusted readings there without one
   * elsewhere in between; nothing when they are fewer than three.
   */
  static Duration stay(List<Reading> track, GeoPoint door, int metres) {
    Duration longest = Duration.ZERO;
    Instant first = null;
    int readings = 0;
    for (Reading reading : track) {
      if (reading.trust() < TRUSTED || reading.accuracyMetres() > SHARP_METRES) {
        continue;
      }
      if (reading.place().metresTo(door) > metres) {
        first = null;
        readings = 0;
        continue;
      }
      first = first == null ? reading.at() : first;
      readings++;
      Duration stay = Duration.between(first, reading.at());
      if (readings >= LEAST_READINGS && stay.compareTo(longest) > 0) {
        longest = stay;
      }
    }
    return longest;
  }
}

package org.shanpai.dispatch.job;

import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.contracts.event.JobState;
import org.shanpai.messaging.Json;

/** What is so of a job while one rider has it; begins anew with the next. All city time. */
@Embeddable
class InHand {

  private Instant riderDeadline;
  private long compensationMillis;
  private Instant plannedPickupAt;
  private Instant plannedDeliveryAt;
  private Instant plannedAtOffer;
  private String noFaultDelays;
  private String exemptions;
  private Instant acceptedAt;
  private Integer acceptedMetres;
  private Instant arrivedStoreAt;
  private Instant pickedUpAt;
  private Instant arrivedCustomerAt;
  private Instant seenAtStoreAt;
  private Instant seenAtCustomerAt;

  protected InHand() {}

  static InHand none() {
    return new InHand();
  }

  void begin(
      Instant now,
      Instant offeredDelivery,
      Instant plannedPickup,
      Instant plannedDelivery,
      Instant p80Delivery,
      Instant promiseEnd,
      Integer m) {
    acceptedAt = now;
    plannedAtOffer = offeredDelivery;
    acceptedMetres = m;
    plannedPickupAt = plannedPickup;
    plannedDeliveryAt = plannedDelivery;
    riderDeadline = p80Delivery.isAfter(promiseEnd) ? p80Delivery : promiseEnd;
  }

  void end() {
    acceptedAt = null;
    acceptedMetres = null;
    arrivedStoreAt = null;
    seenAtStoreAt = null;
    seenAtCustomerAt = null;
    riderDeadline = null;
    plannedPickupAt = null;
    plannedDeliveryAt = null;
    compensationMillis = 0;
    plannedAtOffer = null;
    noFaultDelays = null;
    exemptions = null;
  }

  /** Somebody else has it now, goods and all. */
  void handedOver(Instant now, Instant plannedDelivery, Instant p80, Instant promiseEnd) {
    acceptedAt = now;
    acceptedMetres = null;
    arrivedCustomerAt = null;
    seenAtCustomerAt = null;
    compensationMillis = 0;
    noFaultDelays = null;
    exemptions = null;
    plannedDeliveryAt = plannedDelivery;
    riderDeadline = p80.isAfter(promiseEnd) ? p80 : promiseEnd;
  }

  /** Whether the deadline had to move, to a later plan. */
  boolean planned(Instant delivery, Instant p80) {
    if (riderDeadline == null || !p80.isAfter(riderDeadline)) {
      return false;
    }
    riderDeadline = p80;
    plannedDeliveryAt = delivery;
    return true;
  }

  /** The way became another one: the deadline moves by as much as the plan does, never earlier. */
  void rerouted(Instant delivery) {
    if (riderDeadline != null && plannedDeliveryAt != null) {
      Duration longer = Duration.between(plannedDeliveryAt, delivery);
      riderDeadline = longer.isNegative() ? riderDeadline : riderDeadline.plus(longer);
    }
    if (riderDeadline == null || delivery.isAfter(riderDeadline)) {
      riderDeadline = delivery;
    }
    plannedDeliveryAt = delivery;
  }

  void taken(Step step, Instant at) {
    switch (step) {
      case ARRIVED_STORE -> arrivedStoreAt = at;
      case PICKED_UP -> pickedUpAt = at;
      case ARRIVED_CUSTOMER -> arrivedCustomerAt = at;
      case DELIVERED, UNDELIVERABLE, RETURNED -> {}
    }
  }

  boolean seen(GeofenceEvent.Kind where, Instant at) {
    Instant known = where == GeofenceEvent.Kind.AT_STORE ? seenAtStoreAt : seenAtCustomerAt;
    if (known != null && !at.isBefore(known)) {
      return false;
    }
    switch (where) {
      case AT_STORE -> seenAtStoreAt = at;
      case AT_CUSTOMER -> seenAtCustomerAt = at;
    }
    return true;
  }

  Instant atStoreFrom() {
    if (seenAtStoreAt == null) {
      return arrivedStoreAt;
    }
    Instant seen =
        acceptedAt != null && seenAtStoreAt.isBefore(acceptedAt) ? acceptedAt : seenAtStoreAt;
    return arrivedStoreAt == null || seen.isBefore(arrivedStoreAt) ? seen : arrivedStoreAt;
  }

  /**
   * Whether its rider really went to the store, so that losing it is a trip in vain. Positions say
   * so where there are any; else the tap, or time enough.
   *
   * @param riderAt where they last were for certain; null when that is not known
   * @param metres nearer than at acceptance that count
   * @param patience after acceptance, where no position is known
   */
  boolean approached(GeoPoint store, GeoPoint riderAt, int metres, Duration patience, Instant now) {
    if (seenAtStoreAt != null) {
      return true;
    }
    if (acceptedAt == null) {
      return false;
    }
    if (riderAt != null && acceptedMetres != null) {
      return acceptedMetres - riderAt.metresTo(store) >= metres;
    }
    return arrivedStoreAt != null || !acceptedAt.plus(patience).isAfter(now);
  }

  /** What the union of the delays, or a report, grants; never less than before. */
  void compensated(long millis) {
    compensationMillis = Math.max(compensationMillis, millis);
  }

  /** What the compensation is made of. */
  void lost(List<JobState.NoFaultDelay> delays) {
    noFaultDelays = delays.isEmpty() ? null : Json.write(delays);
  }

  void exemptedBy(List<String> codes) {
    exemptions = codes.isEmpty() ? null : String.join(" ", codes);
  }

  Instant plannedAtOffer() {
    return plannedAtOffer;
  }

  List<JobState.NoFaultDelay> noFaultDelays() {
    return noFaultDelays == null
        ? null
        : List.of(Json.read(noFaultDelays, JobState.NoFaultDelay[].class));
  }

  List<String> exemptions() {
    return exemptions == null ? null : List.of(exemptions.split(" "));
  }

  Instant riderDeadline() {
    return riderDeadline;
  }

  long compensationMillis() {
    return compensationMillis;
  }

  Instant plannedPickupAt() {
    return plannedPickupAt;
  }

  Instant plannedDeliveryAt() {
    return plannedDeliveryAt;
  }

  Instant acceptedAt() {
    return acceptedAt;
  }

  Instant arrivedStoreAt() {
    return arrivedStoreAt;
  }

  Instant pickedUpAt() {
    return pickedUpAt;
  }

  Instant arrivedCustomerAt() {
    return arrivedCustomerAt;
  }

  Instant seenAtStoreAt() {
    return seenAtStoreAt;
  }

  Instant seenAtCustomerAt() {
    return seenAtCustomerAt;
  }
}

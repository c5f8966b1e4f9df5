package org.shanpai.dispatch.job;

import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.messaging.Json;

/** What the order asks of whoever carries it, as last told. */
@Embeddable
public class OrderTerms {

  private int loadUnits;
  private int weightGrams;
  private String needs;
  private boolean direct;
  private boolean perishable;
  private int longestCarrySeconds;
  private Instant releaseAt;
  private long tipFen;
  private Instant promisedReadyAt;
  private Instant expectedReadyAt;
  private Instant readyAt;
  private String customerKey;

  protected OrderTerms() {}

  static OrderTerms of(OrderState order) {
    OrderTerms terms = new OrderTerms();
    terms.loadUnits = Math.max(1, order.loadUnits());
    terms.weightGrams = order.weightGrams();
    terms.needs = Json.write(order.needs() == null ? Set.of() : new TreeSet<>(order.needs()));
    terms.direct = order.direct();
    terms.perishable = Boolean.TRUE.equals(order.perishable());
    terms.longestCarrySeconds =
        order.longestCarrySeconds() == null ? 0 : Math.max(0, order.longestCarrySeconds());
    terms.releaseAt = order.releaseAt();
    terms.tip(order.tip());
    terms.promisedReadyAt = order.expectedReadyAt();
    terms.expectedReadyAt = order.expectedReadyAt();
    terms.readyAt = order.readyAt();
    terms.customerKey = order.customerKey();
    return terms;
  }

  /**
   * What the kitchen says now.
   *
   * @return whether anything is new
   */
  boolean kitchen(Instant expected, Instant ready) {
    if (Objects.equals(expectedReadyAt, expected) && Objects.equals(readyAt, ready)) {
      return false;
    }
    expectedReadyAt = expected;
    readyAt = ready;
    return true;
  }

  /**
   * What the merchant adds; it only rises.
   *
   * @return whether it rose
   */
  final boolean tip(Money told) {
    if (told == null || told.fen() <= tipFen) {
      return false;
    }
    tipFen = told.fen();
    return true;
  }

  /**
   * Who the customer is, as far as dispatch is told.
   *
   * @param key null when the order's personal data was erased
   * @return whether that is news
   */
  boolean customer(String key) {
    if (Objects.equals(customerKey, key)) {
      return false;
    }
    customerKey = key;
    return true;
  }

  int loadUnits() {
    return loadUnits;
  }

  int weightGrams() {
    return weightGrams;
  }

  Set<String> needs() {
    return Set.of(Json.read(needs, String[].class));
  }

  boolean direct() {
    return direct;
  }

  /** Whether goods that nobody takes are disposed of, not brought back. */
  public boolean perishable() {
    return perishable;
  }

  /** Seconds the goods may be under way; 0 for no limit. */
  public int longestCarrySeconds() {
    return longestCarrySeconds;
  }

  /** From when on a pre-booked job is dispatched; null for at once. */
  public Instant releaseAt() {
    return releaseAt;
  }

  /** Null for none. */
  public Money tip() {
    return tipFen == 0 ? null : Money.ofFen(tipFen);
  }

  Instant promisedReadyAt() {
    return promisedReadyAt;
  }

  Instant expectedReadyAt() {
    return expectedReadyAt;
  }

  Instant readyAt() {
    return readyAt;
  }
}

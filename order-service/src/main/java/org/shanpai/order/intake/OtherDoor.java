package org.shanpai.order.intake;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.DemandMissed;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.FeeParts;
import org.shanpai.order.orders.Order;
import org.shanpai.order.quote.DeliveryQuote;
import org.shanpai.order.quote.DeliveryQuotes;
import org.shanpai.order.store.Store;
import org.shanpai.order.store.Stores;

/** Whether the goods of an order can go to another door, and what that makes of the fee. */
@ApplicationScoped
public class OtherDoor {

  private final Tx tx;
  private final Stores stores;
  private final DeliveryQuotes quotes;
  private final FeeTable fees;
  private final double detourFactor;

  OtherDoor(Tx tx, Stores stores, DeliveryQuotes quotes, IntakeSettings settings) {
    this.tx = tx;
    this.stores = stores;
    this.quotes = quotes;
    this.fees = FeeTable.of(settings.fee());
    this.detourFactor = settings.fee().detourFactor();
  }

  /**
   * What another door comes to.
   *
   * @param metres from store to door as the crow flies, rounded up
   * @param differenceFen what it makes of the fee as it stands now; below zero for cheaper
   */
  public record Terms(int metres, long differenceFen) {}

  /**
   * Asks geo-service once, outside any transaction. Only the distance moves the fee: weight, tier,
   * hour and weather stay as agreed.
   *
   * @throws Problem 422 on {@code dropoff.place}: {@code out-of-range}, {@code no-go-zone}, {@code
   *     no-way}
   */
  public Uni<Terms> terms(Order order, GeoPoint door) {
    return tx.read(() -> stores.find(order.storeId()))
        .map(
            found ->
                found.orElseThrow(() -> new IllegalStateException("no store " + order.storeId())))
        .chain(
            store ->
                quotes
                    .quote(
                        new DeliveryQuotes.Question(
                            order.merchantId(),
                            order.storeId(),
                            store.place(),
                            order.areaId(),
                            door,
                            null,
                            order.terms().releaseAt()))
                    .map(quote -> terms(order, store, door, quote)));
  }

  private Terms terms(Order order, Store store, GeoPoint door, DeliveryQuote quote) {
    if (quote.refusal() != null) {
      throw Refusal.of(quote.refusal(), store.id());
    }
    int metres = (int) Math.ceil(store.place().metresTo(door));
    if (!quote.inDrawnRange() && metres > store.rangeMetres()) {
      throw new Refusal(
          DemandMissed.Reason.OUT_OF_RANGE,
          422,
          "out-of-range",
          "dropoff.place",
          "The place is "
              + metres
              + " m from the store, which delivers up to "
              + store.rangeMetres()
              + " m.",
          0);
    }
    if (order.sandbox()) {
      return new Terms(metres, 0);
    }
    int payable =
        quote.roadMetres() != null ? quote.roadMetres() : (int) Math.ceil(metres * detourFactor);
    return new Terms(metres, distanceFen(payable) - distanceFenNow(order));
  }

  private long distanceFenNow(Order order) {
    FeeParts agreed = order.terms().fee();
    long atFirst =
        agreed != null
            ? agreed.distanceFen()
            : distanceFen((int) Math.ceil(order.distanceMetres() * detourFactor));
    return atFirst + order.requests().changeFen();
  }

  private long distanceFen(int metres) {
    return fees.distance().fen(metres - (long) fees.baseMetres());
  }
}

package org.shanpai.order.intake;

import java.util.List;
import java.util.function.Predicate;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.ToldPlace;
import org.shanpai.order.orders.Contact;
import org.shanpai.order.orders.Item;
import org.shanpai.order.sandbox.SandboxWish;

/**
 * What a merchant asks for; well-formed, not yet checked against the store and the city.
 *
 * @param merchantOrderNo null when none
 * @param told where the goods go, in the merchant's words
 * @param loadUnits 1–8; null to have it worked out
 * @param expectedReadySeconds from now; null for the store's usual time
 * @param promiseSeconds null for the standard promise
 * @param sandbox the life it shall play; null for an order that is carried out
 */
public record OrderRequest(
    StoreId storeId,
    String merchantOrderNo,
    Told told,
    Contact contact,
    List<Item> items,
    Integer loadUnits,
    PromiseTier tier,
    Integer expectedReadySeconds,
    Integer promiseSeconds,
    SandboxWish sandbox) {

  /** A place and the system it was told in. */
  public record Told(ToldPlace place, CoordinateSystem system) {}

  /** Where the goods go. */
  public GeoPoint dropoff() {
    return told.place().in(told.system());
  }

  /**
   * What to say besides of a drop-off that does not fit.
   *
   * @return a sentence after a space, or nothing
   */
  String hint(Predicate<GeoPoint> fits) {
    return told.place().hint(told.system(), fits).map(" "::concat).orElse("");
  }
}

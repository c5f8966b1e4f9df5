package org.shanpai.order.quote;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.StoreId;

/** Asks whether and how soon a place can be served. */
public interface DeliveryQuotes {

  /**
   * A question.
   *
   * @param pickup where the store is
   * @param readySeconds until the goods are ready, as the merchant says; null to go by what the
   *     store is known for
   * @param at when it is to be brought, city time; null for now
   */
  record Question(
      MerchantId merchant,
      StoreId storeId,
      GeoPoint pickup,
      AreaId areaId,
      GeoPoint door,
      Integer readySeconds,
      Instant at) {}

  /** Never fails and never takes long; {@link DeliveryQuote#UNKNOWN} when nobody answers. */
  Uni<DeliveryQuote> quote(Question question);
}

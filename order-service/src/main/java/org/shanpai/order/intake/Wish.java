package org.shanpai.order.intake;

import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.order.demand.Miss;
import org.shanpai.order.store.Store;
import org.shanpai.order.weather.AreaWeather;

/**
 * What is asked, with the store and the weather it is asked in.
 *
 * @param key the merchant's Idempotency-Key
 */
record Wish(MerchantId merchant, OrderRequest request, String key, Store store, AreaWeather sky) {

  /** From store to door as the crow flies, rounded up. */
  int metres() {
    return (int) Math.ceil(store.place().metresTo(request.dropoff()));
  }

  /**
   * What makes two refused requests one wish: the merchant's own number, where there is one. Else
   * the key of the request, and besides the store, the place and the minute, because whoever tries
   * again in a hurry may do so under a new key.
   */
  List<String> marks(Instant now) {
    if (request.merchantOrderNo() != null) {
      return List.of("number\n" + merchant + "\n" + request.merchantOrderNo());
    }
    GeoPoint near = Miss.rounded(request.dropoff());
    return List.of(
        "place\n%s\n%s\n%s\n%d"
            .formatted(store.id(), near.lat(), near.lon(), now.getEpochSecond() / 60),
        "key\n" + merchant + "\n" + key);
  }
}

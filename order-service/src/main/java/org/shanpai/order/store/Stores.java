package org.shanpai.order.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.StoreId;

/** The stores of the city, in the transaction of the caller. */
public interface Stores {

  Uni<Optional<Store>> find(StoreId id);

  /** The store with its row locked until the transaction ends. */
  Uni<Optional<Store>> lock(StoreId id);

  /**
   * A merchant's stores by id.
   *
   * @param after only ids that sort above it; null for the first
   */
  Uni<List<Store>> list(MerchantId merchant, StoreId after, int limit);

  /**
   * Writes a store.
   *
   * @return false when there is one of that id, whoever owns it; nothing is written then
   */
  Uni<Boolean> insert(Store store);
}

package org.shanpai.order.merchant;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.shanpai.contracts.MerchantId;

/** The merchants of the city, in the transaction of the caller. */
public interface Merchants {

  Uni<Optional<Merchant>> find(MerchantId id);

  Uni<Optional<Merchant>> findByClient(String clientId);

  /**
   * Writes a merchant.
   *
   * @return false when there is one of that id; nothing is written then
   */
  Uni<Boolean> insert(Merchant merchant);
}

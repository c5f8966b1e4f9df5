package org.shanpai.order.privacy;

import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * A table that holds something personal of orders. Make it a bean, and {@link Erasure} empties it
 * together with the contact.
 */
public interface Erasable {

  /** Removes what is personal of these orders, in the caller's transaction; again does no harm. */
  Uni<Void> erase(List<String> orderIds);
}

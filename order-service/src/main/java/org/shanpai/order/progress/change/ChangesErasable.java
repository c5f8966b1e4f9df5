package org.shanpai.order.progress.change;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.shanpai.messaging.Tx;
import org.shanpai.order.privacy.Erasable;

/** What was asked of a door and never decided goes with the customer's data. */
@ApplicationScoped
class ChangesErasable implements Erasable {

  private final Tx tx;

  ChangesErasable(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<Void> erase(List<String> orderIds) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update order_change set sealed = null where order_id in (:ids)")
                    .setParameter("ids", orderIds)
                    .executeUpdate())
        .replaceWithVoid();
  }
}

package org.shanpai.order.feedback.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.shanpai.messaging.Tx;
import org.shanpai.order.privacy.Erasable;

/** What customers wrote goes together with who they were. */
@ApplicationScoped
class WordsErasable implements Erasable {

  private final Tx tx;

  WordsErasable(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<Void> erase(List<String> orderIds) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update order_feedback set words = null"
                            + " where order_id in (:orders) and words is not null")
                    .setParameter("orders", orderIds)
                    .executeUpdate())
        .replaceWithVoid();
  }
}

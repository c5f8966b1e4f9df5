package org.shanpai.order.fraud.kafka;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.OrderFeedback;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.order.fraud.ClaimKind;
import org.shanpai.order.fraud.FraudWatch;

/** A customer who complains that nothing came claims it. */
@ApplicationScoped
class ComplaintHandler implements EventHandler<OrderFeedback> {

  private final FraudWatch watch;

  ComplaintHandler(FraudWatch watch) {
    this.watch = watch;
  }

  @Override
  public EventType<OrderFeedback> type() {
    return EventType.ORDER_FEEDBACK;
  }

  @Override
  public Uni<Void> on(Event<OrderFeedback> event) {
    OrderFeedback said = event.data();
    boolean claims =
        said.kind() == OrderFeedback.Kind.COMPLAINT
            && said.tags() != null
            && said.tags().contains(ClaimKind.NOT_RECEIVED.name());
    return claims
        ? watch.complained(said.orderId(), ClaimKind.NOT_RECEIVED)
        : Uni.createFrom().voidItem();
  }
}

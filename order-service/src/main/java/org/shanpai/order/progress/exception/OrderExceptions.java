package org.shanpai.order.progress.exception;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.ExceptionReason.Reporter;
import org.shanpai.contracts.event.ExceptionReason.Stage;

/** What went wrong with orders, in the transaction of the caller. */
public interface OrderExceptions {

  /**
   * One that was noted.
   *
   * @param at city time
   */
  record Noted(ExceptionReason reason, Reporter reporter, Stage stage, Instant at) {}

  /**
   * Notes it, unless the same kind of reporter gave the same reason for the order before.
   *
   * @return false when it was known
   */
  Uni<Boolean> note(OrderException exception);

  /** Those of an order, the oldest first. */
  Uni<List<Noted>> of(OrderId order);

  /**
   * How many orders of a store had it.
   *
   * @param since city time, included
   */
  Uni<Long> count(StoreId store, ExceptionReason reason, Instant since);
}

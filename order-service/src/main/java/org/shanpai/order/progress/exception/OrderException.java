package org.shanpai.order.progress.exception;

import java.time.Instant;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.ExceptionReason.Reporter;
import org.shanpai.contracts.event.ExceptionReason.Stage;
import org.shanpai.order.orders.Order;

/**
 * Something that went wrong with an order; what follows from it is in the reason's row.
 *
 * @param at city time
 */
public record OrderException(
    Order order, ExceptionReason reason, Reporter reporter, Stage stage, Instant at) {}

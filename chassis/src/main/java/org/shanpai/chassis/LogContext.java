package org.shanpai.chassis;

import org.jboss.logging.MDC;

/** What every log line of the present request or event carries beside the trace id. */
public final class LogContext {

  private LogContext() {}

  /** Names the order that is being worked on; no personal data may go here. */
  public static void order(String orderId) {
    MDC.put("orderId", orderId);
  }

  /** Names the rider that is being worked on. */
  public static void rider(String riderId) {
    MDC.put("riderId", riderId);
  }

  public static void clear() {
    MDC.remove("orderId");
    MDC.remove("riderId");
  }
}

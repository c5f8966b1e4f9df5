package org.shanpai.chassis.problem;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

/** The trace id a caller can quote when asking for help. */
final class TraceIds {

  private TraceIds() {}

  /** The present trace's id, or null outside a trace. */
  static String current() {
    SpanContext context = Span.current().getSpanContext();
    return context.isValid() ? context.getTraceId() : null;
  }
}

package org.shanpai.messaging;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Reads the instant out of a native query's column, whatever class the driver gives it. */
public final class Instants {

  private Instants() {}

  /**
   * @param column null, or what a {@code timestamptz} column was read as
   */
  public static Instant of(Object column) {
    if (column == null) {
      return null;
    }
    if (column instanceof Instant instant) {
      return instant;
    }
    if (column instanceof OffsetDateTime offset) {
      return offset.toInstant();
    }
    if (column instanceof LocalDateTime local) {
      return local.toInstant(ZoneOffset.UTC);
    }
    throw new IllegalArgumentException("no instant: " + column.getClass());
  }
}

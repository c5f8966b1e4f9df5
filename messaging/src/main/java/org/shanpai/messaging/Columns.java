package org.shanpai.messaging;

import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Array;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * Many rows as one array for each column, for {@code unnest(:a::text[], :b::int[])}: they travel in
 * PostgreSQL's own form, and nobody has to write or read them as text. Elements may be null where
 * the class allows it.
 *
 * @param <R> a row
 */
public final class Columns<R> {

  private final List<R> rows;

  private Columns(List<R> rows) {
    this.rows = rows;
  }

  public static <R> Columns<R> of(List<R> rows) {
    return new Columns<>(rows);
  }

  /** A {@code text[]}. */
  public String[] texts(Function<R, String> column) {
    return array(String.class, column);
  }

  /** An {@code int[]}. */
  public Integer[] ints(ToIntFunction<R> column) {
    return array(Integer.class, column::applyAsInt);
  }

  /** A {@code bigint[]}. */
  public Long[] longs(ToLongFunction<R> column) {
    return array(Long.class, column::applyAsLong);
  }

  /** A {@code date[]}. */
  public LocalDate[] dates(Function<R, LocalDate> column) {
    return array(LocalDate.class, column);
  }

  /** A {@code timestamptz[]}. */
  public OffsetDateTime[] instants(Function<R, Instant> column) {
    return array(
        OffsetDateTime.class,
        row -> {
          Instant at = column.apply(row);
          return at == null ? null : at.atOffset(ZoneOffset.UTC);
        });
  }

  /** A {@code bytea[]}. */
  public Buffer[] bytes(Function<R, byte[]> column) {
    return array(
        Buffer.class,
        row -> {
          byte[] bytes = column.apply(row);
          return bytes == null ? null : Buffer.buffer(bytes);
        });
  }

  private <T> T[] array(Class<T> type, Function<R, T> column) {
    @SuppressWarnings("unchecked") // of that very class
    T[] array = (T[]) Array.newInstance(type, rows.size());
    for (int i = 0; i < array.length; i++) {
      array[i] = column.apply(rows.get(i));
    }
    return array;
  }
}

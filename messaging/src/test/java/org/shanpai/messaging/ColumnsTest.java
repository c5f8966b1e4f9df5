package org.shanpai.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows as columns, each of the class PostgreSQL's client sends as an array. */
class ColumnsTest {

  private record Row(String name, int count, byte[] bytes, Instant at, LocalDate day) {}

  private static final Instant AT = Instant.parse("2026-03-02T04:00:00.123Z");
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  private final Columns<Row> columns =
      Columns.of(
          List.of(
              new Row("a", 1, new byte[] {1, -1}, AT, DAY), new Row(null, 2, null, null, null)));

  @Test
  void everyColumnHasTheRowsInTheirOrder() {
    assertThat(columns.texts(Row::name)).containsExactly("a", null);
    assertThat(columns.ints(Row::count)).containsExactly(1, 2);
    assertThat(columns.longs(row -> 10L * row.count())).containsExactly(10L, 20L);
    assertThat(columns.dates(Row::day)).containsExactly(DAY, null);
    assertThat(columns.bytes(Row::bytes)).containsExactly(Buffer.buffer(new byte[] {1, -1}), null);
    assertThat(columns.instants(Row::at))
        .containsExactly(OffsetDateTime.ofInstant(AT, ZoneOffset.UTC), null);
  }

  @Test
  void noRowsAreEmptyArraysOfTheRightClass() {
    Columns<Row> none = Columns.of(List.of());
    assertThat(none.texts(Row::name)).isInstanceOf(String[].class).isEmpty();
    assertThat(none.bytes(Row::bytes)).isInstanceOf(Buffer[].class).isEmpty();
  }
}

package org.shanpai.geo.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.shanpai.geo.track.TrackPackerTest.point;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrackBufferTest {

  private static final long NOW = 1_790_000_000_000L;
  private static final long MINUTE = 60_000;

  private static List<TrackPoint> seconds(long from, long to) {
    return LongStream.range(from, to).mapToObj(second -> point(NOW + second * 1_000)).toList();
  }

  @Test
  void aChunkIsFullByCountOrByTimeOrWhenItIsClosed() {
    TrackBuffer buffer = new TrackBuffer(10, 2 * MINUTE, 1_000_000);
    buffer.add("r-1", seconds(0, 25));
    assertThat(buffer.drain(9)).extracting(TrackChunk::points).containsExactly(10, 10);
    buffer.add("r-2", List.of(point(NOW), point(NOW + MINUTE), point(NOW + 2 * MINUTE)));
    assertThat(buffer.drain(9)).extracting(TrackChunk::points).containsExactly(3);
    buffer.closeBegunBefore(NOW + 10_000);
    assertThat(buffer.drain(9)).as("begun in the twentieth second").isEmpty();
    buffer.closeBegunBefore(NOW + 30_000);
    assertThat(buffer.drain(9)).extracting(TrackChunk::points).containsExactly(5);
    assertThat(buffer.bytes()).as("nothing is left").isZero();
  }

  @Test
  void memoryIsBoundedAndTheOldestReadingsGo() {
    TrackBuffer buffer = new TrackBuffer(10, 2 * MINUTE, 20_000);
    for (int i = 0; i < 1_000; i++) {
      buffer.add("r-" + i, seconds(i, i + 15));
      assertThat(buffer.bytes()).isBetween(0L, 20_000L);
    }
    assertThat(buffer.droppedPoints()).isGreaterThan(10_000);
    assertThat(buffer.of("r-0")).isEmpty();
    assertThat(buffer.of("r-999")).isEqualTo(seconds(999, 1_014));
    buffer.closeBegunBefore(Long.MAX_VALUE);
    List<TrackChunk> left = buffer.drain(10_000);
    long points = left.stream().mapToLong(TrackChunk::points).sum();
    assertThat(points + buffer.droppedPoints())
        .as("every reading is kept or counted")
        .isEqualTo(15_000);
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void whatCouldNotBeWrittenWaitsAgainAsTheOldest() {
    TrackBuffer buffer = new TrackBuffer(5, 2 * MINUTE, 1_000_000);
    buffer.add("r-1", seconds(0, 15));
    List<TrackChunk> batch = buffer.drain(2);
    buffer.add("r-1", seconds(15, 20));
    buffer.putBack(batch);
    assertThat(buffer.drain(9))
        .extracting(TrackChunk::firstAt)
        .containsExactly(NOW, NOW + 5_000, NOW + 10_000, NOW + 15_000);
    assertThat(buffer.bytes()).isZero();
    TrackBuffer small = new TrackBuffer(5, 2 * MINUTE, 900);
    small.putBack(batch);
    small.putBack(batch);
    assertThat(small.bytes()).isBetween(1L, 900L);
    assertThat(small.droppedPoints()).isPositive();
  }
}

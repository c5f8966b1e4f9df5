package org.shanpai.geo.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.GeoPoint;

class TrackPackerTest {

  private static final long NOW = 1_790_000_000_000L;

  private static GeoPoint rounded(double lat, double lon) {
    return new GeoPoint(Math.round(lat * 1e6) / 1e6, Math.round(lon * 1e6) / 1e6);
  }

  private static TrackChunk packed(List<TrackPoint> points) {
    TrackPacker packer = new TrackPacker();
    points.forEach(packer::add);
    return packer.chunk("r-1");
  }

  @Test
  void whateverIsPackedComesBack() {
    Random random = new Random(21);
    for (int round = 0; round < 300; round++) {
      List<TrackPoint> points = new ArrayList<>();
      for (int i = random.nextInt(80); i >= 0; i--) {
        long at = NOW + random.nextInt(2_000_000_000) - 1_000_000_000L;
        points.add(
            new TrackPoint(
                at,
                rounded(random.nextDouble() * 180 - 90, random.nextDouble() * 360 - 180),
                random.nextInt(20_000) / 10.0,
                random.nextInt(101),
                at + random.nextInt(200_000_000) - 100_000_000L,
                at + random.nextInt(200_000_000) - 100_000_000L));
      }
      TrackChunk chunk = packed(points);
      assertThat(TrackPacker.unpack(chunk.data())).as("seed 21, round %d", round).isEqualTo(points);
      assertThat(chunk.points()).isEqualTo(points.size());
      assertThat(chunk.firstAt())
          .isEqualTo(points.stream().mapToLong(TrackPoint::at).min().orElseThrow());
      assertThat(chunk.lastAt())
          .isEqualTo(points.stream().mapToLong(TrackPoint::at).max().orElseThrow());
    }
  }

  @Test
  void aReadingOfARideTakesAboutADozenBytes() {
    Random random = new Random(22);
    List<TrackPoint> points = new ArrayList<>();
    GeoPoint place = new GeoPoint(31.23, 121.47);
    for (int i = 0; i < 60; i++) {
      place = place.offsetMetres(40 + random.nextGaussian() * 3, 20 + random.nextGaussian() * 3);
      long at = NOW + i * 10_000L + random.nextInt(50);
      points.add(
          new TrackPoint(at, place, 5 + random.nextInt(10), 100, at, at + random.nextInt(20_000)));
    }
    assertThat(packed(points).data().length).isLessThan(60 * 14);
  }

  @Test
  void bytesThatAreNoTrackAreNoTrack() {
    byte[] data = packed(List.of(point(NOW))).data();
    assertThatThrownBy(() -> TrackPacker.unpack(Arrays.copyOf(data, data.length - 1)))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] endless = new byte[20];
    Arrays.fill(endless, (byte) 0xff);
    assertThatThrownBy(() -> TrackPacker.unpack(endless))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static TrackPoint point(long at) {
    return new TrackPoint(at, new GeoPoint(31.23, 121.47), 5, 100, at, at);
  }
}

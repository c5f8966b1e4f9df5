package org.shanpai.osm;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.shanpai.contracts.GeoPoint;

/**
 * Streets on their way into an OpenStreetMap {@code .pbf} file: points, and ways along them, each
 * with tags. Written as dense nodes and ways, 100 nanodegrees exact (about a centimetre), the same
 * bytes for the same content.
 *
 * <p>Format: <a href="https://wiki.openstreetmap.org/wiki/PBF_Format">PBF</a>. Not thread-safe.
 */
public final class OsmFile {

  private static final int BLOCK = 8_000;
  private static final long UNITS_PER_DEGREE = 10_000_000;
  private static final long NANODEGREES = 1_000_000_000;

  private record Point(long lat, long lon, Map<String, String> tags) {}

  private record Way(List<Long> points, Map<String, String> tags) {}

  private final List<Point> points = new ArrayList<>();
  private final List<Way> ways = new ArrayList<>();

  /** Adds a point and returns its number, from 1. */
  public long point(GeoPoint place) {
    return point(place, Map.of());
  }

  /** Adds a point with tags, such as {@code barrier=gate}, and returns its number. */
  public long point(GeoPoint place, Map<String, String> tags) {
    points.add(
        new Point(
            Math.round(place.lat() * UNITS_PER_DEGREE),
            Math.round(place.lon() * UNITS_PER_DEGREE),
            Map.copyOf(tags)));
    return points.size();
  }

  /**
   * Adds a way along points.
   *
   * @param along two numbers of points or more
   * @param tags such as {@code highway=residential}
   * @throws IllegalArgumentException when there are fewer, or one is unknown
   */
  public void way(List<Long> along, Map<String, String> tags) {
    if (along.size() < 2) {
      throw new IllegalArgumentException("A way needs two points, not " + along);
    }
    for (long point : along) {
      if (point < 1 || point > points.size()) {
        throw new IllegalArgumentException("There is no point " + point);
      }
    }
    ways.add(new Way(List.copyOf(along), Map.copyOf(tags)));
  }

  public int points() {
    return points.size();
  }

  public int ways() {
    return ways.size();
  }

  /** Writes the file, whole or not at all; one that was there is replaced. */
  public void write(Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
      blob(out, "OSMHeader", header());
      for (int from = 0; from < points.size(); from += BLOCK) {
        blob(out, "OSMData", dense(from, Math.min(points.size(), from + BLOCK)));
      }
      for (int from = 0; from < ways.size(); from += BLOCK) {
        blob(out, "OSMData", lines(from, Math.min(ways.size(), from + BLOCK)));
      }
    }
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void blob(DataOutputStream out, String type, byte[] block) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      deflater.write(block);
    }
    byte[] blob =
        new ProtobufBytes().number(2, block.length).bytes(3, packed.toByteArray()).toBytes();
    byte[] header = new ProtobufBytes().text(1, type).number(3, blob.length).toBytes();
    out.writeInt(header.length);
    out.write(header);
    out.write(blob);
  }

  private byte[] header() {
    ProtobufBytes header = new ProtobufBytes();
    if (!points.isEmpty()) {
      long scale = NANODEGREES / UNITS_PER_DEGREE;
      header.bytes(
          1,
          new ProtobufBytes()
              .signed(1, scale * points.stream().mapToLong(Point::lon).min().getAsLong())
              .signed(2, scale * points.stream().mapToLong(Point::lon).max().getAsLong())
              .signed(3, scale * points.stream().mapToLong(Point::lat).max().getAsLong())
              .signed(4, scale * points.stream().mapToLong(Point::lat).min().getAsLong())
              .toBytes());
    }
    return header
        .text(4, "OsmSchema-V0.6")
        .text(4, "DenseNodes")
        .text(5, "Sort.Type_then_ID")
        .text(16, "shanpai")
        .toBytes();
  }

  /** The texts of one block by number; number 0 is reserved. */
  private static final class Texts {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    int number(String text) {
      return numbers.computeIfAbsent(text, unknown -> numbers.size() + 1);
    }

    byte[] toBytes() {
      ProtobufBytes table = new ProtobufBytes().text(1, "");
      numbers.keySet().forEach(text -> table.bytes(1, text.getBytes(StandardCharsets.UTF_8)));
      return table.toBytes();
    }
  }

  private byte[] dense(int from, int to) {
    Texts texts = new Texts();
    ProtobufBytes ids = new ProtobufBytes();
    ProtobufBytes lats = new ProtobufBytes();
    ProtobufBytes lons = new ProtobufBytes();
    ProtobufBytes tags = new ProtobufBytes();
    boolean tagged = false;
    long id = 0;
    long lat = 0;
    long lon = 0;
    for (int i = from; i < to; i++) {
      Point point = points.get(i);
      ids.rawSigned(i + 1 - id);
      lats.rawSigned(point.lat - lat);
      lons.rawSigned(point.lon - lon);
      id = i + 1;
      lat = point.lat;
      lon = point.lon;
      for (Map.Entry<String, String> tag : sorted(point.tags)) {
        tagged = true;
        tags.raw(texts.number(tag.getKey())).raw(texts.number(tag.getValue()));
      }
      tags.raw(0);
    }
    ProtobufBytes dense =
        new ProtobufBytes()
            .bytes(1, ids.toBytes())
            .bytes(8, lats.toBytes())
            .bytes(9, lons.toBytes());
    if (tagged) {
      dense.bytes(10, tags.toBytes());
    }
    return block(texts, new ProtobufBytes().bytes(2, dense.toBytes()));
  }

  private byte[] lines(int from, int to) {
    Texts texts = new Texts();
    ProtobufBytes group = new ProtobufBytes();
    for (int i = from; i < to; i++) {
      Way way = ways.get(i);
      ProtobufBytes keys = new ProtobufBytes();
      ProtobufBytes values = new ProtobufBytes();
      for (Map.Entry<String, String> tag : sorted(way.tags)) {
        keys.raw(texts.number(tag.getKey()));
        values.raw(texts.number(tag.getValue()));
      }
      ProtobufBytes refs = new ProtobufBytes();
      long before = 0;
      for (long point : way.points) {
        refs.rawSigned(point - before);
        before = point;
      }
      group.bytes(
          3,
          new ProtobufBytes()
              .number(1, i + 1)
              .bytes(2, keys.toBytes())
              .bytes(3, values.toBytes())
              .bytes(8, refs.toBytes())
              .toBytes());
    }
    return block(texts, group);
  }

  private static byte[] block(Texts texts, ProtobufBytes group) {
    return new ProtobufBytes().bytes(1, texts.toBytes()).bytes(2, group.toBytes()).toBytes();
  }

  private static List<Map.Entry<String, String>> sorted(Map<String, String> tags) {
    return tags.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
  }
}

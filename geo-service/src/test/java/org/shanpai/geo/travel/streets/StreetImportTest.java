package org.shanpai.geo.travel.streets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.osm.OsmFile;
import org.shanpai.osm.Town;

@Timeout(120)
class StreetImportTest {

  @TempDir Path folder;

  private final List<String> stages = new ArrayList<>();

  private StreetGraph read(Path file, Path cache) {
    stages.clear();
    return StreetGraph.read(MadeStreets.settings(file, cache, 1, 1_000), 15, stages::add);
  }

  @Test
  void whatIsNoStreetFileIsRefusedInOneSentenceThatSaysWhatToDo() throws IOException {
    Path good = folder.resolve("good.pbf");
    Town.make(1, 900).file().write(good);
    byte[] bytes = Files.readAllBytes(good);
    byte[] scrambled = bytes.clone();
    for (int i = 2_000; i < 3_000; i++) {
      scrambled[i] ^= 0x5a;
    }
    byte[] noGzip = {0x1f, (byte) 0x8b, 1, 2, 3, 4, 5, 6, 7, 8};
    List<byte[]> bad =
        List.of(
            "this is no map".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            noGzip,
            Arrays.copyOf(bytes, bytes.length / 2),
            scrambled,
            "<?xml version=\"1.0\"?><gpx></gpx>".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < bad.size(); i++) {
      for (String name : List.of("bad%d.pbf", "bad%d.osm")) {
        Path file = folder.resolve(name.formatted(i));
        Files.write(file, bad.get(i));
        assertThatThrownBy(() -> read(file, null))
            .as("%s", file)
            .isInstanceOf(StreetFileUnusable.class)
            .hasMessageContaining(file.toString())
            .hasMessageContaining("shanpai.geo.streets.file")
            .hasMessageNotContaining("\n");
      }
    }
    assertThatThrownBy(() -> read(folder.resolve("none.pbf"), null))
        .hasMessageContaining("is missing");
    assertThatThrownBy(() -> read(folder, null)).hasMessageContaining("is missing");
  }

  @Test
  void aFileWithoutAStreetForBicyclesIsRefused() throws IOException {
    Drawn drawn = new Drawn(Town.MIDDLE).point("a", 0, 0).point("b", 0, 900);
    Path file = drawn.street("a b", "highway=motorway").write(folder.resolve("m.pbf"));
    assertThatThrownBy(() -> read(file, null)).hasMessageContaining("no street");
    Path empty = folder.resolve("empty.pbf");
    new OsmFile().write(empty);
    assertThatThrownBy(() -> read(empty, null)).isInstanceOf(StreetFileUnusable.class);
  }

  @Test
  void packedXmlIsReadLikePbf() throws IOException {
    Path file = folder.resolve("small.osm.gz");
    String xml =
        "<?xml version='1.0'?><osm version='0.6'><node id='1' lat='31.0' lon='121.0'/>"
            + "<node id='2' lat='31.01' lon='121.0'/><way id='1'><nd ref='1'/><nd ref='2'/>"
            + "<tag k='highway' v='tertiary'/></way></osm>";
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(xml.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read(file, null).streets()).isEqualTo(1);
  }

  @Test
  void theGraphIsKeptByTheHashOfItsFile() throws IOException {
    Path cache = folder.resolve("cache");
    Path file = folder.resolve("town.pbf");
    Town.make(1, 400).file().write(file);
    int streets = read(file, cache).streets();
    assertThat(stages).contains("reading crossings and streets");
    List<Path> kept = list(cache);
    assertThat(kept).hasSize(1);

    // The same content under another name and a younger date.
    Path copy = folder.resolve("copy.pbf");
    Files.copy(file, copy);
    assertThat(read(copy, cache).streets()).isEqualTo(streets);
    assertThat(stages).doesNotContain("reading crossings and streets");
    assertThat(list(cache)).isEqualTo(kept);

    // Another town: made anew, and the old one goes.
    Town.make(2, 400).file().write(file);
    assertThat(read(file, cache).streets()).isNotEqualTo(streets);
    assertThat(stages).contains("reading crossings and streets");
    assertThat(list(cache)).hasSize(1).doesNotContainAnyElementsOf(kept);
  }

  @Test
  void aKeptGraphThatWasCutShortIsMadeAnew() throws IOException {
    Path cache = folder.resolve("cache");
    Path file = folder.resolve("town.pbf");
    Town.make(1, 400).file().write(file);
    int streets = read(file, cache).streets();
    Path kept = list(cache).get(0);
    Files.write(kept.resolve("edges"), new byte[100]);
    assertThat(read(file, cache).streets()).isEqualTo(streets);
    assertThat(stages).contains("reading crossings and streets");
    // Killed before the last line was written.
    Files.delete(kept.resolve("complete"));
    assertThat(read(file, cache).streets()).isEqualTo(streets);
    assertThat(stages).contains("reading crossings and streets");
  }

  @Test
  void aCacheThatCannotBeWrittenCostsOnlyTime() throws IOException {
    Path file = folder.resolve("town.pbf");
    Town.make(1, 400).file().write(file);
    Path occupied = folder.resolve("occupied");
    Files.writeString(occupied, "a file where a folder should be");
    assertThat(read(file, occupied).streets()).isPositive();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }
}

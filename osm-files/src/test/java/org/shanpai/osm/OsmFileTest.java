package org.shanpai.osm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.contracts.GeoPoint;

/** The reading side is tested where streets are read, with a reader that is not ours. */
class OsmFileTest {

  @TempDir Path folder;

  @Test
  void numbersAreWrittenAsTheProtobufGuideSays() {
    assertThat(new ProtobufBytes().number(1, 150).toBytes()).containsExactly(0x08, 0x96, 0x01);
    assertThat(new ProtobufBytes().rawSigned(0).rawSigned(-1).rawSigned(1).rawSigned(-2).toBytes())
        .containsExactly(0, 1, 2, 3);
    assertThat(new ProtobufBytes().text(2, "testing").toBytes())
        .containsExactly(0x12, 0x07, 't', 'e', 's', 't', 'i', 'n', 'g');
    assertThat(new ProtobufBytes().raw(-1).size()).isEqualTo(10);
  }

  @Test
  void aFileBeginsWithItsHeaderAndIsTheSameForTheSameTown() throws IOException {
    Path one = folder.resolve("one.pbf");
    Path two = folder.resolve("two.pbf");
    Town.make(7, 900).file().write(one);
    Town.make(7, 900).file().write(two);
    assertThat(Files.readAllBytes(one)).isEqualTo(Files.readAllBytes(two));
    Town.make(8, 900).file().write(two);
    assertThat(Files.readAllBytes(one)).isNotEqualTo(Files.readAllBytes(two));
    try (DataInputStream in = new DataInputStream(Files.newInputStream(one))) {
      byte[] header = in.readNBytes(in.readInt());
      assertThat(new String(header, StandardCharsets.ISO_8859_1)).contains("OSMHeader");
    }
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(one, two);
    }
  }

  @Test
  void aWayNeedsPointsThatExist() {
    OsmFile file = new OsmFile();
    long only = file.point(Town.MIDDLE);
    assertThatThrownBy(() -> file.way(List.of(only), Map.of())).hasMessageContaining("two points");
    assertThatThrownBy(() -> file.way(List.of(only, 2L), Map.of()))
        .hasMessageContaining("no point 2");
  }

  @Test
  void aTownHasAsManyCrossingsAsAskedAndDoorsBesideThem() {
    Town town = Town.make(1, 10_000);
    assertThat(town.crossings()).hasSize(10_000);
    assertThat(new HashSet<>(town.crossings())).hasSize(10_000);
    assertThat(town.file().ways()).isGreaterThan(3_000);
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      GeoPoint door = town.door(random);
      assertThat(town.crossings().stream().mapToDouble(door::metresTo).min().orElseThrow())
          .isLessThan(65);
    }
  }
}

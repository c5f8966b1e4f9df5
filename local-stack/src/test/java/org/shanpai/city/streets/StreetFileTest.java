package org.shanpai.city.streets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.stack.CannotRun;

class StreetFileTest {

  private static final Plane PLANE = new Plane(new GeoPoint(31.2304, 121.4737));

  @TempDir Path folder;

  @Test
  void theSameCityMakesTheSameFileSoThatItsGraphIsKept() throws IOException {
    Path one = folder.resolve("one.pbf");
    Path two = folder.resolve("two.pbf");
    assertThat(StreetFile.write(StreetMaker.city(1), PLANE, one)).contains(one);
    StreetFile.write(StreetMaker.city(1), PLANE, two);
    assertThat(one).hasSameBinaryContentAs(two);
    StreetFile.write(StreetMaker.city(2), PLANE, two);
    assertThat(Files.mismatch(one, two)).isNotNegative();
  }

  @Test
  void openCountryHasNoFile() {
    Path file = folder.resolve("none.pbf");
    assertThat(StreetFile.write(Ground.open(), PLANE, file)).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileThatCannotBeWrittenIsSaidInOneSentence() {
    assertThatThrownBy(
            () -> StreetFile.write(StreetMaker.city(1), PLANE, folder.resolve("no/such.pbf")))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("such.pbf");
  }
}

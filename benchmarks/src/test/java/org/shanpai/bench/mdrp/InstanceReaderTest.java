package org.shanpai.bench.mdrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.bench.CannotRun;

/** Broken folders are told in one sentence with the file and the line. */
class InstanceReaderTest {

  @TempDir private Path folder;

  private Path copy;

  @BeforeEach
  void copyTheInstance() throws IOException {
    copy = Files.createDirectory(folder.resolve("copy"));
    try (Stream<Path> files = Files.list(Crossroads.folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
  }

  private void edit(String file, String from, String to) throws IOException {
    String text = Files.readString(copy.resolve(file));
    assertThat(text).contains(from);
    Files.writeString(copy.resolve(file), text.replace(from, to));
  }

  private void refused(String why) {
    assertThatThrownBy(() -> InstanceReader.read(copy))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining(why);
  }

  @Test
  void everythingIsReadInItsUnit() {
    Instance read = InstanceReader.read(copy);
    assertThat(read.name()).isEqualTo("copy");
    assertThat(read.parameters()).isEqualTo(new Instance.Parameters(100, 20, 20, 400, 10, 15));
    assertThat(read.restaurants()).isEqualTo(2);
    assertThat(read.couriers()).isEqualTo(3);
    assertThat(read.orders()).isEqualTo(4);
    assertThat(read.onTime(2)).isEqualTo(300);
    assertThat(read.offTime(2)).isEqualTo(900);
    assertThat(read.travel(read.restaurantPlace(0), read.restaurantPlace(1))).isEqualTo(100);
    assertThat(read.travel(read.courierPlace(0), read.orderPlace(0))).isEqualTo(100);
    assertThat(read.soonestDropoff(2)).isEqualTo(Ticks.ofMinutes(25 + 2 + 10 + 2));
  }

  @Test
  void missingFileIsNamed() throws IOException {
    Files.delete(copy.resolve("couriers.txt"));
    refused("couriers.txt is missing or unreadable");
  }

  @Test
  void missingColumnIsNamed() throws IOException {
    edit("orders.txt", "ready_time", "done");
    refused("orders.txt, line 2: the column ready_time is missing");
  }

  @Test
  void wrongNumberIsNamedWithItsLine() throws IOException {
    edit("orders.txt", "\t800\t", "\teight\t");
    refused("orders.txt, line 3: y should be a number but is 'eight'");
  }

  @Test
  void nanIsNoNumber() throws IOException {
    edit("couriers.txt", "-500", "NaN");
    refused("couriers.txt, line 2: x should be a number but is 'NaN'");
  }

  @Test
  void unknownRestaurantIsNamed() throws IOException {
    edit("orders.txt", "buns", "bread");
    refused("orders.txt, line 2: restaurant bread is not in restaurants.txt");
  }

  @Test
  void orderReadyBeforePlacedIsRefused() throws IOException {
    edit("orders.txt", "noodles\t10", "noodles\t-1");
    refused("line 3: order first is ready before it is placed");
  }

  @Test
  void sameNameTwiceIsRefused() throws IOException {
    edit("couriers.txt", "wang", "li");
    refused("couriers.txt, line 3: courier li is there twice");
  }

  @Test
  void shiftThatEndsBeforeItBeginsIsRefused() throws IOException {
    edit("couriers.txt", "30\t90", "30\t29");
    refused("courier zhao goes off before coming on");
  }

  @Test
  void timeFinerThanATickIsRefused() throws IOException {
    edit("orders.txt", "noodles\t10", "noodles\t10.25");
    refused("ready_time should be minutes with at most one decimal but is '10.25'");
  }

  @Test
  void speedMustBeAboveZero() throws IOException {
    edit("instance_parameters.txt", "\n100\t", "\n0\t");
    refused("meters_per_minute should be above 0");
  }

  @Test
  void headerAloneIsRefused() throws IOException {
    Files.writeString(copy.resolve("orders.txt"), "order\tx\ty\n");
    refused("orders.txt has no lines below its header");
  }

  @Test
  void instancesAreChosenByNameAndListedInOrder() throws IOException {
    for (String name : new String[] {"b2", "a1", "b1", "empty"}) {
      Path made = Files.createDirectory(folder.resolve(name));
      if (!name.equals("empty")) {
        Files.writeString(made.resolve("orders.txt"), "");
      }
    }
    assertThat(InstanceReader.listInstances(folder, "b*"))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("b1", "b2");
    assertThatThrownBy(() -> InstanceReader.listInstances(folder, "z*"))
        .isInstanceOf(CannotRun.class)
        .hasMessage(
            "None of the 4 instances in %s is called z*; the first is a1.".formatted(folder));
    assertThatThrownBy(() -> InstanceReader.listInstances(folder.resolve("empty"), "*"))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("holds no instances");
    assertThatThrownBy(() -> InstanceReader.listInstances(folder.resolve("nowhere"), "*"))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("nowhere is no folder");
  }
}

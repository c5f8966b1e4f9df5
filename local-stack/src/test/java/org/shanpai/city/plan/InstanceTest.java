package org.shanpai.city.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.city.streets.Spot;
import org.shanpai.stack.CannotRun;

class InstanceTest {

  @TempDir private Path folder;

  @BeforeEach
  void tinyInstance() throws IOException {
    write(
        "instance_parameters.txt",
        "meters_per_minute\tpickup service minutes\tdropoff service minutes\ttarget click-to-door\tmaximum click-to-door\tpay per order\tguaranteed pay per hour",
        "300\t4\t4\t40\t90\t10\t15");
    write("restaurants.txt", "restaurant\tx\ty", "r1\t1000\t1000", "r2\t3000\t1000");
    write("couriers.txt", "courier\tx\ty\ton_time\toff_time", "c1\t0\t0\t0\t90");
    write(
        "orders.txt",
        "order\tx\ty\tplacement_time\trestaurant\tready_time",
        "o1\t4000\t5000\t20\tr2\t31",
        "o2\t1000\t2500\t5\tr1\t9");
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), java.util.List.of(lines));
  }

  @Test
  void ordersArePlacedInTimeAndReadyWhenTheInstanceSays() {
    CityPlan plan = Instance.read(folder);
    assertThat(plan.placements()).extracting(Placement::storeId).containsExactly("s-r1", "s-r2");
    Placement second = plan.placements().get(1);
    assertThat(second.atMillis()).isEqualTo(20 * 60_000);
    assertThat(second.readyMillis()).isEqualTo(11 * 60_000);
    assertThat(second.expectedReadySeconds()).isEqualTo(660);
    assertThat(second.promiseSeconds()).isEqualTo(2_400);
    assertThat(second.blunder()).isNull();
    assertThat(plan.lastPlacementMillis()).isEqualTo(20 * 60_000);
  }

  @Test
  void distancesAndRangesAreKept() {
    CityPlan plan = Instance.read(folder);
    Store far = plan.stores().get(1);
    Spot door = plan.placements().get(1).dropoff();
    assertThat(far.spot().to(door)).isCloseTo(Math.hypot(1000, 4000), within(1e-6));
    assertThat(far.rangeMetres()).isGreaterThan(4_123);
    // The middle of 0…4000 and 0…5000 is the city's middle.
    assertThat(plan.couriers().get(0).start()).isEqualTo(new Spot(-2_000, -2_500));
    for (Spot corner : plan.areas().get(0).outline()) {
      assertThat(Math.abs(corner.east())).isEqualTo(2_500);
      assertThat(Math.abs(corner.north())).isEqualTo(3_000);
    }
  }

  @Test
  void couriersRideStraightAtTheInstancesSpeedInTheirShift() {
    CityPlan plan = Instance.read(folder);
    Courier courier = plan.couriers().get(0);
    assertThat(courier.metresPerSecond()).isEqualTo(5);
    assertThat(courier.offMillis()).isEqualTo(90 * 60_000);
    assertThat(plan.ground().way(new Spot(0, 0), new Spot(300, 400))).hasSize(2);
    assertThat(plan.habits().notAccepted()).isZero();
    assertThat(plan.habits().storeBefore()).isEqualTo(120_000);
    assertThat(plan.placements().get(0).doorMillis()).isEqualTo(120_000);
    assertThat(plan.environment())
        .containsEntry("SHANPAI_GEO_PLAN_SPEED_KMH", "18.0")
        .containsEntry("SHANPAI_GEO_DETOUR_FACTOR", "1.0")
        .containsEntry("SHANPAI_DISPATCH_LEARNED_STOPS", "false")
        .containsEntry("SHANPAI_DISPATCH_LEARNED_STORES", "false");
    assertThat(plan.zones()).isEmpty();
    assertThat(plan.asks()).isEmpty();
    assertThat(courier.phone()).isEqualTo(Phone.PLAIN);
    assertThat(plan.stores()).allMatch(store -> store.door().equals(store.spot()));
  }

  @Test
  void wrongFolderIsOneSentence() {
    assertThatThrownBy(() -> Instance.read(folder.resolve("nowhere")))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("nowhere is no folder");
  }

  @Test
  void missingFileIsNamed() throws IOException {
    Files.delete(folder.resolve("couriers.txt"));
    assertThatThrownBy(() -> Instance.read(folder))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("couriers.txt is missing");
  }

  @Test
  void badNumberIsNamedWithItsLine() throws IOException {
    write("couriers.txt", "courier\tx\ty\ton_time\toff_time", "c1\t0\tnorth\t0\t90");
    assertThatThrownBy(() -> Instance.read(folder))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("couriers.txt, line 2: y should be a number but is 'north'");
  }

  @Test
  void missingColumnIsNamed() throws IOException {
    write("restaurants.txt", "restaurant\tx", "r1\t1000");
    assertThatThrownBy(() -> Instance.read(folder))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("line 2: the column y is missing");
  }

  @Test
  void unknownRestaurantIsNamed() throws IOException {
    write(
        "orders.txt",
        "order\tx\ty\tplacement_time\trestaurant\tready_time",
        "o1\t4000\t5000\t20\tr9\t31");
    assertThatThrownBy(() -> Instance.read(folder))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining("restaurant r9 is not in restaurants.txt");
  }
}

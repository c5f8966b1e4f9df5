package org.shanpai.city.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.shanpai.city.api.Endpoints;
import org.shanpai.city.api.Reply;
import org.shanpai.city.api.Wire;
import org.shanpai.city.plan.CityMaker;
import org.shanpai.city.plan.CityPlan;
import org.shanpai.city.plan.Scenario;
import org.shanpai.city.plan.Store;
import org.shanpai.contracts.GeoPoint;

class GeoAuditTest {

  private static final CityPlan PLAN = CityMaker.make(Scenario.WEEKDAY, 20, 8, 1);
  private static final Reply AWAY = new Reply(0, MissingNode.getInstance(), 0);
  private static final Map<String, Integer> COUNTS =
      Map.of(
          "pings sent",
          900,
          "readings faked",
          12,
          "pings rejected TELEPORT",
          7,
          "unserved out-of-range",
          5);

  private static GeoFigures read(Function<String, Reply> get) {
    return new GeoAudit(PLAN, new Endpoints("c:", "o:", "d:", "r:", "g:"), get).read(COUNTS, null);
  }

  private static Reply json(String text) {
    try {
      return new Reply(200, Wire.JSON.readTree(text), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsAwayIsLeftOut() {
    GeoFigures figures = read(url -> AWAY);
    assertThat(figures.arrivals()).isNull();
    assertThat(figures.etaCalibration()).isNull();
    assertThat(figures.suggestion()).isNull();
    assertThat(figures.pickups().learned()).isZero();
    assertThat(figures.pings()).isEqualTo(new GeoFigures.Pings(900, 12, Map.of("TELEPORT", 7)));
    assertThat(figures.asked()).isEqualTo(Map.of("out-of-range", 5));
  }

  @Test
  void proofsAreSetAgainstTaps() {
    GeoFigures figures =
        read(
            url ->
                url.startsWith("d:/v1/jobs")
                    ? json(
                        "[{\"arrivedStoreAt\":\"2026-11-24T04:00:20Z\","
                            + "\"seenAtStoreAt\":\"2026-11-24T04:00:00Z\","
                            + "\"arrivedCustomerAt\":\"2026-11-24T04:20:00Z\"},"
                            + "{\"arrivedStoreAt\":\"2026-11-24T04:00:00Z\","
                            + "\"seenAtStoreAt\":\"2026-11-24T04:00:04Z\"},"
                            + "{\"status\":\"CANCELLED\"}]")
                    : AWAY);
    assertThat(figures.arrivals()).isEqualTo(new GeoFigures.Arrivals(2, 2, -4.0, 1, 0, null));
  }

  @Test
  void learnedPickupPointsAreMeasuredFromTheTrueDoors() {
    Store store = PLAN.stores().get(0);
    GeoPoint near = PLAN.plane().place(store.door()).offsetMetres(3, 4);
    GeoFigures figures =
        read(
            url ->
                url.equals("g:/v1/stores/" + store.storeId() + "/learned")
                    ? json(
                        "{\"pickup\":{\"lat\":%s,\"lon\":%s},\"visits\":9}"
                            .formatted(near.lat(), near.lon()))
                    : url.endsWith("/learned")
                        ? json("{\"pickup\":{\"lat\":31.2,\"lon\":121.4},\"visits\":0}")
                        : AWAY);
    assertThat(figures.pickups().learned()).isOne();
    assertThat(figures.pickups().learnedMetres()).isEqualTo(5.0);
    assertThat(figures.pickups().toldMetres())
        .isEqualTo(Math.round(store.spot().to(store.door()) * 10) / 10.0);
  }
}

package org.shanpai.geo.coverage.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.geo.coverage.CellDemand;
import org.shanpai.geo.coverage.CoverageMap;
import org.shanpai.geo.coverage.DemandCells;
import org.shanpai.geo.coverage.Outcome;

/**
 * The coverage map.
 *
 * @param leftOff cells with less demand that are not shown
 * @param total of all cells, also of those not shown
 */
@Schema(name = "Coverage")
public record CoverageView(
    Instant from,
    Instant to,
    @Schema(examples = "9") int resolution,
    Numbers total,
    int leftOff,
    List<Cell> cells) {

  static final String EXAMPLE =
      "{\"from\":\"2026-11-15T00:00:00Z\",\"to\":\"2026-11-22T00:00:00Z\",\"resolution\":9,"
          + "\"total\":{\"asked\":52,\"served\":40,\"missed\":12,\"missedBy\":{\"OUT_OF_RANGE\":11,"
          + "\"CLOSED\":1},\"late\":3},\"leftOff\":0,\"cells\":[{\"cell\":\"89309941b07ffff\","
          + "\"centre\":{\"lat\":31.2301,\"lon\":121.4707},\"boundary\":[{\"lat\":31.2284,"
          + "\"lon\":121.4712},{\"lat\":31.2294,\"lon\":121.4726},{\"lat\":31.2311,"
          + "\"lon\":121.4721},{\"lat\":31.2318,\"lon\":121.4702},{\"lat\":31.2308,"
          + "\"lon\":121.4688},{\"lat\":31.2291,\"lon\":121.4693}],\"asked\":52,\"served\":40,"
          + "\"missed\":12,\"missedBy\":{\"OUT_OF_RANGE\":11,\"CLOSED\":1},\"late\":3}]}";

  /**
   * How many orders.
   *
   * @param asked served and missed
   * @param missed not served
   * @param missedBy the missed by reason; absent for none
   * @param late served, with a late promise
   */
  @Schema(name = "CoverageNumbers")
  public record Numbers(
      long asked, long served, long missed, Map<Outcome, Long> missedBy, long late) {

    static Numbers of(CellDemand demand) {
      return new Numbers(
          demand.asked(), demand.served(), demand.missed(), byReason(demand), demand.late());
    }
  }

  /**
   * One cell.
   *
   * @param cell H3 index
   * @param boundary its corners, not closed, counter-clockwise
   */
  @Schema(name = "CoverageCell")
  public record Cell(
      @Schema(examples = "89309941b07ffff") String cell,
      GeoPoint centre,
      List<GeoPoint> boundary,
      long asked,
      long served,
      long missed,
      Map<Outcome, Long> missedBy,
      long late) {}

  static CoverageView of(CoverageMap.Picture picture, int resolution, DemandCells cells) {
    return new CoverageView(
        picture.hours().from(),
        picture.hours().to(),
        resolution,
        Numbers.of(picture.total()),
        picture.leftOff(),
        picture.cells().stream()
            .map(
                demand ->
                    new Cell(
                        DemandCells.text(demand.cell()),
                        cells.centre(demand.cell()),
                        cells.border(demand.cell()),
                        demand.asked(),
                        demand.served(),
                        demand.missed(),
                        byReason(demand),
                        demand.late()))
            .toList());
  }

  private static Map<Outcome, Long> byReason(CellDemand demand) {
    Map<Outcome, Long> missed = new TreeMap<>();
    demand
        .orders()
        .forEach(
            (outcome, orders) -> {
              if (outcome.missed()) {
                missed.put(outcome, orders);
              }
            });
    return missed;
  }
}

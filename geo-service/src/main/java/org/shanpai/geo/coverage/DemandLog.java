package org.shanpai.geo.coverage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.area.Areas;
import org.shanpai.geo.coverage.postgres.DemandTable;

/** Counts demand by place and hour, in the caller's transaction. */
@ApplicationScoped
public class DemandLog {

  private final DemandTable table;
  private final DemandCells cells;
  private final Areas areas;
  private final CityClock clock;
  private final CoverageSettings settings;
  private final Counter elsewhere;
  private final Counter stale;

  public DemandLog(
      DemandTable table,
      DemandCells cells,
      Areas areas,
      CityClock clock,
      CoverageSettings settings,
      MeterRegistry metrics) {
    this.table = table;
    this.cells = cells;
    this.areas = areas;
    this.clock = clock;
    this.settings = settings;
    this.elsewhere = metrics.counter("shanpai.coverage.left", "because", "elsewhere");
    this.stale = metrics.counter("shanpai.coverage.left", "because", "stale");
  }

  /**
   * Counts one order. What lies far from every area, or longer ago than is kept, is left out: so
   * nobody fills the table with places where there is no city.
   *
   * @param area the store's area; null when it has none
   * @param door the customer's place, or near it
   * @param at when they asked, city time
   */
  public Uni<Void> add(Outcome outcome, AreaId area, GeoPoint door, Instant at) {
    if (!areas.covers(door, settings.marginMetres())) {
      elsewhere.increment();
      return Uni.createFrom().voidItem();
    }
    if (at.isBefore(clock.now().minus(settings.keep()))) {
      stale.increment();
      return Uni.createFrom().voidItem();
    }
    return table.add(
        at.truncatedTo(ChronoUnit.HOURS),
        cells.of(door),
        area == null ? "" : area.value(),
        outcome);
  }
}

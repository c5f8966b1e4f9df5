package org.shanpai.geo.coverage;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.coverage.postgres.DemandTable;
import org.shanpai.messaging.Tx;

/** What was asked where, and what came of it. */
@ApplicationScoped
public class CoverageMap {

  // Most demand first; of equal cells the lower number.
  private static final Comparator<CellDemand> FULLEST =
      Comparator.comparingLong(CellDemand::asked)
          .reversed()
          .thenComparing(Comparator.comparingLong(CellDemand::late).reversed())
          .thenComparingLong(CellDemand::cell);

  private final Tx tx;
  private final DemandTable table;
  private final DemandCells cells;
  private final CityClock clock;
  private final CoverageSettings settings;

  public CoverageMap(
      Tx tx, DemandTable table, DemandCells cells, CityClock clock, CoverageSettings settings) {
    this.tx = tx;
    this.table = table;
    this.cells = cells;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Whole hours of city time.
   *
   * @param to the first hour that is not part of it
   */
  public record Hours(Instant from, Instant to) {}

  /**
   * Cells, fullest first.
   *
   * @param total of all cells, also of those left off
   * @param leftOff cells with less demand than those shown
   */
  public record Picture(Hours hours, CellDemand total, List<CellDemand> cells, int leftOff) {}

  /** The whole hours that hold the span, as far back as demand is kept. */
  public Hours hours(Instant from, Instant to) {
    Instant oldest = clock.now().minus(settings.keep()).truncatedTo(ChronoUnit.HOURS);
    Instant begin = from.truncatedTo(ChronoUnit.HOURS);
    Instant end = to.truncatedTo(ChronoUnit.HOURS);
    return new Hours(
        begin.isBefore(oldest) ? oldest : begin,
        end.equals(to) ? end : end.plus(1, ChronoUnit.HOURS));
  }

  /**
   * @param reasons only demand missed, or promised late, for these; empty for all
   * @param area only of stores in it; null for all
   * @param resolution H3, {@link DemandCells#COARSEST} to {@link DemandCells#RESOLUTION}
   */
  public Uni<Picture> picture(Hours hours, Set<Outcome> reasons, AreaId area, int resolution) {
    return demand(hours, area)
        .map(
            found -> {
              List<CellDemand> all =
                  coarser(found, resolution).stream()
                      .map(cell -> cell.only(reasons))
                      .filter(cell -> !cell.orders().isEmpty())
                      .sorted(FULLEST)
                      .toList();
              int shown = Math.min(all.size(), settings.mostCells());
              return new Picture(hours, total(all), all.subList(0, shown), all.size() - shown);
            });
  }

  /** Every cell once, at the finest resolution; read in a session of its own. */
  public Uni<List<CellDemand>> demand(Hours hours, AreaId area) {
    return tx.detached(() -> tx.read(() -> table.sum(hours.from(), hours.to(), area)));
  }

  private record Row(long cell, Outcome outcome, long orders) {}

  private List<CellDemand> coarser(List<CellDemand> fine, int resolution) {
    return CellDemand.collect(
        fine.stream()
            .flatMap(
                cell ->
                    cell.orders().entrySet().stream()
                        .map(
                            entry ->
                                new Row(
                                    cells.parent(cell.cell(), resolution),
                                    entry.getKey(),
                                    entry.getValue())))
            .toList(),
        Row::cell,
        Row::outcome,
        Row::orders);
  }

  private static CellDemand total(List<CellDemand> cells) {
    List<Row> rows =
        cells.stream()
            .flatMap(cell -> cell.orders().entrySet().stream())
            .map(entry -> new Row(0, entry.getKey(), entry.getValue()))
            .toList();
    return rows.isEmpty()
        ? new CellDemand(0, Map.of())
        : CellDemand.collect(rows, Row::cell, Row::outcome, Row::orders).get(0);
  }
}

package org.shanpai.geo.learning;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.chassis.City;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.learning.postgres.LegTable;
import org.shanpai.geo.revision.Reloaded;
import org.shanpai.geo.revision.Revisions;
import org.shanpai.geo.travel.PairFactor;
import org.shanpai.geo.travel.TravelCorrection;

/** Travel times corrected by what finished rides took, by cell of the start and half hour. */
@ApplicationScoped
public class LearnedCorrection implements TravelCorrection, Reloaded {

  /** H3 resolution of a cell, about 0.7 km². */
  public static final int CELL_RESOLUTION = 8;

  private final LegTable table;
  private final Cells cells;
  private final LearningSettings settings;
  private final City city;
  private final CityClock clock;
  private final Vertx vertx;
  private volatile TravelFactors factors = TravelFactors.NONE;

  public LearnedCorrection(
      LegTable table,
      Cells cells,
      LearningSettings settings,
      City city,
      CityClock clock,
      Vertx vertx) {
    this.table = table;
    this.cells = cells;
    this.settings = settings;
    this.city = city;
    this.clock = clock;
    this.vertx = vertx;
  }

  @Override
  public double factor(GeoPoint from, GeoPoint to, Instant at) {
    return factors.factor(cells.of(from, CELL_RESOLUTION), slot(at));
  }

  @Override
  public PairFactor factors(List<GeoPoint> origins, List<GeoPoint> destinations, Instant at) {
    TravelFactors now = factors;
    int slot = slot(at);
    double[] ofOrigin = new double[origins.size()];
    for (int i = 0; i < ofOrigin.length; i++) {
      ofOrigin[i] = now.factor(cells.of(origins.get(i), CELL_RESOLUTION), slot);
    }
    return (origin, destination) -> ofOrigin[origin];
  }

  /** What is known now. */
  public TravelFactors learned() {
    return factors;
  }

  /** The half hour of the city's day, 0–47. */
  public int slot(Instant at) {
    ZonedDateTime local = at.atZone(city.zone());
    return local.getHour() * 2 + local.getMinute() / 30;
  }

  @Override
  public Revisions.Kind kind() {
    return Revisions.Kind.LEG;
  }

  @Override
  public Uni<Void> reload() {
    return table
        .since(clock.now().minus(settings.window()), city.zone().getId())
        .chain(
            rows ->
                Uni.createFrom()
                    .completionStage(
                        () ->
                            vertx.executeBlocking(() -> factors(rows), false).toCompletionStage()))
        .invoke(learned -> factors = learned)
        .replaceWithVoid();
  }

  private TravelFactors factors(List<LegTable.DayCount> rows) {
    Map<TravelFactors.Key, RatioSketch> sketches = new HashMap<>();
    for (LegTable.DayCount row : rows) {
      sketches
          .computeIfAbsent(new TravelFactors.Key(row.cell(), row.slot()), key -> new RatioSketch())
          .add(row.bin(), row.count());
    }
    LearningSettings.Legs legs = settings.legs();
    return TravelFactors.of(sketches, legs.prior(), legs.least(), legs.most());
  }
}

package org.shanpai.geo.weather;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.geo.revision.Reloaded;
import org.shanpai.geo.revision.Revisions;
import org.shanpai.geo.weather.postgres.WeatherTable;

/** The weather of every area as this replica knows it. */
@ApplicationScoped
public class WeatherBoard implements Reloaded {

  private final WeatherTable table;
  private volatile Map<AreaId, WeatherAlert> alerts = Map.of();

  public WeatherBoard(WeatherTable table) {
    this.table = table;
  }

  /** What was set last for the area, or null when nothing ever was. */
  public WeatherAlert find(AreaId areaId) {
    return alerts.get(areaId);
  }

  /** What travel times are multiplied with in the area, 1 or more. */
  public double travelFactor(AreaId areaId) {
    WeatherAlert alert = alerts.get(areaId);
    return alert == null ? 1 : alert.travelFactor();
  }

  @Override
  public Revisions.Kind kind() {
    return Revisions.Kind.WEATHER;
  }

  @Override
  public Uni<Void> reload() {
    return table
        .list()
        .invoke(
            rows ->
                alerts =
                    rows.stream()
                        .collect(
                            Collectors.toUnmodifiableMap(
                                WeatherAlert::areaId, Function.identity())))
        .replaceWithVoid();
  }
}

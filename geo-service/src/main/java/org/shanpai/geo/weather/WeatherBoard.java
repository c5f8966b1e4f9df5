package org.shanpai.geo.weather;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.geo.revision.Reloaded;
import org.shanpai.geo.revision.Revisions;
import org.shanpai.geo.weather.postgres.WeatherTable;

/** The weather of every area as this replica knows it. */
@ApplicationScoped
public class WeatherBoard implements Reloaded {

  /**
   * All that is known.
   *
   * @param alerts what counts, as told
   * @param operators what operators said, by area
   * @param feed what the feed says
   */
  public record Picture(
      Map<AreaId, WeatherAlert> alerts,
      Map<AreaId, WeatherSetting> operators,
      List<WeatherSetting> feed) {}

  private final WeatherTable table;
  private volatile Picture picture = new Picture(Map.of(), Map.of(), List.of());

  public WeatherBoard(WeatherTable table) {
    this.table = table;
  }

  /** What was told last for the area, or null when nothing ever was. */
  public WeatherAlert find(AreaId areaId) {
    return picture.alerts().get(areaId);
  }

  /** When what counts ends by itself, or null. */
  public Instant until(AreaId areaId, Instant now) {
    Picture known = picture;
    return WeatherRule.effective(known.operators().get(areaId), known.feed(), areaId, now).until();
  }

  /** What travel times are multiplied with in the area, 1 or more. */
  public double travelFactor(AreaId areaId) {
    WeatherAlert alert = find(areaId);
    return alert == null ? 1 : alert.travelFactor();
  }

  /** Areas where what counts now is not what was told: something began, or ended. */
  List<AreaId> due(Collection<AreaId> areas, Instant now) {
    Picture known = picture;
    return areas.stream()
        .filter(
            area ->
                !WeatherRule.said(
                    known.alerts().get(area),
                    WeatherRule.effective(known.operators().get(area), known.feed(), area, now)))
        .toList();
  }

  @Override
  public Revisions.Kind kind() {
    return Revisions.Kind.WEATHER;
  }

  @Override
  public Uni<Void> reload() {
    return table.picture().invoke(read -> picture = read).replaceWithVoid();
  }
}

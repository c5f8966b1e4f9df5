package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Statement;
import org.shanpai.messaging.Tx;

/** Which weather was in force where and when, as geo-service told it. */
@ApplicationScoped
public class AreaWeather {

  private static final Statement LOCK =
      Statement.of("select cast(pg_advisory_xact_lock(hashtextextended(:name, 0)) as text)");

  private static final Statement LOCK_SHARED =
      Statement.of("select cast(pg_advisory_xact_lock_shared(hashtextextended(:name, 0)) as text)");

  private static final Statement SPELLS =
      Statement.of(
          "select area_id, level, from_at, until_at from (select area_id, level, from_at,"
              + " lead(from_at) over (partition by area_id order by version) as until_at"
              + " from area_weather where area_id = any(:areas)) spell"
              + " where until_at is null or until_at > :since");

  private final Tx tx;

  public AreaWeather(Tx tx) {
    this.tx = tx;
  }

  /** Notes an alert; each version once. */
  public Uni<Void> record(WeatherAlert alert) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into area_weather (area_id, version, level, from_at)"
                            + " values (:area, :version, :level, :from) on conflict do nothing")
                    .setParameter("area", alert.areaId().value())
                    .setParameter("version", alert.version())
                    .setParameter("level", alert.level().name())
                    .setParameter("from", alert.from())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /**
   * Until the transaction ends, nobody learns new weather of the area while a fact of it is kept,
   * and the other way round; otherwise each could miss the other's uncommitted rows.
   *
   * @param exclusive for new weather; shared for facts
   */
  public Uni<Void> lock(String areaId, boolean exclusive) {
    Statement lock = exclusive ? LOCK : LOCK_SHARED;
    return tx.select(lock.filled().with("name", "score of area " + areaId)).replaceWithVoid();
  }

  private record Spell(WeatherAlert.Level level, Instant from, Instant until) {}

  /**
   * What is known of those areas; an alert holds from its start until the next one's.
   *
   * @param since nothing that ended before is needed
   */
  public Uni<ScoreJudge.Weather> of(Collection<String> areas, Instant since) {
    return tx.select(
            SPELLS.filled().with("areas", areas.toArray(String[]::new)).with("since", since))
        .map(
            rows -> {
              Map<String, List<Spell>> spells = new HashMap<>();
              for (Object[] row : rows) {
                spells
                    .computeIfAbsent((String) row[0], area -> new ArrayList<>())
                    .add(
                        new Spell(
                            WeatherAlert.Level.valueOf((String) row[1]),
                            Instants.of(row[2]),
                            Instants.of(row[3])));
              }
              return (area, from, to) -> worst(spells.getOrDefault(area, List.of()), from, to);
            });
  }

  /** Both ends of the span are included. */
  private static WeatherAlert.Level worst(List<Spell> spells, Instant from, Instant to) {
    WeatherAlert.Level worst = WeatherAlert.Level.NONE;
    for (Spell spell : spells) {
      boolean within =
          !spell.from().isAfter(to) && (spell.until() == null || spell.until().isAfter(from));
      if (within && spell.level().compareTo(worst) > 0) {
        worst = spell.level();
      }
    }
    return worst;
  }
}

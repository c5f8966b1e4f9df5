package org.shanpai.geo.learning.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.StoreLearned;
import org.shanpai.geo.learning.StopLesson;
import org.shanpai.geo.learning.StoreLesson;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/**
 * What was learned of stores and buildings, as rows; every call inside a transaction or session.
 */
@ApplicationScoped
public class LessonTable {

  private static final String SELECT =
      "select store_id, version, pickup_lat, pickup_lon, visits, kitchen_seconds,"
          + " kitchen_p80_seconds, kitchens, handover_seconds, handover_p80_seconds, handovers,"
          + " learned_at, cast(told as text) from store_lesson";

  private final Tx tx;

  public LessonTable(Tx tx) {
    this.tx = tx;
  }

  public Uni<List<StoreLesson>> stores() {
    return tx.session()
        .chain(session -> session.createNativeQuery(SELECT, Object[].class).getResultList())
        .map(rows -> rows.stream().map(LessonTable::store).toList());
  }

  /** What was learned of the store, or null. */
  public Uni<StoreLesson> store(String storeId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(SELECT + " where store_id = :id for update", Object[].class)
                    .setParameter("id", storeId)
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : store(row));
  }

  public Uni<Void> put(StoreLesson lesson) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into store_lesson (store_id, version, pickup_lat, pickup_lon,"
                            + " visits, kitchen_seconds, kitchen_p80_seconds, kitchens,"
                            + " handover_seconds, handover_p80_seconds, handovers, learned_at, told)"
                            + " values (:id, :version, :lat, :lon, :visits, :kitchen, :kitchen80,"
                            + " :kitchens, :handover, :handover80, :handovers, :at,"
                            + " cast(cast(:told as text) as jsonb)) on conflict (store_id) do update"
                            + " set version = excluded.version, pickup_lat = excluded.pickup_lat,"
                            + " pickup_lon = excluded.pickup_lon, visits = excluded.visits,"
                            + " kitchen_seconds = excluded.kitchen_seconds,"
                            + " kitchen_p80_seconds = excluded.kitchen_p80_seconds,"
                            + " kitchens = excluded.kitchens,"
                            + " handover_seconds = excluded.handover_seconds,"
                            + " handover_p80_seconds = excluded.handover_p80_seconds,"
                            + " handovers = excluded.handovers, learned_at = excluded.learned_at,"
                            + " told = excluded.told")
                    .setParameter("id", lesson.storeId())
                    .setParameter("version", lesson.version())
                    .setParameter("lat", lesson.pickup().lat())
                    .setParameter("lon", lesson.pickup().lon())
                    .setParameter("visits", lesson.visits())
                    .setParameter("kitchen", lesson.kitchenSeconds())
                    .setParameter("kitchen80", lesson.kitchenP80Seconds())
                    .setParameter("kitchens", lesson.kitchens())
                    .setParameter("handover", lesson.handoverSeconds())
                    .setParameter("handover80", lesson.handoverP80Seconds())
                    .setParameter("handovers", lesson.handovers())
                    .setParameter("at", lesson.learnedAt())
                    .setParameter("told", lesson.told() == null ? null : Json.write(lesson.told()))
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** By building; 0 and −1 are the city's drop-offs and pickups. */
  public Uni<Map<Long, StopLesson>> buildings() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select building, seconds, p80_seconds, samples from building_lesson",
                        Object[].class)
                    .getResultList())
        .map(
            rows -> {
              Map<Long, StopLesson> lessons = new HashMap<>();
              for (Object[] row : rows) {
                lessons.put(
                    ((Number) row[0]).longValue(),
                    new StopLesson(
                        ((Number) row[1]).doubleValue(),
                        ((Number) row[2]).doubleValue(),
                        ((Number) row[3]).intValue()));
              }
              return lessons;
            });
  }

  public Uni<Void> put(long building, StopLesson lesson) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into building_lesson (building, seconds, p80_seconds, samples)"
                            + " values (:building, :seconds, :p80, :samples)"
                            + " on conflict (building) do update set seconds = excluded.seconds,"
                            + " p80_seconds = excluded.p80_seconds, samples = excluded.samples")
                    .setParameter("building", building)
                    .setParameter("seconds", lesson.seconds())
                    .setParameter("p80", lesson.p80Seconds())
                    .setParameter("samples", lesson.samples())
                    .executeUpdate())
        .replaceWithVoid();
  }

  private static StoreLesson store(Object[] row) {
    Instant at = Instants.of(row[11]);
    return new StoreLesson(
        (String) row[0],
        ((Number) row[1]).longValue(),
        new GeoPoint(((Number) row[2]).doubleValue(), ((Number) row[3]).doubleValue()),
        ((Number) row[4]).intValue(),
        ((Number) row[5]).doubleValue(),
        ((Number) row[6]).doubleValue(),
        ((Number) row[7]).intValue(),
        ((Number) row[8]).doubleValue(),
        ((Number) row[9]).doubleValue(),
        ((Number) row[10]).intValue(),
        at,
        row[12] == null ? null : Json.read((String) row[12], StoreLearned.class));
  }
}

package org.shanpai.order.address.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.shanpai.chassis.IdSource;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Tx;
import org.shanpai.order.address.BuildingKey;
import org.shanpai.order.address.KnownBuilding;
import org.shanpai.order.address.KnownBuildings;

/** {@link KnownBuildings} in PostgreSQL. */
@ApplicationScoped
class PostgresKnownBuildings implements KnownBuildings {

  /** Further apart, two of the same name are two buildings. */
  private static final double SAME_BUILDING_METRES = 400;

  /** Drop-offs vary as much around one building: doors, gates, the pin's own error. */
  private static final double AGREES_METRES = 150;

  /** A building that has been delivered to so often moves by the weight of a new one no more. */
  private static final int HEAVIEST = 50;

  private static final String SQUARE =
      "lat between :south and :north and lon between :west and :east";

  // Exactly the mapped columns: the reader fails on more.
  private static final String SELECT =
      "select building_id, district, estate, road, number, building, estate_key, road_key,"
          + " building_key, lat, lon, lessons, disagreements, imported from known_building where ";

  private static final String NEAR =
      SELECT
          + SQUARE
          + " and (imported or lessons >= :least)"
          + " and (estate_key <> '' and estate_key = :estate or road_key <> '' and road_key = :road"
          + " or grams && string_to_array(:grams, ' '))"
          + " order by (estate_key = :estate) desc, (road_key = :road) desc, lessons desc,"
          + " building_id limit 400";

  private static final String SAME =
      SELECT
          + SQUARE
          + " and estate_key = :estate and road_key = :road and building_key = :building"
          + " order by building_id limit 20";

  private static final String INSERT =
      "insert into known_building (building_id, district, estate, road, number, building,"
          + " estate_key, road_key, building_key, grams, lat, lon, lessons, disagreements,"
          + " imported, changed_at) values (:id, cast(:district as text), cast(:estateName as"
          + " text), cast(:roadName as text), cast(:number as text), cast(:buildingName as text),"
          + " :estate, :road, :building, string_to_array(:grams, ' '), :lat, :lon, :lessons, 0,"
          + " :imported, :now)";

  private static final String UPDATE =
      "update known_building set lat = :lat, lon = :lon, lessons = :lessons,"
          + " disagreements = :disagreements, imported = :imported,"
          + " district = coalesce(district, cast(:district as text)), changed_at = :now"
          + " where building_id = :id";

  private final Tx tx;
  private final IdSource ids;

  PostgresKnownBuildings(Tx tx, IdSource ids) {
    this.tx = tx;
    this.ids = ids;
  }

  @Override
  public Uni<List<KnownBuilding>> near(
      GeoPoint place, double metres, BuildingKey key, int leastLessons) {
    return tx.session()
        .chain(
            session ->
                square(session.createNativeQuery(NEAR, KnownBuildingRow.class), place, metres)
                    .setParameter("least", leastLessons)
                    .setParameter("estate", key.estate())
                    .setParameter("road", key.road())
                    .setParameter("grams", String.join(" ", key.grams()))
                    .getResultList())
        .map(rows -> rows.stream().map(KnownBuildingRow::building).toList());
  }

  @Override
  public Uni<Void> learn(BuildingKey key, Telling telling, Instant now) {
    return known(key, telling.place())
        .chain(
            known ->
                known
                    .map(row -> learn(row, telling, now))
                    .orElseGet(() -> insert(key, telling, false, now)));
  }

  @Override
  public Uni<Boolean> tell(BuildingKey key, Telling telling, Instant now) {
    return known(key, telling.place())
        .chain(
            known ->
                known
                    .map(
                        row ->
                            update(row, telling, telling.place(), row.lessons, 0, true, now)
                                .replaceWith(false))
                    .orElseGet(() -> insert(key, telling, true, now).replaceWith(true)));
  }

  @Override
  public Uni<Void> queueLesson(OrderId order) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into building_lesson (order_id) values (:id) on conflict do"
                            + " nothing")
                    .setParameter("id", order.value())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<List<OrderId>> takeLessons(int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select order_id from building_lesson order by order_id limit :most"
                            + " for update skip locked",
                        String.class)
                    .setParameter("most", most)
                    .getResultList()
                    .call(taken -> taken.isEmpty() ? nothing() : forget(session, taken)))
        .map(taken -> taken.stream().map(OrderId::new).toList());
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }

  private static Uni<Integer> forget(Mutiny.Session session, List<String> taken) {
    return session
        .createNativeQuery("delete from building_lesson where order_id in (:taken)")
        .setParameter("taken", taken)
        .executeUpdate();
  }

  @Override
  public Uni<Integer> forgetLonely(Instant before) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "delete from known_building where not imported and lessons < 2"
                            + " and changed_at < :before")
                    .setParameter("before", before)
                    .executeUpdate());
  }

  /** The building of that key nearest to the place; two that learn it wait for each other. */
  private Uni<Optional<KnownBuildingRow>> known(BuildingKey key, GeoPoint place) {
    String name = key.estate() + "\n" + key.road() + "\n" + key.building();
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select 1 where pg_advisory_xact_lock(hashtextextended(:name, 160)) is not"
                            + " null",
                        Integer.class)
                    .setParameter("name", name)
                    .getResultList()
                    .chain(
                        locked ->
                            square(
                                    session.createNativeQuery(SAME, KnownBuildingRow.class),
                                    place,
                                    SAME_BUILDING_METRES)
                                .setParameter("estate", key.estate())
                                .setParameter("road", key.road())
                                .setParameter("building", key.building())
                                .getResultList())
                    // Written in SQL: the session must not keep what it has read.
                    .invoke(rows -> session.clear()))
        .map(
            rows ->
                rows.stream()
                    .filter(row -> metres(row, place) <= SAME_BUILDING_METRES)
                    .min(Comparator.comparingDouble(row -> metres(row, place))));
  }

  private Uni<Void> learn(KnownBuildingRow row, Telling telling, Instant now) {
    GeoPoint before = new GeoPoint(row.lat, row.lon);
    if (row.imported) {
      return update(row, telling, before, row.lessons + 1, 0, true, now);
    }
    if (before.metresTo(telling.place()) > AGREES_METRES) {
      // More than half say otherwise: it was learned wrongly, or it moved.
      return row.disagreements + 1 > row.lessons
          ? update(row, telling, telling.place(), 1, 0, false, now)
          : update(row, telling, before, row.lessons, row.disagreements + 1, false, now);
    }
    double weight = 1.0 / (Math.min(row.lessons, HEAVIEST) + 1);
    GeoPoint moved =
        new GeoPoint(
            before.lat() + (telling.place().lat() - before.lat()) * weight,
            before.lon() + (telling.place().lon() - before.lon()) * weight);
    return update(
        row, telling, moved, row.lessons + 1, Math.max(0, row.disagreements - 1), false, now);
  }

  private Uni<Void> update(
      KnownBuildingRow row,
      Telling telling,
      GeoPoint place,
      int lessons,
      int disagreements,
      boolean imported,
      Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(UPDATE)
                    .setParameter("lat", place.lat())
                    .setParameter("lon", place.lon())
                    .setParameter("lessons", lessons)
                    .setParameter("disagreements", disagreements)
                    .setParameter("imported", imported)
                    .setParameter("district", telling.district())
                    .setParameter("now", now)
                    .setParameter("id", row.buildingId)
                    .executeUpdate())
        .replaceWithVoid();
  }

  private Uni<Void> insert(BuildingKey key, Telling telling, boolean imported, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(INSERT)
                    .setParameter("id", ids.next("kb"))
                    .setParameter("district", telling.district())
                    .setParameter("estateName", telling.estate())
                    .setParameter("roadName", telling.road())
                    .setParameter("number", telling.number())
                    .setParameter("buildingName", telling.building())
                    .setParameter("estate", key.estate())
                    .setParameter("road", key.road())
                    .setParameter("building", key.building())
                    .setParameter("grams", String.join(" ", key.grams()))
                    .setParameter("lat", telling.place().lat())
                    .setParameter("lon", telling.place().lon())
                    .setParameter("lessons", imported ? 0 : 1)
                    .setParameter("imported", imported)
                    .setParameter("now", now)
                    .executeUpdate())
        .replaceWithVoid();
  }

  private static double metres(KnownBuildingRow row, GeoPoint place) {
    return new GeoPoint(row.lat, row.lon).metresTo(place);
  }

  private static <T> Mutiny.SelectionQuery<T> square(
      Mutiny.SelectionQuery<T> query, GeoPoint middle, double metres) {
    GeoPoint far = middle.offsetMetres(metres, metres);
    double up = far.lat() - middle.lat();
    double across = far.lon() - middle.lon();
    return query
        .setParameter("south", middle.lat() - up)
        .setParameter("north", middle.lat() + up)
        .setParameter("west", middle.lon() - across)
        .setParameter("east", middle.lon() + across);
  }
}

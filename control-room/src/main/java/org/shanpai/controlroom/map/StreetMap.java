package org.shanpai.controlroom.map;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.controlroom.city.CityPicture;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** Keeps the city's streets: one document, replaced whole. */
@ApplicationScoped
public class StreetMap {

  /**
   * @param version 0 while none was put
   * @param streetsJson the JSON list of lines
   */
  public record Stored(long version, String streetsJson) {}

  private final Tx tx;
  private final City city;
  private final WallClock wall;
  private final CityPicture picture;

  public StreetMap(Tx tx, City city, WallClock wall, CityPicture picture) {
    this.tx = tx;
    this.city = city;
    this.wall = wall;
    this.picture = picture;
  }

  /**
   * @return the new version, 1 the first time
   */
  public Uni<Long> put(Streets streets, String operator) {
    streets.check();
    String doc = Json.write(streets.lines());
    return tx.write(
        () ->
            tx.session()
                .flatMap(
                    session ->
                        session
                            .createNativeQuery(
                                "insert into street_map as m (city_id, version, put_by, put_at, doc)"
                                    + " values (:city, 1, :by, :at, cast(cast(:doc as text) as jsonb))"
                                    + " on conflict (city_id) do update set version = m.version + 1,"
                                    + " put_by = excluded.put_by, put_at = excluded.put_at,"
                                    + " doc = excluded.doc returning version",
                                Long.class)
                            .setParameter("city", city.id().value())
                            .setParameter("by", operator)
                            .setParameter("at", wall.now())
                            .setParameter("doc", doc)
                            .getSingleResult())
                .invoke(version -> tx.afterCommit(() -> picture.streets(version))));
  }

  public Uni<Stored> get() {
    return tx.read(
        () ->
            tx.session()
                .flatMap(
                    session ->
                        session
                            .createNativeQuery(
                                "select version, cast(doc as text) from street_map"
                                    + " where city_id = :city",
                                Object[].class)
                            .setParameter("city", city.id().value())
                            .getResultList())
                .map(StreetMap::stored));
  }

  private static Stored stored(List<Object[]> rows) {
    return rows.isEmpty()
        ? new Stored(0, "[]")
        : new Stored(((Number) rows.get(0)[0]).longValue(), (String) rows.get(0)[1]);
  }
}

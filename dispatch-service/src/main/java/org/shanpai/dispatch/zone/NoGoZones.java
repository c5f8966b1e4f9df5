package org.shanpai.dispatch.zone;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/**
 * The zones as stored, read again only when one has changed. Every method needs a transaction or
 * read.
 */
@ApplicationScoped
public class NoGoZones {

  /** Zones known at once; geo-service has far fewer. */
  private static final int MOST = 1_000;

  private record Known(String stamp, NoGoMap map) {}

  private final Tx tx;
  private volatile Known known = new Known("", NoGoMap.NONE);

  public NoGoZones(Tx tx) {
    this.tx = tx;
  }

  /** As they stand now. */
  public Uni<NoGoMap> present() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select coalesce(string_agg(zone_id || ':' || version, ','"
                            + " order by zone_id), '') from no_go_zone",
                        String.class)
                    .getSingleResult())
        .chain(
            stamp -> {
              Known present = known;
              return present.stamp().equals(stamp)
                  ? Uni.createFrom().item(present.map())
                  : read().invoke(map -> known = new Known(stamp, map));
            });
  }

  private Uni<NoGoMap> read() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select polygons from no_go_zone order by zone_id", String.class)
                    .setMaxResults(MOST)
                    .getResultList())
        .map(rows -> new NoGoMap(rows.stream().flatMap(row -> parts(row).stream()).toList()));
  }

  private static List<NoGoMap.Part> parts(String polygons) {
    return parts(Arrays.asList(Json.read(polygons, ZoneState.Polygon[].class)));
  }

  static List<NoGoMap.Part> parts(List<ZoneState.Polygon> polygons) {
    return polygons.stream().map(NoGoMap.Part::of).toList();
  }

  /** Newer replaces; the inbox has dropped older ones. What is no no-go zone any more goes. */
  Uni<Void> put(ZoneState zone) {
    boolean holds = zone.kind() == ZoneState.Kind.NO_GO && !zone.removed();
    return tx.session()
        .chain(
            session ->
                holds
                    ? session
                        .createNativeQuery(
                            "insert into no_go_zone (zone_id, version, polygons)"
                                + " values (:zone, :version, :polygons)"
                                + " on conflict (zone_id) do update set"
                                + " version = excluded.version, polygons = excluded.polygons")
                        .setParameter("zone", zone.zoneId())
                        .setParameter("version", zone.version())
                        .setParameter("polygons", Json.write(zone.polygons()))
                        .executeUpdate()
                    : session
                        .createNativeQuery("delete from no_go_zone where zone_id = :zone")
                        .setParameter("zone", zone.zoneId())
                        .executeUpdate())
        .replaceWithVoid();
  }
}

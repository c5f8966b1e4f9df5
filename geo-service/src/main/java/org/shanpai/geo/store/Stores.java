package org.shanpai.geo.store;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.strtree.STRtree;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.geo.redis.RedisUnavailable;
import org.shanpai.geo.revision.Reloaded;
import org.shanpai.geo.revision.Revisions;
import org.shanpai.geo.store.postgres.StoreTable;
import org.shanpai.geo.store.redis.StoreCells;

/**
 * The stores of the city as order-service told them. Redis proposes the near ones; what was told
 * counts, and answers alone while Redis is away.
 */
@ApplicationScoped
public class Stores implements Reloaded {

  /** A store and how far it is, in metres. */
  public record NearStore(StoreState store, double metres) {}

  private static final Comparator<NearStore> NEAREST_FIRST =
      Comparator.comparingDouble(NearStore::metres).thenComparing(near -> near.store().storeId());

  private static final double EARTH_RADIUS_METRES = 6_371_008.8;

  private final StoreTable table;
  private final StoreCells cells;
  private volatile Map<String, StoreState> stores = Map.of();
  private volatile STRtree places = places(List.of());

  public Stores(StoreTable table, StoreCells cells) {
    this.table = table;
    this.cells = cells;
  }

  @Override
  public Revisions.Kind kind() {
    return Revisions.Kind.STORE;
  }

  @Override
  public Uni<Void> reload() {
    return table
        .list()
        .invoke(
            rows -> {
              stores =
                  rows.stream()
                      .collect(
                          Collectors.toUnmodifiableMap(
                              store -> store.storeId().value(), Function.identity()));
              places = places(rows);
              cells.hold(rows);
            })
        .replaceWithVoid();
  }

  /** What is known of a store, or null. */
  public StoreState find(StoreId storeId) {
    return stores.get(storeId.value());
  }

  public boolean knows(StoreId storeId) {
    return stores.containsKey(storeId.value());
  }

  /** The nearest stores within the radius, open or not, nearest first. */
  public Uni<List<NearStore>> near(GeoPoint centre, double radiusMetres, int limit) {
    Map<String, StoreState> now = stores;
    return cells
        .near(centre, radiusMetres)
        .map(ids -> nearest(ids.stream().map(now::get), centre, radiusMetres, limit))
        .onFailure(RedisUnavailable.class)
        .recoverWithItem(() -> nearest(now.values().stream(), centre, radiusMetres, limit));
  }

  /** Whether any store is within so many metres. */
  public boolean anyWithin(GeoPoint place, double metres) {
    double north = Math.toDegrees(metres / EARTH_RADIUS_METRES);
    double east = north / Math.max(0.05, Math.cos(Math.toRadians(place.lat())));
    Envelope around = new Envelope(new Coordinate(place.lon(), place.lat()));
    around.expandBy(east * 1.01, north * 1.01);
    for (Object store : places.query(around)) {
      if (place.metresTo((GeoPoint) store) <= metres) {
        return true;
      }
    }
    return false;
  }

  private static STRtree places(List<StoreState> stores) {
    STRtree tree = new STRtree();
    for (StoreState store : stores) {
      GeoPoint place = store.place();
      tree.insert(new Envelope(new Coordinate(place.lon(), place.lat())), place);
    }
    // Otherwise the first two questions would build it at once.
    tree.build();
    return tree;
  }

  private static List<NearStore> nearest(
      Stream<StoreState> proposed, GeoPoint centre, double radiusMetres, int limit) {
    return proposed
        .filter(Objects::nonNull)
        .map(store -> new NearStore(store, centre.metresTo(store.place())))
        .filter(near -> near.metres() <= radiusMetres)
        .sorted(NEAREST_FIRST)
        .limit(limit)
        .toList();
  }
}

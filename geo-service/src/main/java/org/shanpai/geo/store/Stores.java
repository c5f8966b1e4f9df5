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

  private final StoreTable table;
  private final StoreCells cells;
  private volatile Map<String, StoreState> stores = Map.of();

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
              cells.hold(rows);
            })
        .replaceWithVoid();
  }

  /** What is known of a store, or null. */
  public StoreState find(StoreId storeId) {
    return stores.get(storeId.value());
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

package org.shanpai.dispatch.store;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.StoreLearned;
import org.shanpai.messaging.Tx;

/** The rows of what stores taught. Every method needs a transaction or read. */
@ApplicationScoped
public class LearnedStores {

  private final Tx tx;

  public LearnedStores(Tx tx) {
    this.tx = tx;
  }

  /** What is known of some stores, by id; those nobody learned of are missing. */
  public Uni<Map<String, LearnedStore>> of(Collection<String> storeIds) {
    if (storeIds.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select store_id, pickup_lat, pickup_lon, visits, kitchen_seconds,"
                            + " kitchens, kitchen_p80_seconds from learned_store where store_id in (:stores)",
                        Object[].class)
                    .setParameter("stores", List.copyOf(storeIds))
                    .getResultList())
        .map(
            rows -> {
              Map<String, LearnedStore> learned = new HashMap<>();
              for (Object[] row : rows) {
                learned.put(
                    (String) row[0],
                    new LearnedStore(
                        (String) row[0],
                        new GeoPoint((Double) row[1], (Double) row[2]),
                        (Integer) row[3],
                        (Integer) row[4],
                        (Integer) row[5],
                        (Integer) row[6]));
              }
              return learned;
            });
  }

  /** Newer replaces; the inbox has dropped older ones. */
  Uni<Void> put(StoreLearned store) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into learned_store (store_id, pickup_lat, pickup_lon, visits,"
                            + " kitchen_seconds, kitchens, learned_at, kitchen_p80_seconds)"
                            + " values (:store, :lat, :lon, :visits, :kitchen, :kitchens, :at,"
                            + " :p80)"
                            + " on conflict (store_id) do update set"
                            + " pickup_lat = excluded.pickup_lat,"
                            + " pickup_lon = excluded.pickup_lon, visits = excluded.visits,"
                            + " kitchen_seconds = excluded.kitchen_seconds,"
                            + " kitchens = excluded.kitchens, learned_at = excluded.learned_at,"
                            + " kitchen_p80_seconds = excluded.kitchen_p80_seconds")
                    .setParameter("store", store.storeId().value())
                    .setParameter("lat", store.pickup().lat())
                    .setParameter("lon", store.pickup().lon())
                    .setParameter("visits", store.visits())
                    .setParameter("kitchen", store.kitchenSeconds())
                    .setParameter("kitchens", store.kitchens())
                    .setParameter("p80", store.kitchenP80Seconds())
                    .setParameter("at", store.at())
                    .executeUpdate())
        .replaceWithVoid();
  }
}

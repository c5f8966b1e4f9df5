package org.shanpai.geo.store.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.shanpai.contracts.event.StoreState;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** Stores as rows; every call inside a transaction or read session. */
@ApplicationScoped
public class StoreTable {

  private final Tx tx;

  public StoreTable(Tx tx) {
    this.tx = tx;
  }

  public Uni<List<StoreState>> list() {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery("select cast(state as text) from store", String.class)
                    .getResultList())
        .map(rows -> rows.stream().map(json -> Json.read(json, StoreState.class)).toList());
  }

  /** Writes the store unless a newer state is there. */
  public Uni<Void> put(StoreState store) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into store (store_id, city_id, version, state) values (:id, :city,"
                            + " :version, cast(cast(:state as text) as jsonb)) on conflict (store_id) do update"
                            + " set version = excluded.version, state = excluded.state"
                            + " where store.version < excluded.version")
                    .setParameter("id", store.storeId().value())
                    .setParameter("city", store.cityId().value())
                    .setParameter("version", store.version())
                    .setParameter("state", Json.write(store))
                    .executeUpdate())
        .replaceWithVoid();
  }
}

package org.shanpai.order.store.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.StoreId;
import org.shanpai.messaging.Tx;
import org.shanpai.order.store.HoursColumn;
import org.shanpai.order.store.Store;
import org.shanpai.order.store.Stores;

/** {@link Stores} in PostgreSQL. */
@ApplicationScoped
class PostgresStores implements Stores {

  private final Tx tx;
  private final HoursColumn hours = new HoursColumn();

  PostgresStores(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<Optional<Store>> find(StoreId id) {
    return tx.session()
        .chain(session -> session.find(Store.class, id.value()))
        .map(Optional::ofNullable);
  }

  @Override
  public Uni<Optional<Store>> lock(StoreId id) {
    return tx.session()
        .chain(session -> session.find(Store.class, id.value(), LockModeType.PESSIMISTIC_WRITE))
        .map(Optional::ofNullable);
  }

  @Override
  public Uni<List<Store>> list(MerchantId merchant, StoreId after, int limit) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "from Store s where s.merchantId = :merchantId and s.storeId > :after"
                            + " order by s.storeId",
                        Store.class)
                    .setParameter("merchantId", merchant.value())
                    .setParameter("after", after == null ? "" : after.value())
                    .setMaxResults(limit)
                    .getResultList());
  }

  @Override
  public Uni<Boolean> insert(Store store) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into store (store_id, merchant_id, area_id, name, lat, lon,"
                            + " range_metres, preparation_seconds, open, hours, version)"
                            + " values (:id, :merchantId, :areaId, :name, :lat, :lon,"
                            + " :rangeMetres, :preparationSeconds, :open, :hours, :version)"
                            + " on conflict (store_id) do nothing")
                    .setParameter("id", store.id().value())
                    .setParameter("merchantId", store.merchantId().value())
                    .setParameter("areaId", store.areaId().value())
                    .setParameter("name", store.details().name())
                    .setParameter("lat", store.place().lat())
                    .setParameter("lon", store.place().lon())
                    .setParameter("rangeMetres", store.rangeMetres())
                    .setParameter("preparationSeconds", store.preparationSeconds())
                    .setParameter("open", store.open())
                    .setParameter("hours", hours.convertToDatabaseColumn(store.hours()))
                    .setParameter("version", store.version())
                    .executeUpdate())
        .map(written -> written > 0);
  }
}

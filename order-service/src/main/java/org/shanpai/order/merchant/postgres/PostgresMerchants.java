package org.shanpai.order.merchant.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.shanpai.contracts.MerchantId;
import org.shanpai.messaging.Tx;
import org.shanpai.order.merchant.Merchant;
import org.shanpai.order.merchant.Merchants;

/** {@link Merchants} in PostgreSQL. */
@ApplicationScoped
class PostgresMerchants implements Merchants {

  private final Tx tx;

  PostgresMerchants(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<Optional<Merchant>> find(MerchantId id) {
    return tx.session()
        .chain(session -> session.find(Merchant.class, id.value()))
        .map(Optional::ofNullable);
  }

  @Override
  public Uni<Optional<Merchant>> findByClient(String clientId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "from Merchant m where m.clientId = :clientId", Merchant.class)
                    .setParameter("clientId", clientId)
                    .getSingleResultOrNull())
        .map(Optional::ofNullable);
  }

  @Override
  public Uni<Boolean> insert(Merchant merchant) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into merchant"
                            + " (merchant_id, name, client_id, secret_hash, wall_created_at,"
                            + " sandbox_only) values (:id, :name, :clientId, :secretHash,"
                            + " :createdAt, :sandboxOnly)"
                            + " on conflict (merchant_id) do nothing")
                    .setParameter("id", merchant.id().value())
                    .setParameter("name", merchant.name())
                    .setParameter("clientId", merchant.clientId())
                    .setParameter("secretHash", merchant.secretHash())
                    .setParameter("createdAt", merchant.createdAt())
                    .setParameter("sandboxOnly", merchant.sandboxOnly())
                    .executeUpdate())
        .map(written -> written > 0);
  }
}

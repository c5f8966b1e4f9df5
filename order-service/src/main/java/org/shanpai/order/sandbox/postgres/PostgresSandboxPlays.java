package org.shanpai.order.sandbox.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.Order;
import org.shanpai.order.sandbox.Pace;
import org.shanpai.order.sandbox.SandboxPlay;
import org.shanpai.order.sandbox.SandboxPlays;
import org.shanpai.order.sandbox.SandboxWish;

/** {@link SandboxPlays} in PostgreSQL. */
@ApplicationScoped
class PostgresSandboxPlays implements SandboxPlays {

  private static final String INSERT =
      "insert into sandbox_play (order_id, play, pace, step, due_at, job, heard, ended)"
          + " values (:id, :play, :pace, 0, :due, :job, false, false)";

  private static final String HEARD =
      "update sandbox_play set heard = true where order_id = :id and not ended and not heard";

  private static final String DUE =
      "select order_id from sandbox_play where not ended and (due_at <= :now or heard)"
          + " order by due_at nulls first limit :limit";

  private final Tx tx;
  private final CityClock clock;
  private volatile Runnable news = () -> {};

  PostgresSandboxPlays(Tx tx, CityClock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  @Override
  public Uni<Void> begin(Order order, SandboxWish wish) {
    tx.afterCommit(() -> news.run());
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(INSERT)
                    .setParameter("id", order.id().value())
                    .setParameter("play", wish.play().name())
                    .setParameter("pace", wish.pace().name())
                    .setParameter("due", wish.pace() == Pace.BY_HAND ? null : clock.now())
                    .setParameter("job", SandboxPlay.UNBORN)
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> heard(OrderId id) {
    tx.afterCommit(() -> news.run());
    return tx.session()
        .chain(
            session ->
                session.createNativeQuery(HEARD).setParameter("id", id.value()).executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<List<OrderId>> due(Instant now, int limit) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(DUE, String.class)
                    .setParameter("now", now)
                    .setParameter("limit", limit)
                    .getResultList())
        .map(ids -> ids.stream().map(OrderId::new).toList());
  }

  @Override
  public Uni<Optional<SandboxPlay>> lock(OrderId id) {
    return tx.session()
        .chain(
            session -> session.find(SandboxPlay.class, id.value(), LockModeType.PESSIMISTIC_WRITE))
        .map(Optional::ofNullable);
  }

  @Override
  public Uni<Optional<SandboxPlay>> find(OrderId id) {
    return tx.session()
        .chain(session -> session.find(SandboxPlay.class, id.value()))
        .map(Optional::ofNullable);
  }

  @Override
  public void whenNews(Runnable action) {
    news = action;
  }
}

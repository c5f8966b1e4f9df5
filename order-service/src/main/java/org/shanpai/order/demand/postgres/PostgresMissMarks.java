package org.shanpai.order.demand.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.demand.MissMarks;

/** {@link MissMarks} in PostgreSQL. */
@ApplicationScoped
class PostgresMissMarks implements MissMarks {

  private final Tx tx;
  private final WallClock wall;

  PostgresMissMarks(Tx tx, WallClock wall) {
    this.tx = tx;
    this.wall = wall;
  }

  @Override
  public Uni<Boolean> addAll(List<String> marks) {
    // Always in the same order, so that two that share marks wait for each other and never in a
    // circle.
    Uni<Integer> added = Uni.createFrom().item(0);
    for (String mark : marks.stream().sorted().toList()) {
      added = added.chain(before -> add(mark).map(now -> before + now));
    }
    return added.map(count -> count == marks.size());
  }

  private Uni<Integer> add(String mark) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into missed_demand (mark, wall_at) values (:mark, :at)"
                            + " on conflict do nothing")
                    .setParameter("mark", mark)
                    .setParameter("at", wall.now())
                    .executeUpdate());
  }

  @Override
  public Uni<Boolean> knowsAny(List<String> marks) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select exists (select 1 from missed_demand where mark in (:marks))",
                        Boolean.class)
                    .setParameter("marks", marks)
                    .getSingleResult());
  }

  @Override
  public Uni<Void> forget(Instant before) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery("delete from missed_demand where wall_at < :before")
                    .setParameter("before", before)
                    .executeUpdate())
        .replaceWithVoid();
  }
}

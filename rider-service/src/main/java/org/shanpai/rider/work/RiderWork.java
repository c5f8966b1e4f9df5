package org.shanpai.rider.work;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;

/** What each rider has in hand and since when they are online, as dispatch-service told it. */
@ApplicationScoped
public class RiderWork {

  private final Tx tx;

  public RiderWork(Tx tx) {
    this.tx = tx;
  }

  /** The newest work told; null when none was. Needs a transaction or read. */
  public Uni<RiderWorkState> find(String riderId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select body from rider_work where rider_id = :rider", String.class)
                    .setParameter("rider", riderId)
                    .getSingleResultOrNull())
        .map(body -> body == null ? null : Json.read(body, RiderWorkState.class));
  }

  /** Keeps the newest work of the rider. */
  public Uni<Void> keep(RiderWorkState work, String body) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into rider_work (rider_id, version, body)"
                            + " values (:rider, :version, :body) on conflict (rider_id) do update"
                            + " set version = excluded.version, body = excluded.body"
                            + " where rider_work.version < excluded.version")
                    .setParameter("rider", work.riderId().value())
                    .setParameter("version", work.version())
                    .setParameter("body", body)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /**
   * Writes down the shift that this state shows: one row from going online to going offline.
   *
   * @param at city time of the state
   */
  public Uni<Void> keepShift(RiderWorkState work, Instant at) {
    String rider = work.riderId().value();
    Instant since = work.online() ? work.onlineSince() : null;
    Uni<Integer> ended =
        tx.session()
            .chain(
                session ->
                    session
                        .createNativeQuery(
                            "update rider_shift set ended_at = greatest(started_at, :at)"
                                + " where rider_id = :rider and ended_at is null"
                                + " and started_at <> :since")
                        .setParameter("at", since == null ? at : since)
                        .setParameter("rider", rider)
                        .setParameter("since", since == null ? Instant.EPOCH : since)
                        .executeUpdate());
    return since == null
        ? ended.replaceWithVoid()
        : ended
            .chain(tx::session)
            .chain(
                session ->
                    session
                        .createNativeQuery(
                            "insert into rider_shift (rider_id, started_at)"
                                + " values (:rider, :since) on conflict do nothing")
                        .setParameter("rider", rider)
                        .setParameter("since", since)
                        .executeUpdate())
            .replaceWithVoid();
  }
}

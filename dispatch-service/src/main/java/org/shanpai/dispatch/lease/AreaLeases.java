package org.shanpai.dispatch.lease;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.messaging.Tx;

/**
 * Leases on areas, in wall time as the database counts it: replicas need not agree on the hour.
 *
 * <p>A lease only spreads the work. What keeps a slow replica from harm is {@link #require}, which
 * every commit of a wave calls in its own transaction.
 */
@ApplicationScoped
public class AreaLeases {

  private final Tx tx;
  private final DispatchSettings settings;

  public AreaLeases(Tx tx, DispatchSettings settings) {
    this.tx = tx;
    this.settings = settings;
  }

  /**
   * Takes or renews the lease when it is free, expired or one's own.
   *
   * @return empty when somebody else has it
   */
  public Uni<Optional<Lease>> acquire(String areaId, String holder) {
    return tx.write(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "insert into area_lease as l (area_id, holder, fence, expires_at)"
                                    + " values (:area, :me, 1, clock_timestamp() + :life *"
                                    + " interval '1 second')"
                                    + " on conflict (area_id) do update set"
                                    + " fence = case when l.holder = :me"
                                    + " and l.expires_at > clock_timestamp()"
                                    + " then l.fence else l.fence + 1 end,"
                                    + " holder = :me, expires_at = excluded.expires_at"
                                    + " where l.holder = :me or l.expires_at <= clock_timestamp()"
                                    + " returning fence",
                                Long.class)
                            .setParameter("area", areaId)
                            .setParameter("me", holder)
                            .setParameter("life", settings.leaseWallSeconds())
                            .getResultList())
                .map(
                    fences ->
                        fences.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Lease(areaId, holder, fences.get(0)))));
  }

  /** Gives an area back, so that another replica need not wait. */
  public Uni<Void> release(Lease lease) {
    return tx.write(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "update area_lease set expires_at = clock_timestamp()"
                                    + " where area_id = :area and holder = :me and fence = :fence")
                            .setParameter("area", lease.areaId())
                            .setParameter("me", lease.holder())
                            .setParameter("fence", lease.fence())
                            .executeUpdate())
                .replaceWithVoid());
  }

  /**
   * Fails the surrounding transaction unless the lease still stands; nobody can take it over before
   * that transaction ends.
   *
   * @throws StaleLease as the Uni's failure
   */
  public Uni<Void> require(Lease lease) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select fence from area_lease where area_id = :area and holder = :me"
                            + " and fence = :fence for share",
                        Long.class)
                    .setParameter("area", lease.areaId())
                    .setParameter("me", lease.holder())
                    .setParameter("fence", lease.fence())
                    .getResultList())
        .invoke(
            rows -> {
              if (rows.isEmpty()) {
                throw new StaleLease(lease);
              }
            })
        .replaceWithVoid();
  }

  /**
   * Says that this replica lives, and counts those that do, itself included.
   *
   * @return at least 1
   */
  public Uni<Integer> beat(String holder) {
    return tx.write(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "insert into replica (holder, expires_at) values (:me,"
                                    + " clock_timestamp() + :life * interval '1 second')"
                                    + " on conflict (holder) do update"
                                    + " set expires_at = excluded.expires_at")
                            .setParameter("me", holder)
                            .setParameter("life", settings.leaseWallSeconds())
                            .executeUpdate())
                .chain(() -> tx.session())
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "delete from replica where expires_at"
                                    + " < clock_timestamp() - interval '1 hour'")
                            .executeUpdate())
                .chain(() -> tx.session())
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select count(*) from replica"
                                    + " where expires_at > clock_timestamp()",
                                Long.class)
                            .getSingleResult())
                .map(Long::intValue));
  }

  /** This replica is going: its share is free for others. */
  public Uni<Void> leave(String holder, List<Lease> leases) {
    Uni<Void> released = Uni.createFrom().voidItem();
    for (Lease lease : leases) {
      released = released.chain(() -> release(lease));
    }
    return released
        .chain(
            () ->
                tx.write(
                    () ->
                        tx.session()
                            .chain(
                                session ->
                                    session
                                        .createNativeQuery("delete from replica where holder = :me")
                                        .setParameter("me", holder)
                                        .executeUpdate())))
        .replaceWithVoid();
  }
}

package org.shanpai.dispatch.block;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.messaging.Tx;

/**
 * Which riders want no orders of which customers (拉黑顾客). A customer is a keyed hash that comes with
 * the order. Runs in the caller's session; instants are city time.
 */
@ApplicationScoped
public class Blocks {

  private final Tx tx;

  public Blocks(Tx tx) {
    this.tx = tx;
  }

  /**
   * The rider wants no orders of that job's customer until then. Where nobody knows the customer,
   * nothing is kept.
   *
   * @return the customer's key; null when it is not known
   */
  public Uni<String> put(String blockId, String riderId, String jobId, Instant until) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into rider_block (id, rider_id, job_id, customer_key, until_at)"
                            + " select :id, :rider, id, customer_key, :until from job"
                            + " where id = :job and customer_key is not null"
                            + " on conflict (id) do update set until_at = excluded.until_at"
                            + " returning customer_key",
                        String.class)
                    .setParameter("id", blockId)
                    .setParameter("rider", riderId)
                    .setParameter("job", jobId)
                    .setParameter("until", until)
                    .getSingleResultOrNull());
  }

  /** The rider takes it back, or it ran out. */
  public Uni<Void> lift(String blockId) {
    return delete("delete from rider_block where id = :id", blockId);
  }

  /** The customer of that job is forgotten: what was built on it goes too. */
  public Uni<Void> forget(String jobId) {
    return delete("delete from rider_block where job_id = :id", jobId);
  }

  private Uni<Void> delete(String sql, String id) {
    return tx.session()
        .chain(session -> session.createNativeQuery(sql).setParameter("id", id).executeUpdate())
        .replaceWithVoid();
  }

  /** Riders who want none of these jobs, by job. */
  public Uni<Map<String, Set<String>>> against(Collection<String> jobs, Instant now) {
    if (jobs.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select j.id, b.rider_id from job j join rider_block b"
                            + " on b.customer_key = j.customer_key and b.until_at > :now"
                            + " where j.id in (:jobs)",
                        Object[].class)
                    .setParameter("jobs", jobs)
                    .setParameter("now", now)
                    .getResultList())
        .map(
            rows -> {
              Map<String, Set<String>> riders = new HashMap<>();
              for (Object[] row : rows) {
                riders
                    .computeIfAbsent((String) row[0], job -> new HashSet<>())
                    .add((String) row[1]);
              }
              return riders;
            });
  }

  /** Whether the rider wants no orders of that job's customer. */
  public Uni<Boolean> stands(String riderId, String jobId, Instant now) {
    return against(List.of(jobId), now)
        .map(riders -> riders.getOrDefault(jobId, Set.of()).contains(riderId));
  }

  /** Open jobs of customers whom the rider does not want. */
  public Uni<Set<String>> openJobs(String riderId, Instant now) {
    return jobs(riderId, now, "OPEN", null);
  }

  /** Jobs of a customer that are offered to the rider just now. */
  public Uni<Set<String>> offered(String riderId, String customerKey, Instant now) {
    return jobs(riderId, now, "OFFERED", customerKey);
  }

  private Uni<Set<String>> jobs(String riderId, Instant now, String status, String key) {
    boolean offered = key != null;
    return tx.session()
        .chain(
            session -> {
              var query =
                  session
                      .createNativeQuery(
                          "select j.id from rider_block b join job j"
                              + " on j.customer_key = b.customer_key and j.status = :status"
                              + (offered ? " and j.rider_id = b.rider_id" : "")
                              + " where b.rider_id = :rider and b.until_at > :now"
                              + (offered ? " and b.customer_key = :key" : ""),
                          String.class)
                      .setParameter("status", status)
                      .setParameter("rider", riderId)
                      .setParameter("now", now);
              if (offered) {
                query.setParameter("key", key);
              }
              return query.getResultList();
            })
        .map(Set::copyOf);
  }
}

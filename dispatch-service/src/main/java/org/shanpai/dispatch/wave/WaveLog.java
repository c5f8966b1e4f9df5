package org.shanpai.dispatch.wave;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/** A short row for every wave that was solved; kept for as long as the settings say. */
@ApplicationScoped
public class WaveLog {

  /**
   * What a wave was and did.
   *
   * @param at city time
   * @param offers bundles offered
   * @param holds jobs held on purpose
   * @param nobody jobs without any candidate
   * @param conflicts bundles that somebody was faster for
   * @param seed of the engine's search
   * @param steps moves the engine tried
   * @param cost of its plan, mc
   * @param wallMillis from reading to the last commit
   * @param solveMicros inside the engine
   * @param failure what the engine survived; null when nothing
   */
  public record Entry(
      String waveId,
      String areaId,
      long fence,
      Instant at,
      int jobs,
      int couriers,
      int offers,
      int holds,
      int nobody,
      int conflicts,
      long seed,
      int steps,
      long cost,
      long wallMillis,
      long solveMicros,
      String failure) {}

  private final Tx tx;

  public WaveLog(Tx tx) {
    this.tx = tx;
  }

  /** Needs an open transaction. */
  Uni<Void> add(Entry entry) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into wave_log (wave_id, area_id, fence, at, jobs, couriers,"
                            + " offers, holds, nobody, conflicts, seed, steps, cost, wall_millis,"
                            + " solve_micros, failure) values (:wave, :area, :fence, :at, :jobs,"
                            + " :couriers, :offers, :holds, :nobody, :conflicts, :seed, :steps,"
                            + " :cost, :wall, :solve, nullif(:failure, ''))")
                    .setParameter("wave", entry.waveId())
                    .setParameter("area", entry.areaId())
                    .setParameter("fence", entry.fence())
                    .setParameter("at", entry.at())
                    .setParameter("jobs", entry.jobs())
                    .setParameter("couriers", entry.couriers())
                    .setParameter("offers", entry.offers())
                    .setParameter("holds", entry.holds())
                    .setParameter("nobody", entry.nobody())
                    .setParameter("conflicts", entry.conflicts())
                    .setParameter("seed", entry.seed())
                    .setParameter("steps", entry.steps())
                    .setParameter("cost", entry.cost())
                    .setParameter("wall", entry.wallMillis())
                    .setParameter("solve", entry.solveMicros())
                    .setParameter("failure", entry.failure() == null ? "" : entry.failure())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** The last wave solved in an area; null when there was none. */
  public Uni<Entry> last(String areaId) {
    return one("area_id = :key order by at desc limit 1", areaId);
  }

  /** One wave; null when there is none, or it is too long ago. */
  public Uni<Entry> find(String waveId) {
    return one("wave_id = :key", waveId);
  }

  private Uni<Entry> one(String where, String key) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select wave_id, area_id, fence, at, jobs, couriers, offers, holds, nobody,"
                            + " conflicts, seed, steps, cost, wall_millis, solve_micros, failure"
                            + " from wave_log where "
                            + where,
                        Object[].class)
                    .setParameter("key", key)
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : read(row));
  }

  private static Entry read(Object[] row) {
    return new Entry(
        (String) row[0],
        (String) row[1],
        whole(row[2]),
        Instants.of(row[3]),
        (int) whole(row[4]),
        (int) whole(row[5]),
        (int) whole(row[6]),
        (int) whole(row[7]),
        (int) whole(row[8]),
        (int) whole(row[9]),
        whole(row[10]),
        (int) whole(row[11]),
        whole(row[12]),
        whole(row[13]),
        whole(row[14]),
        (String) row[15]);
  }

  private static long whole(Object column) {
    return ((Number) column).longValue();
  }
}

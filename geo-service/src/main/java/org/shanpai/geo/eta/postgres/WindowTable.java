package org.shanpai.geo.eta.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.geo.eta.ArrivalWindow;
import org.shanpai.geo.eta.Outcome;
import org.shanpai.geo.eta.Stage;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/** Windows and what came of them, as rows; every call inside a transaction or session. */
@ApplicationScoped
public class WindowTable {

  private final Tx tx;

  public WindowTable(Tx tx) {
    this.tx = tx;
  }

  /** Counts of a kind of windows; areaId and slot are null for all. */
  public record Held(
      Stage stage,
      String areaId,
      Integer slot,
      long windows,
      long inside,
      long early,
      long late,
      double meanSeconds) {}

  /** Keeps a window as it was given first. */
  public Uni<Void> add(
      String jobId,
      long epoch,
      Stage stage,
      String areaId,
      int slot,
      Instant madeAt,
      double scaleSeconds,
      ArrivalWindow window) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into eta_window (job_id, epoch, stage, area_id, slot, made_at,"
                            + " planned_at, earliest_at, latest_at, scale_seconds, coverage,"
                            + " samples) values (:job, :epoch, :stage, :area, :slot, :made,"
                            + " :planned, :earliest, :latest, :scale, :coverage, :samples)"
                            + " on conflict do nothing")
                    .setParameter("job", jobId)
                    .setParameter("epoch", epoch)
                    .setParameter("stage", stage.name())
                    .setParameter("area", areaId)
                    .setParameter("slot", (short) slot)
                    .setParameter("made", madeAt)
                    .setParameter("planned", window.plannedAt())
                    .setParameter("earliest", window.earliestAt())
                    .setParameter("latest", window.latestAt())
                    .setParameter("scale", scaleSeconds)
                    .setParameter("coverage", window.coverage())
                    .setParameter("samples", window.samples())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** The delivery; windows given while another rider had the job came to nothing. */
  public Uni<Void> delivered(String jobId, long epoch, Instant at) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update eta_window set outcome_at = :at where job_id = :job"
                            + " and (epoch = :epoch or stage = 'CREATED') and outcome_at is null")
                    .setParameter("at", at)
                    .setParameter("job", jobId)
                    .setParameter("epoch", epoch)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** The newest window of a job, or null. */
  public Uni<ArrivalWindow> newest(String jobId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select planned_at, earliest_at, latest_at, coverage, samples"
                            + " from eta_window where job_id = :job"
                            + " order by made_at desc, epoch desc, planned_at desc limit 1",
                        Object[].class)
                    .setParameter("job", jobId)
                    .getSingleResultOrNull())
        .map(
            row ->
                row == null
                    ? null
                    : new ArrivalWindow(
                        Instants.of(row[0]),
                        Instants.of(row[1]),
                        Instants.of(row[2]),
                        ((Number) row[3]).doubleValue(),
                        ((Number) row[4]).intValue()));
  }

  /** What came of windows since then, newest first. */
  public Uni<List<Outcome>> outcomes(Instant since, int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select stage, area_id, slot, cast(extract(epoch from outcome_at -"
                            + " planned_at) as double precision) / scale_seconds,"
                            + " outcome_at between earliest_at and latest_at from eta_window"
                            + " where outcome_at >= :since"
                            + " order by outcome_at desc, job_id, stage limit "
                            + most,
                        Object[].class)
                    .setParameter("since", since)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Outcome(
                                Stage.valueOf((String) row[0]),
                                (String) row[1],
                                ((Number) row[2]).intValue(),
                                ((Number) row[3]).doubleValue(),
                                (Boolean) row[4]))
                    .toList());
  }

  /** How windows of that time held: the city, by area, by half hour. */
  public Uni<List<Held>> held(Instant since) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select stage, area_id, slot, count(*), count(*) filter (where outcome_at"
                            + " between earliest_at and latest_at), count(*) filter"
                            + " (where outcome_at < earliest_at), count(*) filter (where"
                            + " outcome_at > latest_at), cast(avg(extract(epoch from latest_at -"
                            + " earliest_at)) as double precision) from eta_window"
                            + " where outcome_at >= :since group by grouping sets ((stage),"
                            + " (stage, area_id), (stage, slot)) order by stage, area_id, slot",
                        Object[].class)
                    .setParameter("since", since)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Held(
                                Stage.valueOf((String) row[0]),
                                (String) row[1],
                                row[2] == null ? null : ((Number) row[2]).intValue(),
                                ((Number) row[3]).longValue(),
                                ((Number) row[4]).longValue(),
                                ((Number) row[5]).longValue(),
                                ((Number) row[6]).longValue(),
                                ((Number) row[7]).doubleValue()))
                    .toList());
  }

  /** Removes what is older. */
  public Uni<Void> deleteBefore(Instant before) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery("delete from eta_window where made_at < :before")
                    .setParameter("before", before)
                    .executeUpdate())
        .replaceWithVoid();
  }
}

package org.shanpai.geo.fence;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;
import org.shanpai.geo.fence.postgres.FenceTable;
import org.shanpai.geo.learning.Lessons;
import org.shanpai.geo.position.Sighting;
import org.shanpai.geo.track.Tracks;
import org.shanpai.messaging.Tx;

/** Puts together what positions say about a job. */
@ApplicationScoped
public class Evidence {

  private static final Duration AROUND = Duration.ofMinutes(5);

  private final Tx tx;
  private final FenceTable table;
  private final Fences fences;
  private final Lessons lessons;
  private final Tracks tracks;

  public Evidence(Tx tx, FenceTable table, Fences fences, Lessons lessons, Tracks tracks) {
    this.tx = tx;
    this.table = table;
    this.fences = fences;
    this.lessons = lessons;
    this.tracks = tracks;
  }

  /**
   * @param times city times to tell the rider's whereabouts for
   * @throws Problem 404 when no rider ever had such a job
   */
  public Uni<JobEvidence> of(String jobId, List<Instant> times) {
    return tx.read(
        () ->
            table
                .of(jobId)
                .invoke(
                    jobs -> {
                      if (jobs.isEmpty()) {
                        throw Problem.notFound("evidence of job " + jobId);
                      }
                    })
                .chain(
                    jobs ->
                        table
                            .evidence(jobId)
                            .chain(
                                events ->
                                    whereabouts(jobs, times)
                                        .map(found -> together(jobId, jobs, events, found)))));
  }

  private Uni<List<JobEvidence.Whereabouts>> whereabouts(
      List<FencedJob> jobs, List<Instant> times) {
    Uni<List<JobEvidence.Whereabouts>> all = Uni.createFrom().item(List.of());
    for (Instant at : times) {
      FencedJob job = holder(jobs, at);
      all =
          all.chain(
              before ->
                  readings(job, at)
                      .map(
                          seen -> {
                            List<JobEvidence.Whereabouts> more = new ArrayList<>(before);
                            more.add(whereabouts(job, at, seen));
                            return more;
                          }));
    }
    return all;
  }

  /** What is still in memory, and what the rider's track holds. */
  private Uni<List<Sighting>> readings(FencedJob job, Instant at) {
    if (job == null) {
      return Uni.createFrom().item(List.of());
    }
    Instant from = at.minus(AROUND);
    Instant to = at.plus(AROUND);
    List<Sighting> live = fences.readings(job.riderId(), from, to);
    return tracks
        .track(job.riderId(), from.toEpochMilli(), to.toEpochMilli())
        .map(
            track -> {
              List<Sighting> seen = new ArrayList<>(live);
              track.points().forEach(point -> seen.add(point.sighting()));
              return seen;
            });
  }

  private static JobEvidence together(
      String jobId,
      List<FencedJob> jobs,
      List<FenceEvidence> events,
      List<JobEvidence.Whereabouts> answers) {
    return new JobEvidence(
        jobId,
        jobs.stream()
            .map(
                job ->
                    new JobEvidence.Assignment(
                        job.epoch(),
                        job.riderId(),
                        job.acceptedAt(),
                        job.pickedUpAt(),
                        job.endedAt()))
            .toList(),
        events,
        answers);
  }

  private static FencedJob holder(List<FencedJob> jobs, Instant at) {
    for (FencedJob job : jobs) {
      if (!at.isBefore(job.acceptedAt())
          && (job.endedAt() == null || !at.isAfter(job.endedAt().plus(AROUND)))) {
        return job;
      }
    }
    return null;
  }

  private JobEvidence.Whereabouts whereabouts(FencedJob job, Instant at, List<Sighting> readings) {
    if (job == null) {
      return new JobEvidence.Whereabouts(at, null, null, null, null, null, null);
    }
    GeoPoint pickup = lessons.pickup(StoreId.of(job.storeId()), job.pickup()).place();
    return readings.stream()
        .min(Comparator.comparingLong(seen -> Math.abs(seen.at() - at.toEpochMilli())))
        .map(seen -> whereabouts(job, at, pickup, seen))
        .orElse(new JobEvidence.Whereabouts(at, job.riderId(), null, null, null, null, null));
  }

  private static JobEvidence.Whereabouts whereabouts(
      FencedJob job, Instant at, GeoPoint pickup, Sighting seen) {
    return new JobEvidence.Whereabouts(
        at,
        job.riderId(),
        Instant.ofEpochMilli(seen.at()),
        tenths(seen.place().metresTo(pickup)),
        tenths(seen.place().metresTo(job.dropoff())),
        tenths(seen.accuracyMetres()),
        seen.trust());
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}

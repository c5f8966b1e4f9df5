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
import org.shanpai.messaging.Tx;

/** Puts together what positions say about a job. */
@ApplicationScoped
public class Evidence {

  private static final Duration AROUND = Duration.ofMinutes(5);

  private final Tx tx;
  private final FenceTable table;
  private final Fences fences;
  private final Lessons lessons;

  public Evidence(Tx tx, FenceTable table, Fences fences, Lessons lessons) {
    this.tx = tx;
    this.table = table;
    this.fences = fences;
    this.lessons = lessons;
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
                        table.evidence(jobId).map(events -> together(jobId, jobs, events, times))));
  }

  private JobEvidence together(
      String jobId, List<FencedJob> jobs, List<FenceEvidence> events, List<Instant> times) {
    List<JobEvidence.Whereabouts> answers = new ArrayList<>();
    for (Instant at : times) {
      answers.add(whereabouts(holder(jobs, at), at));
    }
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

  private JobEvidence.Whereabouts whereabouts(FencedJob job, Instant at) {
    if (job == null) {
      return new JobEvidence.Whereabouts(at, null, null, null, null, null, null);
    }
    GeoPoint pickup = lessons.pickup(StoreId.of(job.storeId()), job.pickup()).place();
    return fences.readings(job.riderId(), at.minus(AROUND), at.plus(AROUND)).stream()
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

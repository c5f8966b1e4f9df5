package org.shanpai.dispatch.offer;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.dispatch.pool.PoolRules;
import org.shanpai.dispatch.work.Route;

/**
 * An offer as a wave wants it, with everything that must still be true when it is committed.
 *
 * @param workVersion version of the rider's work that the wave saw
 * @param jobs at least one
 * @param route the rider's whole route if accepted
 * @param rules of the rider's pool
 * @param why one short line for the rider
 * @param receipts why, for each job; stored with the offer
 */
public record OfferDraft(
    String waveId,
    String areaId,
    String riderId,
    long workVersion,
    List<DraftJob> jobs,
    Route route,
    PoolRules rules,
    String why,
    List<DispatchReceipt> receipts) {

  /**
   * @param epoch the job's epoch that the wave saw
   * @param fromRider who has the job and loses it by this offer (改派); null for an open job
   */
  public record DraftJob(
      String jobId,
      long epoch,
      Instant plannedPickupAt,
      Instant plannedDeliveryAt,
      String fromRider) {

    /** An open job. */
    public DraftJob(String jobId, long epoch, Instant plannedPickupAt, Instant plannedDeliveryAt) {
      this(jobId, epoch, plannedPickupAt, plannedDeliveryAt, null);
    }

    /** The same once whoever had it has lost it. */
    DraftJob freed() {
      return fromRider == null
          ? this
          : new DraftJob(jobId, epoch + 1, plannedPickupAt, plannedDeliveryAt);
    }
  }

  /** Jobs that others have now, by job id. */
  List<DraftJob> moved() {
    return jobs.stream()
        .filter(job -> job.fromRider() != null)
        .sorted(Comparator.comparing(DraftJob::jobId))
        .toList();
  }

  /** The same once everybody who had a job of it has lost it. */
  OfferDraft freed() {
    return new OfferDraft(
        waveId,
        areaId,
        riderId,
        workVersion,
        jobs.stream().map(DraftJob::freed).toList(),
        route,
        rules,
        why,
        receipts);
  }

  public OfferDraft {
    jobs = List.copyOf(jobs);
    if (jobs.isEmpty()) {
      throw new IllegalArgumentException("an offer needs a job; wave " + waveId);
    }
  }
}

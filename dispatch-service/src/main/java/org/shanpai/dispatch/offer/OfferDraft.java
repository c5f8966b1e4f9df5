package org.shanpai.dispatch.offer;

import java.time.Instant;
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
   */
  public record DraftJob(
      String jobId, long epoch, Instant plannedPickupAt, Instant plannedDeliveryAt) {}

  public OfferDraft {
    jobs = List.copyOf(jobs);
    if (jobs.isEmpty()) {
      throw new IllegalArgumentException("an offer needs a job; wave " + waveId);
    }
  }
}

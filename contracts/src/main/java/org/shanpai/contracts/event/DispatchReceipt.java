package org.shanpai.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;

/**
 * Why a job was given to whom, held, or given to nobody. Published by dispatch-service when a
 * decision or its reason changes.
 *
 * @param at city time of the wave
 * @param outcome {@code OFFER}, {@code HOLD} or {@code NO_COURIER}
 * @param candidates at most five, cheapest first
 * @param rejected how many other riders each rule turned away
 * @param decidedBy the rule that decided
 */
public record DispatchReceipt(
    String waveId,
    JobId jobId,
    CityId cityId,
    AreaId areaId,
    Instant at,
    String outcome,
    RiderId chosen,
    List<Candidate> candidates,
    Map<String, Integer> rejected,
    String decidedBy,
    String engineVersion) {

  /**
   * @param total cost in the engine's unit, the sum of {@code terms}
   */
  public record Candidate(RiderId riderId, long total, Map<String, Long> terms) {}
}

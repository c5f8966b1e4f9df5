package org.shanpai.engine;

/** Why a courier was no candidate for a job, in the order in which the rules are asked. */
public enum RejectRule {
  /** The courier's own data are out of range, or their committed route cannot be ridden. */
  BAD_COURIER_DATA,
  /** Not taking offers: resting, paused, another offer open. */
  NOT_ACCEPTING,
  /** Declined this job before or was excluded by the store. */
  EXCLUDED,
  /** Lacks equipment the job needs. */
  LACKS_EQUIPMENT,
  /** The goods do not fit the box even when it is empty. */
  TOO_LARGE,
  /** The goods weigh more than the courier may carry. */
  TOO_HEAVY,
  /** No way from the courier to the shop. */
  UNREACHABLE,
  /** Cannot be at the shop before the shift ends. */
  SHIFT_ENDS,
  /** Cannot hand over before the hours on duty are used up. */
  FATIGUE,
  /** Too slow to bring the goods within the longest carry. */
  CARRY_TOO_LONG,
  /** The route already has as many stops as are planned ahead. */
  ROUTE_FULL,
  /** Enough nearer couriers were found. */
  FARTHER_THAN_OTHERS,
  /**
   * No place in the route keeps capacity, weight, longest carry, direct orders, shift end and duty
   * end.
   */
  NO_FEASIBLE_PLACE
}

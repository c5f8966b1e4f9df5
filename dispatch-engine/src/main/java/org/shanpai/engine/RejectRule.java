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
  /** No way from the courier to the shop. */
  UNREACHABLE,
  /** Cannot be at the shop before the shift ends. */
  SHIFT_ENDS,
  /** The route already has as many stops as are planned ahead. */
  ROUTE_FULL,
  /** Enough nearer couriers were found. */
  FARTHER_THAN_OTHERS,
  /** No place in the route keeps capacity, direct orders and shift end. */
  NO_FEASIBLE_PLACE
}

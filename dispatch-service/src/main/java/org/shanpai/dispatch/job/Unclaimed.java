package org.shanpai.dispatch.job;

/** How far the steps for a job that nobody takes have gone, in their order. */
public enum Unclaimed {
  /** It pays a step more; by pool. */
  PAY_RAISED,
  /** Riders of every pool from farther away may have it. */
  NEIGHBOURS_ASKED,
  /** An operator is called. */
  OPERATOR_CALLED,
  /** The customer may cancel free of charge. */
  FREE_CANCEL
}

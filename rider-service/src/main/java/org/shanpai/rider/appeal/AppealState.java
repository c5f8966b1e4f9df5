package org.shanpai.rider.appeal;

/** How far an appeal has come. */
public enum AppealState {
  /** With the first instance. */
  FILED,
  /** By the first instance; the rider may still ask for the panel. */
  REJECTED,
  /** With the second instance. */
  PANEL,
  /** For good: the deduction is taken back. */
  ACCEPTED,
  /** For good: the deduction stands. */
  DISMISSED;

  /** Whether the deduction is still stayed. */
  public boolean open() {
    return this == FILED || this == REJECTED || this == PANEL;
  }
}

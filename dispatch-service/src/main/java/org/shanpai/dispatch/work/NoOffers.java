package org.shanpai.dispatch.work;

/** Why a rider who could take offers gets none; what the phone tells of itself. */
public enum NoOffers {
  /** The phone is about to die. */
  LOW_BATTERY,
  /** Nobody knows for certain where the rider is, and that for some time. */
  POSITION_NOT_TRUSTED
}

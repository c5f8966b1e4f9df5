package org.shanpai.engine;

/** The rule that settled a job. */
public enum DecisionRule {
  /** Offer: the courier has to leave now to be there in time. */
  LEAVE_NOW,
  /** Offer: the promise is near, nothing may be lost by waiting. */
  PROMISE_NEAR,
  /** Offer: the moment until which it might be held has come. */
  HOLD_EXHAUSTED,
  /** Offer: goes along with another job from the same store. */
  SAME_STORE_BUNDLE,
  /** Hold: a courier is planned, but the goods are not ready and the departure can wait. */
  GOODS_NOT_READY,
  /** Hold: a courier is planned, but has earlier stops to finish first. */
  COURIER_BUSY_UNTIL_LATER,
  /** Hold: its courier gets another offer in this wave; one at a time. */
  COURIER_HAS_ANOTHER_OFFER,
  /** Hold: every candidate costs more than waiting for a nearer one. */
  WAITING_IS_CHEAPER,
  /** Hold: the futures that may come do not agree on its courier, and it can still wait. */
  FUTURES_DISAGREE,
  /** Reassignment: another courier takes the job so much cheaper that the change pays. */
  REASSIGNMENT_PAYS,
  /** No courier: the area has none. */
  NO_COURIERS,
  /** No courier: every one was rejected; the receipt counts by rule. */
  ALL_REJECTED,
  /** No courier: the routes of all candidates are full. */
  NO_ROOM,
  /** No courier: the door cannot be reached from the shop. */
  NO_WAY,
  /** No courier: even ridden straight, the goods would be carried longer than allowed. */
  CARRY_TOO_LONG,
  /** No courier: a place index is not in the matrix. */
  UNKNOWN_PLACE,
  /** No courier: a time, service or load is out of range. */
  VALUE_OUT_OF_RANGE,
  /** No courier: another open job has the same id. */
  DUPLICATE_JOB,
  /** No courier: the job is already on a courier's committed route. */
  ALREADY_COMMITTED,
  /** No courier: the engine failed on this wave; the message is in the stats. */
  ENGINE_FAILED
}

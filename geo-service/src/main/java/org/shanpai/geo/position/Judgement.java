package org.shanpai.geo.position;

/**
 * What is thought of a reading.
 *
 * @param reading with the phone's clock corrected
 * @param rejection why it is not believed; null when it is
 * @param order where it stands in its session; null when rejected
 * @param moves whether the rider is there now
 * @param trust how far it is believed, 0–100
 */
record Judgement(
    Reading reading, PingRejection rejection, PhoneSession.Order order, boolean moves, int trust) {

  boolean believed() {
    return rejection == null && order != PhoneSession.Order.REPEATED;
  }
}

package org.shanpai.geo.position;

import java.util.List;

/**
 * How far a rider is believed and why not further.
 *
 * @param trust 0–100
 * @param readings believed since this replica knows the rider
 * @param marks every signal seen of the rider
 */
public record TrustReport(String riderId, int trust, long readings, List<Mark> marks) {

  /**
   * What became of one signal.
   *
   * @param count readings that showed it
   * @param lastAt city time of the last of them, epoch milliseconds
   * @param points what it takes away at present
   */
  public record Mark(TrustSignal signal, int count, long lastAt, int points) {}
}

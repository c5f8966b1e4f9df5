package org.shanpai.rider.score;

import java.time.LocalDate;

/**
 * What a rider's score of yesterday brings today.
 *
 * @param businessDate the day it holds
 * @param milliPoints the level score: the closing score of the day before, without deductions under
 *     appeal
 * @param scoreMilliPoints the closing score of the day before, deductions under appeal included
 * @param ruleSet the version whose ladder it is
 * @param band the step of the ladder
 * @param rewardOrdersPerDay so many orders of that day carry the reward
 */
public record Level(
    LocalDate businessDate,
    int milliPoints,
    int scoreMilliPoints,
    String ruleSet,
    RuleSet.Band band,
    int rewardOrdersPerDay) {

  /** For each of those orders, fen; never below 0. */
  public int rewardFen() {
    return band.rewardFen();
  }
}

package org.shanpai.contracts.event;

import java.time.Instant;
import java.time.LocalDate;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.RiderId;

/**
 * Money that has become due to a rider beyond what jobs pay. Published by rider-service, which also
 * writes it into the earnings ledger; whoever pays out may listen too.
 *
 * @param settlementId names it; however often it is told, it is paid once
 * @param riderId who gets it
 * @param kind what for
 * @param subject what it is paid for: enrolment and milestone of a campaign; scheme and month of
 *     welfare
 * @param amount more than nothing
 * @param businessDate the day it became due
 * @param at city time it became due
 */
public record Settlement(
    String settlementId,
    CityId cityId,
    RiderId riderId,
    Kind kind,
    String subject,
    Money amount,
    LocalDate businessDate,
    Instant at) {

  /** What for. */
  public enum Kind {
    /** A campaign (活动奖励). */
    CAMPAIGN,
    /** Welfare, such as the social-insurance subsidy (社保补贴). */
    WELFARE
  }
}

package org.shanpai.rider.score;

import java.time.Instant;

/**
 * What somebody, or a rule of its own, found out about a rider beside the deliveries: a fact the
 * score is judged by. A later revision of the same ruling replaces it.
 *
 * @param rulingId names it
 * @param revision the highest one counts
 * @param rule {@code SM2}–{@code SM4}, {@code TR1}, {@code CX1}–{@code CX3}, {@code FU1}, {@code
 *     FU2}, {@code SV1}, {@code SV2}, or {@link #EXEMPT}
 * @param orderId the order it is about; null when it is about none
 * @param subject what the row is filed under: the order for praise, complaints and rescues, else
 *     the incident (a peak slot, a training, an assignment given back, a case)
 * @param status only what is confirmed counts; a severe violation only when a person did it
 * @param actor who; {@code rules} when nobody did
 * @param person whether {@code actor} is a named person
 * @param occurredAt when it happened, city time
 * @param judgedBy city time whose rule set judges: the order's acceptance; null for {@code
 *     occurredAt}
 * @param endedAt for a span, such as a peak slot; else null
 * @param areaId where; null when it does not matter
 * @param excuse code of why it counts nothing, such as {@code PACKAGING}, {@code
 *     AGREED_DROP_POINT}, {@code LATENESS}, {@code E7}; for {@link #EXEMPT} the exemption; null for
 *     none
 * @param counterpart for {@code SM4} the rider it was taken over from; else null
 * @param evidence reference to what proves it; null for none
 * @param reasons in the words of whoever decided; null for none
 */
public record Ruling(
    String rulingId,
    long revision,
    String riderId,
    String rule,
    String orderId,
    String subject,
    Status status,
    String actor,
    boolean person,
    Instant occurredAt,
    Instant judgedBy,
    Instant endedAt,
    String areaId,
    String excuse,
    String counterpart,
    String evidence,
    String reasons) {

  /** The order's lateness is excused; it counts as on time. */
  public static final String EXEMPT = "EXEMPT";

  /** How far it has come. */
  public enum Status {
    /** Suspected; does nothing. */
    PROPOSED,
    CONFIRMED,
    /** Found to be wrong, or overturned. */
    DISMISSED
  }

  /**
   * @throws IllegalArgumentException naming what is missing
   */
  public Ruling {
    require(rulingId != null && !rulingId.isBlank(), "rulingId");
    require(riderId != null && !riderId.isBlank(), "riderId");
    require(rule != null && !rule.isBlank(), "rule");
    require(subject != null && !subject.isBlank(), "subject");
    require(status != null, "status");
    require(actor != null && !actor.isBlank(), "actor");
    require(occurredAt != null, "occurredAt");
    require(!EXEMPT.equals(rule) || subject.equals(orderId), "orderId");
  }

  /**
   * Whether only a named person may confirm it: everything that takes points, except a cancel whose
   * facts are the platform's own.
   */
  public static boolean needsPerson(String rule) {
    return rule.startsWith("CX") || rule.startsWith("SV") || "FU2".equals(rule);
  }

  /** The time whose rule set judges. */
  public Instant ruledBy() {
    return judgedBy != null ? judgedBy : occurredAt;
  }

  /** The same ruling, counting nothing. */
  public Ruling excused(String why) {
    return new Ruling(
        rulingId,
        revision,
        riderId,
        rule,
        orderId,
        subject,
        status,
        actor,
        person,
        occurredAt,
        judgedBy,
        endedAt,
        areaId,
        why,
        counterpart,
        evidence,
        reasons);
  }

  /** The same ruling, overturned by a named person. */
  public Ruling dismissed(String byWhom, String why) {
    return new Ruling(
        rulingId,
        revision + 1,
        riderId,
        rule,
        orderId,
        subject,
        Status.DISMISSED,
        byWhom,
        true,
        occurredAt,
        judgedBy,
        endedAt,
        areaId,
        excuse,
        counterpart,
        evidence,
        why);
  }

  private static void require(boolean holds, String field) {
    if (!holds) {
      throw new IllegalArgumentException("a ruling without a good " + field);
    }
  }
}

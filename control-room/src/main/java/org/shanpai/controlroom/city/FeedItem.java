package org.shanpai.controlroom.city;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;

/**
 * A line of the running list of what happens. The page puts it into words.
 *
 * @param eventId of the event it tells of: one event, one line
 * @param at city time
 * @param what such as {@code JOB_DELIVERED}, {@code OFFER_DECLINED}, {@code WEATHER}
 * @param tone how much it asks for attention
 * @param reason the event's own reason code; null when it has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeedItem(
    String eventId,
    Instant at,
    String what,
    Tone tone,
    OrderId orderId,
    JobId jobId,
    RiderId riderId,
    StoreId storeId,
    AreaId areaId,
    String reason) {

  /** How much a line asks for attention. */
  public enum Tone {
    PLAIN,
    GOOD,
    WARN,
    BAD
  }
}

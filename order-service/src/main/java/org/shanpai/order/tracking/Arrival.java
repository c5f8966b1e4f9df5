package org.shanpai.order.tracking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * When an order is expected at the door. City time.
 *
 * @param plannedAt the plan's single moment; page and merchants show it only without a window
 * @param earliestAt start of the window, or null while there is none
 * @param latestAt end of the window, or null while there is none
 * @param coverage share of deliveries that fall into such windows, or null without one
 */
@Schema(name = "Arrival")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Arrival(Instant plannedAt, Instant earliestAt, Instant latestAt, Double coverage) {

  /** Without geo-service's word: the plan's moment alone. */
  static Arrival planned(Instant at) {
    return at == null ? null : new Arrival(at, null, null, null);
  }
}

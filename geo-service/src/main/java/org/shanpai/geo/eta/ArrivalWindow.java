package org.shanpai.geo.eta;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * When a delivery is expected.
 *
 * @param plannedAt city time it is planned for
 * @param earliestAt start of the window
 * @param latestAt end of the window
 * @param coverage share of deliveries that must fall into such windows
 * @param samples finished deliveries the window's width comes from; 0 while it is assumed
 */
@Schema(name = "ArrivalWindow")
public record ArrivalWindow(
    Instant plannedAt,
    Instant earliestAt,
    Instant latestAt,
    @Schema(examples = "0.8") double coverage,
    @Schema(examples = "412") int samples) {}

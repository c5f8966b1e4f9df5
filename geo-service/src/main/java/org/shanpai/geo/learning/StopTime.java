package org.shanpai.geo.learning;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How long a stop takes.
 *
 * @param seconds median
 * @param p80Seconds four of five are done by then
 * @param samples how many visits it comes from; 0 for what is assumed before anybody came
 */
@Schema(name = "StopTime")
public record StopTime(
    @Schema(examples = "180") int seconds,
    @Schema(examples = "320") int p80Seconds,
    @Schema(examples = "27") int samples) {}

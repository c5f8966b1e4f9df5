package org.shanpai.geo.position;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One reading of a rider's phone, unchecked: every field may be missing or absurd.
 *
 * @param seq number of the reading within the session, rising
 * @param at city time of the reading by the phone's clock
 * @param lat degrees, in the batch's coordinate system
 * @param lon degrees, in the batch's coordinate system
 * @param accuracyMetres radius of the circle the phone believes itself in
 * @param speedMps what the phone measured; missing, negative or NaN when it does not know
 * @param mock true when the phone says that an app faked the place
 */
@Schema(description = "One reading of the phone. Times are city time by the phone's clock.")
public record Ping(
    @Schema(examples = "118", required = true) Long seq,
    @Schema(examples = "2026-11-22T04:00:05Z", required = true) Instant at,
    @Schema(examples = "31.2304", required = true) Double lat,
    @Schema(examples = "121.4737", required = true) Double lon,
    @Schema(examples = "8.5", required = true) Double accuracyMetres,
    @Schema(examples = "4.4") Double speedMps,
    @Schema(examples = "false") Boolean mock) {}

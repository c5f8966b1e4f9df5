package org.shanpai.geo.eta;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What can be promised for a delivery, seconds from the order's creation.
 *
 * @param metres by road from the store's pickup point to the door; −1 when there is no way
 * @param travelSeconds the usual time for them, in the area's weather
 * @param travelP85Seconds 85 of 100 rides are quicker
 * @param kitchenP80Seconds four of five orders can be taken by then
 * @param handoverP80Seconds four of five hand-overs at this building are quicker
 * @param plannedSeconds creation to door, median
 * @param plannedP85Seconds creation to door; 85 of 100 are quicker
 * @param floorSeconds no shorter promise is honest: max(planned p85, kitchen p80 + metres ÷ 15 km/h
 *     + hand-over p80 + 5 min); without weatherExtraSeconds
 * @param weatherExtraSeconds what the area's weather adds to promises
 * @param samples finished orders behind plannedP85Seconds; 0 while it is assumed
 * @param reachable false when no way is known, or the door lies in a no-go zone
 */
@Schema(name = "Promise")
public record Promise(
    @Schema(examples = "1820") int metres,
    @Schema(examples = "437") int travelSeconds,
    @Schema(examples = "546") int travelP85Seconds,
    @Schema(examples = "870") int kitchenP80Seconds,
    @Schema(examples = "240") int handoverP80Seconds,
    @Schema(examples = "1217") int plannedSeconds,
    @Schema(examples = "1551") int plannedP85Seconds,
    @Schema(examples = "1847") int floorSeconds,
    @Schema(examples = "0") int weatherExtraSeconds,
    @Schema(examples = "0") int samples,
    boolean reachable) {}

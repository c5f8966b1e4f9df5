package org.shanpai.geo.eta.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.geo.eta.Promise;
import org.shanpai.geo.zone.http.ServesResource.Serves;

/**
 * A promise and what zones say of the door, in one answer: whoever takes orders asks for both each
 * time. See {@link Promise} and {@link Serves}.
 */
@Schema(name = "Promise")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PromiseAnswer(
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
    boolean reachable,
    Serves zones) {

  static PromiseAnswer of(Promise promise, Serves zones) {
    return new PromiseAnswer(
        promise.metres(),
        promise.travelSeconds(),
        promise.travelP85Seconds(),
        promise.kitchenP80Seconds(),
        promise.handoverP80Seconds(),
        promise.plannedSeconds(),
        promise.plannedP85Seconds(),
        promise.floorSeconds(),
        promise.weatherExtraSeconds(),
        promise.samples(),
        promise.reachable(),
        zones);
  }
}

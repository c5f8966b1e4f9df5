package org.shanpai.geo.area;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A corner of an outline as it came in, unchecked, in the system named beside it. */
@Schema(description = "A corner of an outline, degrees in the system named.")
public record Corner(
    @Schema(examples = "31.2304", required = true) Double lat,
    @Schema(examples = "121.4737", required = true) Double lon) {}

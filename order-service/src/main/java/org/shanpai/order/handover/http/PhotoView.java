package org.shanpai.order.handover.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.RiderId;
import org.shanpai.order.proof.Photo;

/** A picture taken as proof, without the picture. */
@Schema(name = "ProofPhoto")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PhotoView(
    String proofId,
    RiderId riderId,
    String mediaType,
    int width,
    int height,
    @Schema(description = "Where the rider's positions say it was taken; missing when nobody knows")
        Integer metresFromDoor,
    @Schema(description = "City time") Instant at,
    @Schema(description = "False once the picture was erased") boolean kept) {

  static final String EXAMPLE =
      """
      {"proofId": "p-17", "riderId": "r-1", "mediaType": "image/jpeg", "width": 1280,
       "height": 960, "metresFromDoor": 14, "at": "2026-11-22T04:21:00Z", "kept": true}
      """;

  static PhotoView of(Photo photo) {
    return new PhotoView(
        photo.proofId(),
        photo.riderId(),
        photo.mediaType(),
        photo.width(),
        photo.height(),
        photo.metresFromDoor(),
        photo.at(),
        photo.kept());
  }
}

package org.shanpai.geo.eta;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Stated beside measured.
 *
 * @param stated share of deliveries that must fall into their window
 * @param stages the whole city
 * @param areas by area
 * @param halfHours by half hour of the day in which the window was given
 */
@Schema(name = "EtaCalibration")
public record Calibration(
    @Schema(examples = "0.8") double stated,
    List<Bucket> stages,
    List<Bucket> areas,
    List<Bucket> halfHours) {

  /**
   * Windows of a kind and what came of them.
   *
   * @param areaId null for all
   * @param halfHour 0–47 of the city's day; null for all
   * @param windows how many came to an end
   * @param measured share that held
   * @param early share delivered before the window
   * @param late share delivered after it
   * @param meanSeconds mean width
   * @param shifted whether measured differs from stated by more than chance explains
   */
  @Schema(name = "EtaCalibrationBucket")
  public record Bucket(
      Stage stage,
      String areaId,
      Integer halfHour,
      long windows,
      double measured,
      double early,
      double late,
      double meanSeconds,
      boolean shifted) {}
}

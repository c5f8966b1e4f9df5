package org.shanpai.controlroom.live;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.controlroom.city.AreaView;
import org.shanpai.controlroom.city.FeedItem;
import org.shanpai.controlroom.city.JobView;
import org.shanpai.controlroom.city.RiderView;
import org.shanpai.controlroom.city.Seen;
import org.shanpai.controlroom.city.StoreView;
import org.shanpai.controlroom.measure.Measures;

/**
 * The whole city at one moment.
 *
 * @param cursor the place in the live stream that this includes: go on after it
 * @param jobs unfinished ones
 * @param zones that hold now
 * @param seen riders seen at stores and doors a while ago
 * @param feed newest last
 */
@Schema(description = "The whole city at one moment, and where the live stream goes on from it")
public record Snapshot(
    @Schema(description = "Pass it to /v1/live?after=", examples = "m1x9k2-4711") String cursor,
    CityTime city,
    Measures measures,
    List<AreaView> areas,
    List<StoreView> stores,
    List<RiderView> riders,
    List<JobView> jobs,
    List<ZoneState> zones,
    List<Seen> seen,
    List<FeedItem> feed) {

  /**
   * @param now city time
   * @param speed city seconds for one wall second
   */
  @Schema(description = "The city's clock")
  public record CityTime(
      @Schema(implementation = String.class, examples = "city-1") CityId cityId,
      @Schema(examples = "Asia/Shanghai") String zone,
      LocalDate businessDate,
      @Schema(examples = "2026-11-22T04:05:06Z") Instant now,
      @Schema(examples = "20") double speed) {}
}

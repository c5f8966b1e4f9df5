package org.shanpai.controlroom.city;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.controlroom.measure.Measures;

/**
 * What changed since the last one. Every entry is whole and replaces what the page has, so applying
 * one twice does no harm.
 *
 * @param positions of riders whose other particulars did not change
 * @param zones one with {@code removed} is to be taken away
 * @param seen new marks
 * @param measures null when no figure changed
 * @param streetsVersion set when the streets are to be read again
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Delta(
    List<JobView> jobs,
    List<RiderView> riders,
    List<Position> positions,
    List<StoreView> stores,
    List<AreaView> areas,
    List<ZoneState> zones,
    List<Seen> seen,
    List<FeedItem> feed,
    Measures measures,
    Long streetsVersion) {

  boolean empty() {
    return jobs.isEmpty()
        && riders.isEmpty()
        && positions.isEmpty()
        && stores.isEmpty()
        && areas.isEmpty()
        && zones.isEmpty()
        && seen.isEmpty()
        && feed.isEmpty()
        && measures == null
        && streetsVersion == null;
  }
}

package org.shanpai.controlroom.story;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.controlroom.city.JobView;
import org.shanpai.controlroom.city.StoreView;

/**
 * A store's day.
 *
 * @param riderWaitSeconds mean time riders waited for its kitchen, city seconds; null while nothing
 *     was picked up
 * @param goodsWaitSeconds mean time ready goods waited for a rider, city seconds; null likewise
 * @param jobs unfinished first, then newest first, at most 30
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A store's day")
public record StoreStory(
    StoreView store,
    int orders,
    int delivered,
    int deliveredOnTime,
    Double riderWaitSeconds,
    Double goodsWaitSeconds,
    List<JobView> jobs) {}

package org.shanpai.controlroom.story;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.event.ScoreEntry;
import org.shanpai.controlroom.city.JobView;
import org.shanpai.controlroom.city.RiderView;

/**
 * A rider's day.
 *
 * @param scoreMilliPoints balance after the newest entry, mp; null while there is none
 * @param scores newest first, at most 20
 * @param jobs of the business date, newest first, at most 30
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A rider's day")
public record RiderStory(
    RiderView rider,
    int delivered,
    int deliveredOnTime,
    int offersAccepted,
    int offersDeclined,
    int offersMissed,
    @Schema(examples = "70100") Integer scoreMilliPoints,
    List<ScoreEntry> scores,
    List<JobView> jobs) {}

package org.shanpai.controlroom.story;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.event.DispatchReceipt;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.contracts.event.ScoreEntry;
import org.shanpai.controlroom.city.StoreView;

/**
 * Everything the control room knows of one order.
 *
 * @param order as last told by order-service; null while only the job is known
 * @param job as last told by dispatch-service; null while there is none
 * @param soonAt from when it counts as late soon; null when it is over
 * @param lines oldest first
 * @param receipts oldest first: why this rider, why held, why nobody
 * @param riders labels of the riders who appear in it, by id
 * @param acts of operators, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Everything the control room knows of one order")
public record Story(
    OrderState order,
    JobState job,
    Instant soonAt,
    StoreView store,
    List<Leg> legs,
    List<Wait> waits,
    List<StoryLine> lines,
    List<DispatchReceipt> receipts,
    List<ScoreEntry> scores,
    Map<String, String> riders,
    List<Act> acts) {

  /** What an operator did, and what came of it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Act(String operator, String kind, String reason, Instant at, Integer status) {}
}

package org.shanpai.geo.position;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of a batch.
 *
 * @param accepted pings believed; an accepted ping older than what is known moves nobody
 * @param rejected the others, by their place in the batch
 */
@Schema(description = "What became of a batch of pings.")
public record PingReceipt(@Schema(examples = "9") int accepted, List<RejectedPing> rejected) {

  /**
   * @param index place in the batch, from 0
   */
  @Schema(description = "A ping that was not believed; index counts from 0.")
  public record RejectedPing(
      @Schema(examples = "3") int index, @Schema(examples = "TELEPORT") PingRejection reason) {}
}

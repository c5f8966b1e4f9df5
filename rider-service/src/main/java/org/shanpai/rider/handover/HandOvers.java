package org.shanpai.rider.handover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.stream.RiderMessages;
import org.shanpai.rider.task.remote.Dispatch;

/**
 * Jobs given from rider to rider (转单). dispatch-service decides; here the other rider is told at
 * once. Told again when something is sent again: phones know a hand-over by its id.
 */
@ApplicationScoped
public class HandOvers {

  private final Dispatch dispatch;
  private final RiderMessages messages;
  private final Tx tx;

  public HandOvers(Dispatch dispatch, RiderMessages messages, Tx tx) {
    this.dispatch = dispatch;
    this.messages = messages;
    this.tx = tx;
  }

  /** Asks another rider; answers dispatch's JSON. */
  public Uni<String> ask(String riderId, String key, String jobId, long epoch, String toRiderId) {
    return dispatch
        .askHandOver(riderId, key, jobId, epoch, toRiderId)
        .call(asked -> tell(Json.read(asked, JsonNode.class), "toRiderId"));
  }

  public Uni<String> accept(String riderId, String handOverId, String code) {
    return answered(dispatch.acceptHandOver(riderId, handOverId, code), "fromRiderId");
  }

  public Uni<String> decline(String riderId, String handOverId) {
    return answered(dispatch.declineHandOver(riderId, handOverId), "fromRiderId");
  }

  public Uni<String> withdraw(String riderId, String handOverId) {
    return answered(dispatch.withdrawHandOver(riderId, handOverId), "toRiderId");
  }

  private Uni<String> answered(Uni<String> answer, String told) {
    return answer.call(done -> tell(Json.read(done, JsonNode.class).path("handOver"), told));
  }

  /** The code is for the phone of the one who gives, and for nobody else's. */
  private Uni<Void> tell(JsonNode handOver, String told) {
    String other = handOver.path(told).asText("");
    if (other.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    ObjectNode shown = handOver.deepCopy();
    shown.remove("code");
    return tx.write(() -> messages.append(other, "hand-over", shown.toString()));
  }
}

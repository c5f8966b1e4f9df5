package org.shanpai.rider.task.remote;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.shanpai.chassis.identity.ServiceTokens;
import org.shanpai.chassis.problem.Problem;

/**
 * Asks order-service on behalf of one rider.
 *
 * @see Problem refusals are order-service's own; 503 when it does not answer
 */
@ApplicationScoped
public class Orders {

  private static final String NAME = "order-service";

  private final OrderApi api;
  private final ServiceTokens tokens;

  public Orders(@RestClient OrderApi api, ServiceTokens tokens) {
    this.api = api;
    this.tokens = tokens;
  }

  /** Which code is asked for. */
  public enum CodeKind {
    PICKUP,
    DELIVERY
  }

  /**
   * Completes when the code is right; repeatable.
   *
   * @param epoch the job's fencing token, by which order-service tells old news from new
   */
  public Uni<Void> checkCode(
      String riderId, String key, String orderId, CodeKind kind, String code, long epoch) {
    OrderApi.Code body = new OrderApi.Code(kind.name(), code, epoch);
    return Answered.by(NAME, api.checkCode(tokens.bearer(NAME, riderId), key, orderId, body))
        .replaceWithVoid();
  }

  /** JSON {@code {contactName, contactPhone, address}}. */
  public Uni<String> contact(String riderId, String orderId) {
    return Answered.by(NAME, api.contact(tokens.bearer(NAME, riderId), orderId));
  }
}

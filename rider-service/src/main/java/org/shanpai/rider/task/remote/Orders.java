package org.shanpai.rider.task.remote;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
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
   * What a rider brings to a hand-over; order-service says what it takes.
   *
   * @param code as told, or null
   * @param proofId a picture handed in before, or null
   * @param dropPoint left at the place agreed; null for no
   * @param checked what was seen at the door; null for nothing
   */
  public record Brought(String code, String proofId, Boolean dropPoint, Set<String> checked) {}

  /**
   * Completes when what is brought is enough; repeatable.
   *
   * @param epoch the job's fencing token, by which order-service tells old news from new
   */
  public Uni<Void> checkHandover(
      String riderId, String key, String orderId, CodeKind kind, Brought brought, long epoch) {
    OrderApi.Code body =
        new OrderApi.Code(
            kind.name(),
            brought.code(),
            epoch,
            brought.proofId(),
            brought.dropPoint(),
            brought.checked());
    return Answered.by(NAME, api.checkCode(tokens.bearer(NAME, riderId), key, orderId, body))
        .replaceWithVoid();
  }

  /** Hands a picture in; repeatable with the same id. Answers JSON {@code {proofId, …}}. */
  public Uni<String> putProof(
      String riderId, String orderId, String proofId, long epoch, byte[] picture) {
    return Answered.by(
        NAME, api.putProof(tokens.bearer(NAME, riderId), orderId, proofId, epoch, picture));
  }

  /**
   * A picture.
   *
   * @param mediaType {@code image/jpeg}, {@code image/png} or {@code image/webp}
   */
  public record Shown(String mediaType, byte[] bytes) {}

  /** A picture the rider handed in with that order. */
  public Uni<Shown> proof(String riderId, String orderId, String proofId) {
    return Answered.accepted(NAME, api.proof(tokens.bearer(NAME, riderId), orderId, proofId))
        .map(
            answer -> new Shown(answer.getMediaType().toString(), answer.readEntity(byte[].class)));
  }

  /**
   * JSON {@code {contactName, contactPhone, address, note?, dropPoint, checks, virtualNumber …}}.
   */
  public Uni<String> contact(String riderId, String orderId) {
    return Answered.by(NAME, api.contact(tokens.bearer(NAME, riderId), orderId));
  }
}

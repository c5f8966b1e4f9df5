package org.shanpai.chassis.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The tokens with which this service calls others. */
@Singleton
public class ServiceTokens {

  private static final Duration LIFE = Duration.ofMinutes(10);

  private record Call(String audience, String actor) {}

  private final TokenIssuer issuer;
  private final Cache<Call, String> tokens =
      Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(LIFE.dividedBy(2)).build();

  public ServiceTokens(TokenIssuer issuer) {
    this.issuer = issuer;
  }

  /**
   * The value of the Authorization header.
   *
   * @param audience the service called, such as {@code dispatch-service}
   * @param actor for whom; null when for itself
   */
  public String bearer(String audience, String actor) {
    return "Bearer "
        + tokens.get(
            new Call(audience, actor),
            call -> issuer.issueForService(call.audience(), call.actor(), LIFE));
  }
}

package org.shanpai.chassis.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.shanpai.chassis.ShanpaiConfig;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;

/**
 * A token bucket for each caller, or for each address while nobody has signed in, over every
 * endpoint of a service. Services calling each other are not limited here: their callers were.
 */
@ApplicationScoped
public class RateLimit {

  private final SecurityIdentity identity;
  private final Bandwidth bandwidth;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(200_000).expireAfterAccess(Duration.ofMinutes(5)).build();

  public RateLimit(ShanpaiConfig config, SecurityIdentity identity) {
    this.identity = identity;
    this.bandwidth =
        Bandwidth.builder()
            .capacity(config.rateLimit().burst())
            .refillGreedy(config.rateLimit().perSecond(), Duration.ofSeconds(1))
            .build();
  }

  @ServerRequestFilter
  @Priority(Priorities.AUTHORIZATION + 10)
  public void limit(HttpServerRequest request) {
    if (identity.hasRole(Roles.SERVICE)) {
      return;
    }
    String caller =
        identity.isAnonymous()
            ? "@" + request.remoteAddress().hostAddress()
            : identity.getPrincipal().getName();
    spend(caller);
  }

  /**
   * @throws Problem 429 with Retry-After when the caller's bucket is empty
   */
  void spend(String caller) {
    ConsumptionProbe probe =
        buckets
            .get(caller, key -> Bucket.builder().addLimit(bandwidth).build())
            .tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
      throw Problem.tooMany(
          "rate-limited", "Too many requests; slow down and try again.", (int) seconds);
    }
  }
}

package org.shanpai.geo.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.shanpai.geo.position.LastKnown;
import org.shanpai.geo.redis.RedisLink;

/**
 * Says how it stands with Redis. Always up: without Redis pings are still taken and most questions
 * answered, and a replica taken out of service would do neither.
 */
@Readiness
@ApplicationScoped
public class RedisReadiness implements HealthCheck {

  private final RedisLink link;
  private final LastKnown known;

  public RedisReadiness(RedisLink link, LastKnown known) {
    this.link = link;
    this.known = known;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("positions in Redis")
        .up()
        .withData("state", link.state() == RedisLink.State.UP ? "good" : "degraded")
        .withData("redis", link.state().name())
        .withData("trouble", link.trouble())
        .withData("ridersKnown", known.size())
        .withData("ridersWaiting", known.waiting())
        .build();
  }
}

package org.shanpai.controlroom.operators;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.controlroom.operators.postgres.OperatorRows;
import org.shanpai.messaging.Tx;

/**
 * Sessions that were signed out: their tokens are refused here although they would still be good.
 */
@Singleton
public class EndedSessions {

  private final Tx tx;
  private final OperatorRows rows;
  private final WallClock wall;
  private final CurrentCaller caller;
  private final Map<String, Instant> expiries = new ConcurrentHashMap<>();

  public EndedSessions(Tx tx, OperatorRows rows, WallClock wall, CurrentCaller caller) {
    this.tx = tx;
    this.rows = rows;
    this.wall = wall;
    this.caller = caller;
  }

  void read(@Observes StartupEvent start) {
    expiries.putAll(tx.await(() -> tx.read(() -> rows.listEnded(wall.now()))));
  }

  /**
   * @param sessionId the token's {@code jti}
   */
  public Uni<Void> end(String sessionId, Instant expiresAt) {
    expiries.values().removeIf(expiry -> expiry.isBefore(wall.now()));
    expiries.put(sessionId, expiresAt);
    return tx.write(() -> rows.end(sessionId, expiresAt, wall.now()));
  }

  @ServerRequestFilter
  @Priority(Priorities.AUTHORIZATION + 5)
  public void refuse() {
    Object sessionId = caller.claim("jti");
    if (sessionId != null && expiries.containsKey(sessionId.toString())) {
      throw Problem.unauthorized("This session was signed out.");
    }
  }
}

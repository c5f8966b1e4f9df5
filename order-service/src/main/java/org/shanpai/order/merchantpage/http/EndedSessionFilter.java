package org.shanpai.order.merchantpage.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.order.merchantpage.MerchantSessions;

/**
 * Refuses sessions that were signed out although their tokens would still be good. Only the page's
 * tokens have a csrf claim, so merchants' systems pay nothing for it.
 */
@Singleton
public class EndedSessionFilter {

  private static final String OURS = "order-service";

  private final MerchantSessions sessions;
  private final CurrentCaller caller;

  EndedSessionFilter(MerchantSessions sessions, CurrentCaller caller) {
    this.sessions = sessions;
    this.caller = caller;
  }

  @ServerRequestFilter
  @Priority(Priorities.AUTHORIZATION + 20)
  public Uni<Void> refuse() {
    Object sessionId = caller.claim("jti");
    if (sessionId == null || caller.claim("csrf") == null || !OURS.equals(caller.issuer())) {
      return null;
    }
    return sessions
        .isEnded(sessionId.toString())
        .invoke(
            gone -> {
              if (gone) {
                throw Problem.unauthorized("This session was signed out.");
              }
            })
        .replaceWithVoid();
  }
}

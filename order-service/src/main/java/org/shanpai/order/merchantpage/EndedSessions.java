package org.shanpai.order.merchantpage;

import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** Sessions that were signed out, in the transaction of the caller. Wall time. */
public interface EndedSessions {

  /** Writes one down, and forgets those whose tokens have ended by themselves. */
  Uni<Void> add(String sessionId, Instant expiresAt, Instant wallNow);

  Uni<Boolean> has(String sessionId);
}

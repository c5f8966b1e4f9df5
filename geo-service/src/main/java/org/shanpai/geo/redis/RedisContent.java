package org.shanpai.geo.redis;

import io.smallrye.mutiny.Uni;

/** Something kept in Redis that can be written there again from elsewhere. */
public interface RedisContent {

  /** Brings Redis and this replica together again after Redis was away, lost, or not yet seen. */
  Uni<Void> restore();
}

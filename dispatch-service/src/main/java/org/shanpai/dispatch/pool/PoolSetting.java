package org.shanpai.dispatch.pool;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.area.Alarm;
import org.shanpai.messaging.Tx;

/** An operator changes the rules of a pool; every area looks at once. */
@ApplicationScoped
public class PoolSetting {

  private final Tx tx;
  private final Pools pools;
  private final Alarm alarm;
  private final CityClock clock;

  public PoolSetting(Tx tx, Pools pools, Alarm alarm, CityClock clock) {
    this.tx = tx;
    this.pools = pools;
    this.alarm = alarm;
    this.clock = clock;
  }

  /**
   * Changes the rules.
   *
   * @param operator who changes them, for the record
   */
  public Uni<Void> change(String pool, PoolRules rules, String operator) {
    return tx.write(
        () -> {
          tx.afterCommit(alarm::raiseEverywhere);
          return pools.set(pool, rules, operator, clock.now());
        });
  }
}

package org.shanpai.order.virtualnumber;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.shanpai.chassis.ShanpaiConfig;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.virtualnumber.VirtualNumberSettings.Provider;
import org.shanpai.order.virtualnumber.VirtualNumbers.Audience;

/**
 * The number somebody is given to call: one that stands in for the real one, unless the
 * installation has no provider. Takes lent numbers back some time after the order's end.
 */
@ApplicationScoped
public class CallNumbers {

  private static final Logger LOG = Logger.getLogger(CallNumbers.class);
  private static final int AT_ONCE = 500;

  private final Tx tx;
  private final VirtualNumbers numbers;
  private final NumberLeases leases;
  private final VirtualNumberSettings settings;
  private final WallClock wall;
  private final Provider provider;

  CallNumbers(
      Tx tx,
      VirtualNumbers numbers,
      NumberLeases leases,
      VirtualNumberSettings settings,
      WallClock wall,
      ShanpaiConfig config) {
    this.tx = tx;
    this.numbers = numbers;
    this.leases = leases;
    this.settings = settings;
    this.wall = wall;
    this.provider = provider(config.mode(), settings);
  }

  void check(@Observes StartupEvent start) {
    if (provider == Provider.NONE) {
      LOG.warn(
          "shanpai.virtual-number.provider is NONE: riders are given customers' real numbers.");
    }
  }

  /**
   * @throws IllegalStateException when production is asked to lend numbers nobody can dial
   */
  static Provider provider(ShanpaiConfig.Mode mode, VirtualNumberSettings settings) {
    boolean production = mode == ShanpaiConfig.Mode.PRODUCTION;
    Provider chosen = settings.provider().orElse(production ? Provider.NONE : Provider.FAKE);
    if (production && chosen == Provider.FAKE) {
      throw new IllegalStateException(
          "shanpai.virtual-number.provider is FAKE: nobody can dial those numbers; production"
              + " needs a real provider or NONE.");
    }
    return chosen;
  }

  /**
   * What to tell somebody who may call, in the caller's transaction.
   *
   * @param stand whether the number stands in for the real one
   * @param until wall time; null for a real number
   */
  public record Told(String number, boolean stand, Instant until) {}

  /** Whether anybody is given a number in place of the real one. */
  public boolean standIn() {
    return provider != Provider.NONE;
  }

  /** A number for a made-up rider: nobody can dial it, and none is lent. */
  Told rehearsed(OrderId order) {
    long seed = order.value().hashCode() & 0xffffffffL;
    return new Told(MadeUpNumbers.number(seed, 0), true, wall.now().plus(settings.longest()));
  }

  /**
   * The rider of the order has changed: whoever held the number of the one before no longer reaches
   * them. In the caller's transaction.
   */
  public Uni<Void> riderChanged(OrderId order) {
    return leases.release(order, Audience.CUSTOMER, wall.now());
  }

  /** The number for that audience which reaches the telephone. */
  public Uni<Told> tell(OrderId order, String realPhone, Audience audience) {
    if (provider == Provider.NONE) {
      return Uni.createFrom().item(new Told(realPhone, false, null));
    }
    return numbers
        .lease(order, realPhone, audience, wall.now().plus(settings.longest()))
        .map(lease -> new Told(lease.number(), true, lease.until()));
  }

  @Scheduled(
      every = "${shanpai.virtual-number.release-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> release() {
    return tx.detached(
            () ->
                tx.write(
                    () ->
                        leases.releaseDue(wall.now(), wall.now().minus(settings.grace()), AT_ONCE)))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("Lent numbers stay until the next sweep: %s", failure.getClass());
              return Uni.createFrom().voidItem();
            });
  }
}

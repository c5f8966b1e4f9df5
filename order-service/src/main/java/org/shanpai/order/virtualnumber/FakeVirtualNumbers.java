package org.shanpai.order.virtualnumber;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.order.privacy.Sealing;
import org.shanpai.order.virtualnumber.NumberLeases.Held;

/** {@link VirtualNumbers} for a machine without telephones: lends {@link MadeUpNumbers}. */
@ApplicationScoped
class FakeVirtualNumbers implements VirtualNumbers {

  private static final int ATTEMPTS = 16;
  private static final int RETRY_AFTER_SECONDS = 5;

  private final NumberLeases leases;
  private final Sealing sealing;
  private final IdSource ids;
  private final WallClock wall;

  FakeVirtualNumbers(NumberLeases leases, Sealing sealing, IdSource ids, WallClock wall) {
    this.leases = leases;
    this.sealing = sealing;
    this.ids = ids;
    this.wall = wall;
  }

  @Override
  public Uni<Lease> lease(OrderId order, String realPhone, Audience audience, Instant until) {
    return leases
        .held(order, audience)
        .chain(
            held ->
                held.isPresent()
                    ? leases
                        .prolong(held.get(), realPhone, until)
                        .replaceWith(new Lease(held.get().number(), until))
                    : lend(order, realPhone, audience, until, 0));
  }

  private Uni<Lease> lend(
      OrderId order, String realPhone, Audience audience, Instant until, int attempt) {
    if (attempt == ATTEMPTS) {
      return Uni.createFrom()
          .failure(
              Problem.unavailable(
                  "No number is free to stand in for the real one; try again.",
                  RETRY_AFTER_SECONDS));
    }
    // Keyed, so that a number does not tell which order it belongs to.
    long seed = sealing.hash("virtual-number", order + "/" + audience).hashCode() & 0xffffffffL;
    String number = MadeUpNumbers.number(seed, attempt);
    Held fresh = new Held(ids.next("vn"), order, audience, number);
    return leases
        .lend(fresh, realPhone, wall.now(), until)
        .chain(
            lent ->
                lent
                    ? Uni.createFrom().item(new Lease(number, until))
                    : leases
                        .held(order, audience)
                        .chain(
                            held ->
                                held.isPresent()
                                    ? Uni.createFrom().item(new Lease(held.get().number(), until))
                                    : lend(order, realPhone, audience, until, attempt + 1)));
  }

  @Override
  public Uni<Void> release(OrderId order) {
    return leases.release(order, wall.now());
  }
}

package org.shanpai.order.virtualnumber;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.RiderId;

/** Riders' own telephones; they are put behind lent numbers and told to nobody. */
public interface RiderTelephones {

  /**
   * The rider's telephone; empty when there is no such rider.
   *
   * @throws Problem 503 when nobody can say
   */
  Uni<Optional<String>> of(RiderId rider);
}

package org.shanpai.order.tracking;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.RiderState;
import org.shanpai.order.orders.Order;

/** What this service knows of riders, in the transaction of the caller. */
public interface RiderRecords {

  /** Takes over what a rider is called; an older state changes nothing. */
  Uni<Void> follow(RiderState rider);

  Uni<Optional<String>> findLabel(RiderId rider);

  /** How many other orders the rider has aboard whose doors are planned before this one's. */
  Uni<Integer> countDoorsBefore(Order order);
}

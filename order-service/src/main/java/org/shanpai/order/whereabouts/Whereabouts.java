package org.shanpai.order.whereabouts;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;

/** What is known of where riders were. Not knowing is an answer, never a failure. */
public interface Whereabouts {

  /**
   * A believed reading of a rider's position.
   *
   * @param at city time
   * @param trust 0–100; from 60 on it counts as evidence
   */
  record Reading(Instant at, GeoPoint place, double accuracyMetres, int trust) {}

  /** How far from an order's door its rider was at a city time; empty when nobody knows. */
  Uni<Optional<Integer>> metresFromDoor(OrderId order, Instant at);

  /**
   * Where a rider was, the oldest first, at most 24 hours; empty when it cannot be told now, which
   * is not the same as an empty track.
   */
  Uni<Optional<List<Reading>>> track(RiderId rider, Instant from, Instant to);
}

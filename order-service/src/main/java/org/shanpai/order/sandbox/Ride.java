package org.shanpai.order.sandbox;

import java.time.Instant;
import java.util.Optional;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderState;

/** How a made-up rider moves: straight on, and there when the next step is due. */
final class Ride {

  /** How far from the store a rider is when the job is given to them. */
  private static final double START_NORTH_METRES = 500;

  private static final double START_EAST_METRES = -400;

  private Ride() {}

  /**
   * The way until the next step.
   *
   * @param before the job as it was
   * @param job as it is now
   * @param next the step to come
   * @param due when it comes; null when nobody knows: the rider waits where the status says
   * @return null while nobody has the job
   */
  static SandboxJob.Leg leg(
      OrderState order,
      SandboxJob before,
      SandboxJob job,
      Play play,
      int next,
      Instant now,
      Instant due) {
    if (job.rider() == 0 || job.status().terminal()) {
      return null;
    }
    GeoPoint door = job.door() == null ? order.dropoff() : job.door();
    GeoPoint start = order.pickup().offsetMetres(START_NORTH_METRES, START_EAST_METRES);
    GeoPoint here =
        switch (job.status()) {
          case AT_STORE, PICKED_UP -> order.pickup();
          case AT_CUSTOMER -> door;
          default ->
              before.leg() != null && before.rider() == job.rider() ? before.leg().at(now) : start;
        };
    GeoPoint there =
        due == null || next >= play.steps().size()
            ? here
            : target(play.steps().get(next).status(), order.pickup(), door, here);
    return new SandboxJob.Leg(here, there, now, due == null ? now : due);
  }

  /** Where the order's rider is; empty while nobody has it. */
  static Optional<GeoPoint> place(SandboxPlay play, Instant now) {
    SandboxJob job = play.job();
    return job.rider() == 0 || job.leg() == null
        ? Optional.empty()
        : Optional.of(job.leg().at(now));
  }

  private static GeoPoint target(
      JobStatus next, GeoPoint pickup, GeoPoint door, GeoPoint otherwise) {
    return switch (next) {
      case AT_STORE, PICKED_UP, RETURNED -> pickup;
      case AT_CUSTOMER, DELIVERED -> door;
      default -> otherwise;
    };
  }
}

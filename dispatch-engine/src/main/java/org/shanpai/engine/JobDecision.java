package org.shanpai.engine;

/** What is decided about one open job. Every job of the wave gets exactly one. */
public sealed interface JobDecision
    permits JobDecision.Offer, JobDecision.Hold, JobDecision.NoCourier {

  /** The job. */
  String jobId();

  /** Why. */
  Receipt receipt();

  /**
   * Ask this courier now.
   *
   * @param jobId the job
   * @param courierId who is asked
   * @param bundleId the bundle the job belongs to; jobs with the same one are offered and accepted
   *     whole. A job that goes alone has a bundle of its own
   * @param pickupIndex position of its pickup in {@link Plan#routes()} of the courier
   * @param dropoffIndex position of its drop-off there
   * @param pickupArrivalMillis city epoch ms of arrival at the shop
   * @param pickupMillis city epoch ms at which the goods are taken and the courier leaves
   * @param dropoffMillis city epoch ms at which they are handed over
   * @param receipt why
   */
  record Offer(
      String jobId,
      String courierId,
      String bundleId,
      int pickupIndex,
      int dropoffIndex,
      long pickupArrivalMillis,
      long pickupMillis,
      long dropoffMillis,
      Receipt receipt)
      implements JobDecision {}

  /**
   * Keep it open (压单).
   *
   * @param jobId the job
   * @param untilMillis city epoch ms at which to look again at the latest; after the wave's now
   * @param reason why it waits
   * @param receipt why
   */
  record Hold(String jobId, long untilMillis, DecisionRule reason, Receipt receipt)
      implements JobDecision {}

  /**
   * Nobody can take it as things are.
   *
   * @param jobId the job
   * @param reason why not
   * @param receipt why
   */
  record NoCourier(String jobId, DecisionRule reason, Receipt receipt) implements JobDecision {}
}

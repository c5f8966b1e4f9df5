package org.shanpai.order.sandbox;

import java.time.Duration;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.Goods;
import org.shanpai.contracts.event.JobStatus;

/**
 * One step of a play: what becomes of the made-up job.
 *
 * @param after from the step before, at the pace of a real ride
 * @param reason code of the transition
 * @param unclaimed how far the steps for a job that nobody takes have gone; null for none
 * @param goods what becomes of them; null while that is not in question
 */
public record PlayStep(
    Duration after, JobStatus status, String reason, Fault fault, String unclaimed, Goods goods) {

  static PlayStep of(int seconds, JobStatus status, String reason) {
    return of(seconds, status, reason, Fault.NONE);
  }

  static PlayStep of(int seconds, JobStatus status, String reason, Fault fault) {
    return new PlayStep(Duration.ofSeconds(seconds), status, reason, fault, null, null);
  }

  PlayStep unclaimed(String howFar) {
    return new PlayStep(after, status, reason, fault, howFar, goods);
  }

  PlayStep goods(Goods what) {
    return new PlayStep(after, status, reason, fault, unclaimed, what);
  }
}

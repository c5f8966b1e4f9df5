package org.shanpai.order.sandbox;

import java.time.Instant;
import java.util.Optional;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.Goods;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderState;

/** Decides what a merchant asks of an order in the sandbox, by the rules of the real dispatch. */
final class MadeUpDispatch {

  private MadeUpDispatch() {}

  /**
   * What the job becomes by what is asked, one thing at a time.
   *
   * @param cancelOpen a cancel was asked for and not decided yet
   * @return empty when nothing is asked that was not decided before
   */
  static Optional<SandboxJob> answer(
      OrderState order, boolean cancelOpen, SandboxJob job, Instant now) {
    if (cancelOpen && !job.cancelRefused()) {
      return Optional.of(
          beforePickup(job)
              ? job.step(
                  JobStatus.CANCELLED,
                  "MERCHANT_CANCELLED",
                  order.cancelFault() == null ? Fault.MERCHANT : order.cancelFault(),
                  job.unclaimed(),
                  Goods.STAY_AT_STORE,
                  now)
              : job.refuseCancel());
    }
    if (order.changeNo() != null && (job.changeNo() == null || job.changeNo() < order.changeNo())) {
      return Optional.of(job.decide(order.changeNo(), order.askedDropoff(), !beforePickup(job)));
    }
    Instant wanted = order.redispatchRequestedAt();
    if (wanted != null && !wanted.equals(job.redispatchedFor())) {
      SandboxJob noted = job.redispatched(wanted);
      return Optional.of(
          job.status() == JobStatus.ASSIGNED || job.status() == JobStatus.AT_STORE
              ? noted.step(JobStatus.OPEN, "MERCHANT_ASKED", Fault.MERCHANT, null, null, now)
              : noted);
    }
    boolean underWay = job.status() == JobStatus.PICKED_UP || job.status() == JobStatus.AT_CUSTOMER;
    if (order.returnRequestedAt() != null && underWay) {
      ExceptionReason row = ExceptionReason.MERCHANT_RECALLED;
      return Optional.of(
          job.step(JobStatus.RETURNING, row.name(), row.fault(), null, row.goods(false), now));
    }
    if (order.returnReceivedAt() != null && job.status() == JobStatus.RETURNING) {
      return Optional.of(
          job.step(JobStatus.RETURNED, "RETURN_RECEIVED", job.fault(), null, job.goods(), now));
    }
    return Optional.empty();
  }

  private static boolean beforePickup(SandboxJob job) {
    return switch (job.status()) {
      case OPEN, OFFERED, ASSIGNED, AT_STORE -> true;
      default -> false;
    };
  }
}

package org.shanpai.dispatch.job;

import static org.shanpai.contracts.event.JobStatus.ASSIGNED;
import static org.shanpai.contracts.event.JobStatus.AT_CUSTOMER;
import static org.shanpai.contracts.event.JobStatus.AT_STORE;
import static org.shanpai.contracts.event.JobStatus.EXCEPTION;
import static org.shanpai.contracts.event.JobStatus.RETURNING;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.shanpai.contracts.event.JobStatus;

/**
 * What a rider reports about a job in hand, and where it leads. The one table of the rider's part
 * of a job's life; tests run over every pair of step and status.
 *
 * <p>An {@code EXCEPTION} may still end by the rider's hand: whoever reappears with the customer's
 * code, or at the store, has done the job. What cannot be delivered goes back, unless the table of
 * exceptions ({@link org.shanpai.contracts.event.ExceptionReason}) has it thrown away or looked at.
 */
public enum Step {
  ARRIVED_STORE(AT_STORE, ASSIGNED),
  PICKED_UP(JobStatus.PICKED_UP, AT_STORE),
  ARRIVED_CUSTOMER(AT_CUSTOMER, JobStatus.PICKED_UP),
  DELIVERED(JobStatus.DELIVERED, AT_CUSTOMER, EXCEPTION),
  UNDELIVERABLE(RETURNING, JobStatus.PICKED_UP, AT_CUSTOMER),
  RETURNED(JobStatus.RETURNED, RETURNING, EXCEPTION);

  private final JobStatus to;
  private final Set<JobStatus> from;

  Step(JobStatus to, JobStatus... from) {
    this.to = to;
    this.from = EnumSet.of(from[0], from);
  }

  /** Where the step leads. */
  public JobStatus to() {
    return to;
  }

  /** Whether it may be taken now. */
  public boolean legalFrom(JobStatus status) {
    return from.contains(status);
  }

  /** The step that a rider with such a job takes next when all goes well; empty when none. */
  public static Optional<Step> next(JobStatus status) {
    return Optional.ofNullable(
        switch (status) {
          case ASSIGNED -> ARRIVED_STORE;
          case AT_STORE -> PICKED_UP;
          case PICKED_UP -> ARRIVED_CUSTOMER;
          case AT_CUSTOMER, EXCEPTION -> DELIVERED;
          case RETURNING -> RETURNED;
          case OPEN, OFFERED, DELIVERED, CANCELLED, RETURNED -> null;
        });
  }
}

package org.shanpai.dispatch.job;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Objects;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderState;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.messaging.Tx;

/** What an order's state means for its job. Every method needs an open transaction. */
@ApplicationScoped
public class Intake {

  /** What is to be done about an order's state. */
  public enum News {
    NONE,
    NEW_ORDER,
    CHANGE
  }

  private final Tx tx;
  private final Jobs jobs;
  private final DispatchSettings settings;

  public Intake(Tx tx, Jobs jobs, DispatchSettings settings) {
    this.tx = tx;
    this.jobs = jobs;
    this.settings = settings;
  }

  /** The job of an order. */
  public static String jobId(OrderState order) {
    return idOf(order.orderId());
  }

  /**
   * Looks without locking: most states of an order are the echo of dispatch's own steps, and must
   * not stand in a rider's way.
   */
  public Uni<News> news(OrderState order) {
    return tx.session()
        .chain(
            session ->
                session
                    .createSelectionQuery(
                        "select status, expectedReadyAt, readyAt, cancelAsked from Job"
                            + " where id = :id",
                        Object[].class)
                    .setParameter("id", jobId(order))
                    .getSingleResultOrNull())
        .map(
            row -> {
              if (row == null) {
                return order.status().terminal() ? News.NONE : News.NEW_ORDER;
              }
              JobStatus status = (JobStatus) row[0];
              boolean kitchen =
                  !status.terminal()
                      && !status.carried()
                      && (!Objects.equals(row[1], order.expectedReadyAt())
                          || !Objects.equals(row[2], order.readyAt()));
              boolean cancel = order.cancelRequestedAt() != null && !(boolean) row[3];
              boolean back =
                  order.returnReceivedAt() != null
                      && (status == JobStatus.RETURNING || status == JobStatus.EXCEPTION);
              return kitchen || cancel || back ? News.CHANGE : News.NONE;
            });
  }

  /** Writes the job and tells it. */
  public Uni<Void> open(OrderState order, Instant now) {
    return jobs.add(Job.open(order, BasePay.of(order.pickup(), order.dropoff(), settings), now));
  }

  /**
   * Notes the wish to cancel.
   *
   * @return whether it is new, and so to be decided now
   */
  public boolean askCancel(Job job, OrderState order) {
    if (order.cancelRequestedAt() == null || job.cancelWasAsked()) {
      return false;
    }
    job.cancelAsked();
    return true;
  }

  public void refuseCancel(Job job) {
    job.refuseCancel();
  }

  /** Notes the kitchen's times while they still matter. */
  public boolean kitchen(Job job, OrderState order) {
    return !job.status().terminal()
        && !job.aboard()
        && job.kitchen(order.expectedReadyAt(), order.readyAt());
  }

  /** One job per order: {@code o-17} is carried by {@code j-17}. */
  static String idOf(OrderId order) {
    String text = order.value();
    return "j-" + (text.startsWith("o-") ? text.substring(2) : text);
  }
}

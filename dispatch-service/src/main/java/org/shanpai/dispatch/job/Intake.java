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
                        "select status, terms.expectedReadyAt, terms.readyAt,"
                            + " decisions.cancelAsked, terms.tipFen, decisions.changeNo,"
                            + " decisions.redispatchAt, terms.customerKey from Job where id = :id",
                        Object[].class)
                    .setParameter("id", jobId(order))
                    .getSingleResultOrNull())
        .map(
            row -> {
              if (row == null) {
                return order.status().terminal() ? News.NONE : News.NEW_ORDER;
              }
              JobStatus status = (JobStatus) row[0];
              boolean tip =
                  order.tip() != null && order.tip().fen() > (long) row[4] && tips(status);
              boolean door =
                  order.askedDropoff() != null
                      && order.changeNo() != null
                      && (row[5] == null || order.changeNo() > (long) row[5]);
              boolean another =
                  order.redispatchRequestedAt() != null
                      && (row[6] == null
                          || order.redispatchRequestedAt().isAfter((Instant) row[6]));
              boolean kitchen =
                  !status.terminal()
                      && !status.carried()
                      && (!Objects.equals(row[1], order.expectedReadyAt())
                          || !Objects.equals(row[2], order.readyAt()));
              boolean cancel = order.cancelRequestedAt() != null && !(boolean) row[3];
              boolean back =
                  order.returnReceivedAt() != null
                      && (status == JobStatus.RETURNING || status == JobStatus.EXCEPTION);
              boolean recalled = recalled(status, order);
              boolean customer = !Objects.equals(row[7], order.customerKey());
              return kitchen || cancel || back || tip || door || another || recalled || customer
                  ? News.CHANGE
                  : News.NONE;
            });
  }

  /** Writes the job and tells it. */
  public Uni<Void> open(OrderState order, Instant now) {
    return jobs.add(Job.open(order, BasePay.of(order.pickup(), order.dropoff(), settings), now));
  }

  /**
   * Notes who the customer is: another telephone, or nobody any more.
   *
   * @return whether they are to be forgotten
   */
  public boolean forgetsCustomer(Job job, OrderState order) {
    return job.terms().customer(order.customerKey()) && order.customerKey() == null;
  }

  /**
   * Notes the wish to cancel.
   *
   * @return whether it is new, and so to be decided now
   */
  public boolean askCancel(Job job, OrderState order) {
    if (order.cancelRequestedAt() == null || job.decisions().cancelWasAsked()) {
      return false;
    }
    job.decisions().cancelAsked();
    return true;
  }

  public void refuseCancel(Job job) {
    job.decisions().refuseCancel();
  }

  /** Whether the order asks for another door that has not been decided yet. */
  public boolean asksChange(Job job, OrderState order) {
    return order.askedDropoff() != null && job.decisions().isNewChange(order.changeNo());
  }

  /** The door stays. */
  public void refuseChange(Job job, OrderState order) {
    job.decisions().changeDecided(order.changeNo(), true);
  }

  /**
   * The job goes to the door asked for.
   *
   * @param planned when its rider will be there by the new route; null when nobody has it
   */
  public void moveDoor(Job job, OrderState order, Instant planned) {
    job.decisions().changeDecided(order.changeNo(), false);
    job.dropoff(
        order.askedDropoff(), BasePay.of(job.pickup(), order.askedDropoff(), settings), planned);
  }

  /** Whether the order asks for another rider and that has not been decided yet. */
  public boolean asksRedispatch(Job job, OrderState order) {
    return job.decisions().isNewRedispatch(order.redispatchRequestedAt());
  }

  /** How often such a wish was granted. */
  public int redispatched(Job job) {
    return job.decisions().redispatched();
  }

  public void decideRedispatch(Job job, OrderState order, boolean granted) {
    job.decisions().redispatchDecided(order.redispatchRequestedAt(), granted);
  }

  /**
   * Notes a tip that has risen, also after the delivery.
   *
   * @return whether it has
   */
  public boolean tip(Job job, OrderState order) {
    return tips(job.status()) && job.terms().tip(order.tip());
  }

  /** Whoever delivers gets it; when nobody will, nobody does. */
  private static boolean tips(JobStatus status) {
    return status != JobStatus.CANCELLED && status != JobStatus.RETURNED;
  }

  /**
   * Whether goods that are on their way are wanted back. Nothing needs to be remembered: once they
   * are turned round, no job comes back to where they could be once more.
   */
  public static boolean recalled(JobStatus status, OrderState order) {
    return order.returnRequestedAt() != null
        && (status == JobStatus.PICKED_UP || status == JobStatus.AT_CUSTOMER);
  }

  /** Notes the kitchen's times while they still matter. */
  public boolean kitchen(Job job, OrderState order) {
    return !job.status().terminal()
        && !job.aboard()
        && job.terms().kitchen(order.expectedReadyAt(), order.readyAt());
  }

  /** One job per order: {@code o-17} is carried by {@code j-17}. */
  static String idOf(OrderId order) {
    String text = order.value();
    return "j-" + (text.startsWith("o-") ? text.substring(2) : text);
  }
}

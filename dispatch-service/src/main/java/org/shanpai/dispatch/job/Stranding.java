package org.shanpai.dispatch.job;

import java.util.Set;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.Fault;

/**
 * When the platform declares a job stranded (滞留单): its rider cannot go on, and it is nobody's
 * choice that another one has to. What riders or merchants choose themselves is none of it: a rider
 * who goes offline or gives a job back, a hand-over, a merchant's wish, a better placed rider.
 */
public final class Stranding {

  /** An operator takes a job from its rider. */
  public static final String OPERATOR = "OPERATOR";

  /** The rider has worked as long as one may. */
  public static final String FATIGUE_LIMIT = "FATIGUE_LIMIT";

  /** Nothing was heard of the rider; for dispatch, which sees it, it is nobody's fault. */
  private static final String SILENT = "RIDER_SILENT";

  /** The rider's own choice, although a phone that died is called so too. */
  private static final String OFFLINE = "RIDER_OFFLINE";

  private static final Set<ExceptionReason> ROWS =
      Set.of(ExceptionReason.ACCIDENT, ExceptionReason.BREAKDOWN, ExceptionReason.PHONE_DEAD);

  private Stranding() {}

  /**
   * Whether losing a job for that reason leaves it stranded.
   *
   * @param whose fault
   */
  static boolean by(String reason, Fault whose) {
    if (whose == Fault.RIDER) {
      return false;
    }
    if (OFFLINE.equals(reason)) {
      return false;
    }
    return SILENT.equals(reason) || ExceptionReason.find(reason).filter(ROWS::contains).isPresent();
  }
}

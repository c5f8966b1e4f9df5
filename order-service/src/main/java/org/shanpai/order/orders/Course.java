package org.shanpai.order.orders;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.List;
import org.shanpai.contracts.event.Goods;
import org.shanpai.contracts.event.JobState;

/** What is kept of how an order's job went, and the bill at its end. */
@Embeddable
public class Course {

  @Column(name = "false_ready")
  private boolean falseReady;

  @Column(name = "job_unclaimed")
  private String unclaimed;

  @Enumerated(EnumType.STRING)
  @Column(name = "job_goods")
  private Goods goods;

  @Convert(converter = ChargesColumn.class)
  private List<Charge> charges;

  void follow(JobState job) {
    unclaimed = job.unclaimed();
    goods = job.goods();
  }

  void readyWasFalse() {
    falseReady = true;
  }

  void bill(List<Charge> lines) {
    charges = List.copyOf(lines);
  }

  /** The goods were not ready when the merchant said so. */
  public boolean falseReady() {
    return falseReady;
  }

  /** How far dispatch went for a job that nobody takes; see {@link JobState#unclaimed}. */
  public String unclaimed() {
    return unclaimed;
  }

  /** What becomes of goods that nobody took; null while that is not in question. */
  public Goods goods() {
    return goods;
  }

  /** Null until the order has ended. */
  public List<Charge> charges() {
    return charges;
  }
}

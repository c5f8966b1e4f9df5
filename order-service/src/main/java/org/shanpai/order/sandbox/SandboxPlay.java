package org.shanpai.order.sandbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Json;

/** How far an order's play has come. Changed only under the locks of the order and of this row. */
@Entity
@Table(name = "sandbox_play")
public class SandboxPlay {

  /** The column {@code job} of a play that has not begun. */
  public static final String UNBORN = Json.write(SandboxJob.UNBORN);

  @Id
  @Column(name = "order_id")
  private String orderId;

  private String play;

  @Enumerated(EnumType.STRING)
  private Pace pace;

  private int step;

  @Column(name = "due_at")
  private Instant dueAt;

  private String job;
  private boolean heard;
  private boolean ended;

  protected SandboxPlay() {}

  public OrderId orderId() {
    return new OrderId(orderId);
  }

  /**
   * @throws IllegalStateException when this release knows no such play any more
   */
  Play play() {
    return Plays.find(play)
        .orElseThrow(() -> new IllegalStateException("no play " + play + " for " + orderId));
  }

  Pace pace() {
    return pace;
  }

  /** The next step, counted from 0; as many as there are when none is left. */
  int step() {
    return step;
  }

  /** City time; null while nothing happens by itself. */
  Instant dueAt() {
    return dueAt;
  }

  SandboxJob job() {
    return Json.read(job, SandboxJob.class);
  }

  boolean ended() {
    return ended;
  }

  /** The made-up dispatch has looked at the order. */
  void listened() {
    heard = false;
  }

  /** Nothing happens by itself any more. */
  void pause() {
    dueAt = null;
  }

  /** The order has ended. */
  void end() {
    ended = true;
    dueAt = null;
  }

  void move(SandboxJob to, int nextStep, Instant due) {
    job = Json.write(to);
    step = nextStep;
    ended = to.status().terminal();
    dueAt = ended ? null : due;
  }
}

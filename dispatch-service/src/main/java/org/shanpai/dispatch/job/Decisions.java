package org.shanpai.dispatch.job;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.ExtraPay;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.Goods;
import org.shanpai.contracts.event.JobState;
import org.shanpai.messaging.Json;

/** What was decided about the wishes of an order and about what went wrong with it. */
@Embeddable
public class Decisions {

  private boolean cancelAsked;
  private boolean cancelRefused;
  private Long changeNo;
  private Boolean changeRefused;
  private Instant redispatchAt;
  private int redispatched;
  private String exception;

  @Enumerated(EnumType.STRING)
  private Goods goods;

  private String extraPays = "[]";
  private String handBacks;
  private String stranded;

  protected Decisions() {}

  /**
   * @param redispatchAt a wish for another rider that nobody had it for any more
   */
  static Decisions none(Instant redispatchAt) {
    Decisions decisions = new Decisions();
    decisions.redispatchAt = redispatchAt;
    return decisions;
  }

  /** The merchant asked to cancel; whatever is decided, it is decided once. */
  void cancelAsked() {
    cancelAsked = true;
  }

  boolean cancelWasAsked() {
    return cancelAsked;
  }

  /** Too late: the goods are on their way, or it is over. */
  void refuseCancel() {
    cancelRefused = true;
  }

  boolean cancelRefused() {
    return cancelRefused;
  }

  /** Whether a change of the door has not been decided yet. */
  boolean isNewChange(Long number) {
    return number != null && (changeNo == null || number > changeNo);
  }

  void changeDecided(long number, boolean refused) {
    changeNo = number;
    changeRefused = refused;
  }

  Long changeNo() {
    return changeNo;
  }

  Boolean changeRefused() {
    return changeRefused;
  }

  /** Whether a wish for another rider has not been decided yet. */
  boolean isNewRedispatch(Instant asked) {
    return asked != null && (redispatchAt == null || asked.isAfter(redispatchAt));
  }

  void redispatchDecided(Instant asked, boolean granted) {
    redispatchAt = asked;
    if (granted) {
      redispatched++;
    }
  }

  /** How often it was taken from a rider because the merchant asked for another one. */
  int redispatched() {
    return redispatched;
  }

  void exception(ExceptionReason reason, Goods what) {
    exception = reason.name();
    if (what != null) {
      goods = what;
    }
  }

  /** All is well again. */
  void settled() {
    exception = null;
    goods = null;
  }

  /** What went wrong; null while all is well. */
  public ExceptionReason exception() {
    return exception == null ? null : ExceptionReason.valueOf(exception);
  }

  void goods(Goods what) {
    goods = what;
  }

  /** What becomes of goods that nobody took; null while that is not in question. */
  public Goods goods() {
    return goods;
  }

  /**
   * Somebody gets something besides the pay; once for each rider, kind and epoch.
   *
   * @return whether that is news
   */
  boolean pay(ExtraPay extra) {
    List<ExtraPay> all = new ArrayList<>(List.of(Json.read(extraPays, ExtraPay[].class)));
    boolean known =
        all.stream()
            .anyMatch(
                paid ->
                    paid.riderId().equals(extra.riderId())
                        && paid.epoch() == extra.epoch()
                        && paid.kind() == extra.kind());
    if (known || extra.amount().fen() <= 0) {
      return false;
    }
    all.add(extra);
    extraPays = Json.write(all);
    return true;
  }

  /** Null for none. */
  List<ExtraPay> extraPays() {
    List<ExtraPay> all = List.of(Json.read(extraPays, ExtraPay[].class));
    return all.isEmpty() ? null : all;
  }

  /** Its rider loses it before the pickup. */
  void handedBack(String riderId, long epoch, String why, Fault whose, Instant now) {
    List<JobState.HandBack> all = new ArrayList<>(handBacks == null ? List.of() : handBacks());
    all.add(new JobState.HandBack(new RiderId(riderId), epoch, why, whose, now));
    handBacks = Json.write(all);
    lost(riderId, epoch, why, whose, now);
  }

  /** Its rider loses it, or stands still with it: whether that leaves it stranded. */
  void lost(String riderId, long epoch, String why, Fault whose, Instant now) {
    if (Stranding.by(why, whose)) {
      strand(riderId, epoch, why, now);
    }
  }

  /** The platform declares the job stranded. */
  public void strand(String riderId, long epoch, String why, Instant now) {
    stranded = Json.write(new JobState.Stranded(new RiderId(riderId), epoch, why, now));
  }

  /** Whom it was last taken from through no fault of theirs; null for nobody. */
  JobState.Stranded stranded() {
    return stranded == null ? null : Json.read(stranded, JobState.Stranded.class);
  }

  /** Riders who lost the job before the pickup; null for none. */
  List<JobState.HandBack> handBacks() {
    return handBacks == null ? null : List.of(Json.read(handBacks, JobState.HandBack[].class));
  }
}

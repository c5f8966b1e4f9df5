package org.shanpai.order.orders;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.event.ExceptionReason;
import org.shanpai.contracts.event.Fault;

/** What a merchant asked for after the order was in, beside a plain cancel. */
@Embeddable
public class Requests {

  @Enumerated(EnumType.STRING)
  @Column(name = "cancel_fault")
  private Fault cancelFault;

  @Column(name = "cancel_fee_fen")
  private Long cancelFeeFen;

  @Column(name = "tip_fen")
  private long tipFen;

  @Column(name = "change_no")
  private long changeNo;

  @Enumerated(EnumType.STRING)
  @Column(name = "change_state")
  private ChangeState changeState;

  @Column(name = "change_fen")
  private long changeFen;

  @Column(name = "change_asked_fen")
  private Long changeAskedFen;

  @Column(name = "asked_lat")
  private Double askedLat;

  @Column(name = "asked_lon")
  private Double askedLon;

  @Column(name = "redispatch_requested_at")
  private Instant redispatchRequestedAt;

  @Column(name = "redispatch_epoch")
  private Long redispatchEpoch;

  private int redispatches;

  @Column(name = "return_requested_at")
  private Instant returnRequestedAt;

  @Column(name = "reported_reason")
  private String reportedReason;

  @Column(name = "reported_version")
  private Long reportedVersion;

  void cancel(Fault whose, long feeFen) {
    cancelFault = whose;
    cancelFeeFen = feeFen;
  }

  /** A cancel that came too late costs nothing. */
  void cancelRefused() {
    cancelFeeFen = 0L;
  }

  void tip(long fen) {
    tipFen = fen;
  }

  void askDoor(GeoPoint door, long differenceFen) {
    changeNo++;
    changeState = ChangeState.ASKED;
    changeAskedFen = differenceFen;
    askedLat = door.lat();
    askedLon = door.lon();
  }

  void decideDoor(boolean applied) {
    changeState = applied ? ChangeState.APPLIED : ChangeState.REFUSED;
    if (applied) {
      changeFen += changeAskedFen;
    }
  }

  void askRedispatch(Instant now, long epoch) {
    redispatchRequestedAt = now;
    redispatchEpoch = epoch;
    redispatches++;
  }

  void askReturn(Instant now) {
    returnRequestedAt = now;
  }

  void reported(ExceptionReason what, long version) {
    reportedReason = what.name();
    reportedVersion = version;
  }

  /** When the goods on their way were wanted back; null when never. */
  public Instant returnRequestedAt() {
    return returnRequestedAt;
  }

  /** What the merchant last reported to have gone wrong; null for nothing. */
  public String reportedReason() {
    return reportedReason;
  }

  /** The version of the order that told it first; null for nothing. */
  public Long reportedVersion() {
    return reportedVersion;
  }

  /** Whose doing the cancel asked for is; null when none was asked for. */
  public Fault cancelFault() {
    return cancelFault;
  }

  /** What the cancel asked for costs; null when none was asked for. */
  public Long cancelFeeFen() {
    return cancelFeeFen;
  }

  /** All of it; 0 for none. */
  public long tipFen() {
    return tipFen;
  }

  /** Null for none. */
  public Money tip() {
    return tipFen == 0 ? null : Money.ofFen(tipFen);
  }

  /** The number of the last door asked for; 0 for none. */
  public long changeNo() {
    return changeNo;
  }

  /** What became of the last door asked for; null for none. */
  public ChangeState changeState() {
    return changeState;
  }

  /** What doors that were applied made of the delivery fee, all together. */
  public long changeFen() {
    return changeFen;
  }

  /** What the last door asked for makes of the delivery fee; null for none. */
  public Long changeAskedFen() {
    return changeAskedFen;
  }

  /** The last door asked for; null for none. */
  public GeoPoint askedDoor() {
    return askedLat == null ? null : new GeoPoint(askedLat, askedLon);
  }

  /** Null when never. */
  public Instant redispatchRequestedAt() {
    return redispatchRequestedAt;
  }

  /** The assignment that the last request for another rider was about; null for none. */
  public Long redispatchEpoch() {
    return redispatchEpoch;
  }

  /** How often another rider was asked for. */
  public int redispatches() {
    return redispatches;
  }
}

package org.shanpai.geo.position;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.shanpai.contracts.GeoPoint;

/**
 * Judges a batch of readings by what is known of the rider: order, clock, movement, trust. Changes
 * the rider's {@link Conduct} and nothing else.
 */
public final class PingJudge {

  private static final Comparator<Reading> OLDEST_FIRST =
      Comparator.comparingLong(Reading::at).thenComparingLong(Reading::seq);

  private final PingCheck check;
  private final PhoneSession.ClockLimits clocks;
  private final int confirmations;
  private final Predicate<GeoPoint> atShop;

  /**
   * @param confirmations so many readings in a row that contradict what is known but not each other
   *     are believed: what was known was wrong
   * @param atShop whether a shop is so near that being there counts
   */
  public PingJudge(PingCheck check, int confirmations, Predicate<GeoPoint> atShop) {
    this.check = check;
    this.clocks = check.limits().clocks();
    this.confirmations = confirmations;
    this.atShop = atShop;
  }

  /**
   * @param newest the rider's position, null when unknown
   * @param told by the phone's clock, in any order
   * @param now city time
   * @return one for each reading, oldest first
   */
  List<Judgement> judge(
      Conduct conduct, Reading newest, Phone phone, List<Reading> told, long now) {
    if (told.isEmpty()) {
      return List.of();
    }
    List<Reading> inOrder = new ArrayList<>(told);
    inOrder.sort(OLDEST_FIRST);
    PhoneSession session = conduct.session(PhoneSession.key(phone.sessionId()));
    long middle = inOrder.get((inOrder.size() - 1) / 2).at();
    listen(session, inOrder, middle, now);
    long correction = session.correction(now, clocks);
    List<Judgement> judgements = new ArrayList<>(inOrder.size());
    Reading before = newest;
    for (Reading raw : inOrder) {
      Judgement judgement = one(conduct, session, before, newest, raw, middle, correction, now);
      judgements.add(judgement);
      if (judgement.believed()) {
        before = judgement.reading();
        if (judgement.moves()) {
          newest = before;
        }
      }
    }
    return judgements;
  }

  /** One absurd time in a batch says nothing about the clock behind the others. */
  private void listen(PhoneSession session, List<Reading> inOrder, long middle, long now) {
    Reading last = null;
    for (Reading reading : inOrder) {
      if (!absurd(reading.at(), middle) && (last == null || reading.seq() > last.seq())) {
        last = reading;
      }
    }
    if (last != null && last.seq() > session.highest()) {
      session.heard(last.at(), now, clocks);
    }
  }

  private boolean absurd(long at, long middle) {
    return Math.abs(at - middle) > clocks.oldest();
  }

  private Judgement one(
      Conduct conduct,
      PhoneSession session,
      Reading before,
      Reading newest,
      Reading raw,
      long middle,
      long correction,
      long now) {
    Reading reading = raw.correctedBy(correction);
    PingRejection untimely =
        absurd(raw.at(), middle)
            ? raw.at() > middle ? PingRejection.FUTURE : PingRejection.TOO_OLD
            : check.untimely(reading.at(), now);
    if (untimely != null) {
      return new Judgement(reading, untimely, null, false, conduct.trust.value());
    }
    PhoneSession.Order order = session.order(raw.seq());
    if (order == PhoneSession.Order.REPEATED) {
      return new Judgement(reading, null, order, false, conduct.trust.value());
    }
    boolean forward = order == PhoneSession.Order.NEW;
    int signals = signals(conduct, reading, forward, correction != 0);
    boolean jumped = before != null && check.impossible(before, reading);
    if (before != null && forward && !jumped && check.hardlyPossible(before, reading)) {
      signals |= Trust.bit(TrustSignal.SPEED);
    }
    if (jumped) {
      signals |= Trust.bit(TrustSignal.TELEPORT);
      if (atShop.test(reading.place())) {
        signals |= Trust.bit(TrustSignal.SHOP);
      }
    }
    conduct.trust.saw(signals, reading.at());
    if (jumped && !confirmed(conduct, newest, reading)) {
      return new Judgement(reading, PingRejection.TELEPORT, order, false, conduct.trust.value());
    }
    conduct.trust.forgiveAllBut(signals);
    conduct.readings++;
    boolean moves = forward && (newest == null || reading.at() > newest.at());
    if (moves) {
      conduct.suspect = null;
      conduct.suspicions = 0;
      conduct.accuracyMetres = (float) reading.accuracyMetres();
    }
    return new Judgement(reading, null, order, moves, conduct.trust.value());
  }

  /** What the reading shows whatever place the rider was at before. */
  private int signals(Conduct conduct, Reading reading, boolean forward, boolean clockWrong) {
    int signals = clockWrong ? Trust.bit(TrustSignal.CLOCK) : 0;
    if (reading.mock()) {
      signals |= Trust.bit(TrustSignal.MOCK);
    }
    if (check.badAccuracy(reading.accuracyMetres())) {
      signals |= Trust.bit(TrustSignal.ACCURACY);
    }
    if (check.hardlyPossible(reading.speedMps())) {
      signals |= Trust.bit(TrustSignal.SPEED);
    }
    if (forward) {
      conduct.follow(reading);
      if (check.tooOftenTheSame(conduct.sameInARow, reading.speedMps())) {
        signals |= Trust.bit(TrustSignal.IDENTICAL);
      }
    }
    return signals;
  }

  private boolean confirmed(Conduct conduct, Reading newest, Reading reading) {
    if (reading.at() <= newest.at()) {
      return false;
    }
    Reading suspect = conduct.suspect;
    if (suspect != null && reading.at() <= suspect.at()) {
      return false;
    }
    boolean agrees = suspect != null && !check.impossible(suspect, reading);
    conduct.suspicions = agrees ? conduct.suspicions + 1 : 1;
    conduct.suspect = reading;
    return conduct.suspicions >= confirmations;
  }
}

package org.shanpai.stack.command;

import java.util.List;
import org.shanpai.city.report.RiderFigures;

/** What a run's riders used of what is theirs, in lines for people. */
final class RiderLines {

  private RiderLines() {}

  static List<String> of(RiderFigures r) {
    if (r == null) {
      return List.of();
    }
    return List.of(
        "score: %d rows took points; %d appeals filed, %d accepted, %d rejected, %d to a panel (%d dismissed), %d open; %d complaints (%d upheld), %d praised, %d rated; %d trainings"
            .formatted(
                r.pointsLost(),
                r.appealsFiled(),
                r.appealsAccepted(),
                r.appealsRejected(),
                r.appealsEscalated(),
                r.appealsDismissed(),
                r.appealsOpen(),
                r.complaints(),
                r.complaintsUpheld(),
                r.praise(),
                r.ratings(),
                r.trainings()),
        "riders: %d of %d hand-overs taken, %d jobs given back; %d actions from queues (%d twice, %d by a wrong clock); campaign: %d signed up for %d places, %d have one, %d wait; slot: %d planned, %d found it full; %d of %d calls for help answered"
            .formatted(
                r.handedOver(),
                r.handOversAsked(),
                r.releases(),
                r.queuedActions(),
                r.replayedTwice(),
                r.wrongClockActions(),
                r.campaignSignUps(),
                r.campaignPlaces(),
                r.campaignReserved(),
                r.campaignWaiting(),
                r.slotSignUps(),
                r.slotFull(),
                r.sosAnswered(),
                r.sos()),
        "reckoned anew: %d scores (%d amiss, %d not explained, %d appeals without effect), %d lines of pay (%d amiss)"
            .formatted(
                r.scoresChecked(),
                r.scoresAmiss(),
                r.explanationsAmiss(),
                r.appealsAmiss(),
                r.linesChecked(),
                r.earningsAmiss()));
  }
}

package org.shanpai.city.report;

import java.util.Map;

/**
 * What the riders of a run used of what is theirs, and whether score and pay are what the rules
 * make of it.
 *
 * @param pointsLost rows that took points, those taken back included
 * @param appealsFiled appeals that the platform took
 * @param appealsAccepted of these, those accepted in the end, by either instance
 * @param appealsRejected those rejected in the first instance and left at that
 * @param appealsEscalated those that went to a panel
 * @param appealsDismissed those that a panel dismissed
 * @param appealsOpen those without a last word when the run was over
 * @param complaints customers' complaints
 * @param complaintsUpheld of these, those that a manager believed
 * @param praise customers' praise
 * @param ratings stars without words
 * @param handOversAsked jobs offered to another rider (转单)
 * @param handedOver of these, those that the other took
 * @param releases jobs given back for somebody else
 * @param queuedActions steps done without a line and handed in later, out of order
 * @param replayedTwice of these, those handed in once more afterwards
 * @param wrongClockActions of these, those of a phone whose clock is hours off
 * @param trainings trainings passed below 60
 * @param trainingsRefused those of riders who need none
 * @param campaignPlaces places of the run's campaign
 * @param campaignSignUps riders who signed up for it
 * @param campaignReserved of these, those with a place
 * @param campaignWaiting of these, those who wait
 * @param proofsRejected proofs that a manager did not accept
 * @param slotSignUps riders with a place in the run's slot
 * @param slotFull riders who found it full
 * @param sos calls for help
 * @param sosAnswered of these, those that somebody answered
 * @param scoresChecked riders whose score was reckoned from their ledger
 * @param scoresAmiss scores that are not what the rules make; any is a failure
 * @param explanationsAmiss rows that the explanation does not say why; any is a failure
 * @param appealsAmiss decided appeals without their effect; any is a failure
 * @param linesChecked lines of earnings that were looked at
 * @param earningsAmiss what is not as told, or taken; any is a failure
 * @param placesAmiss more places given than there are, and the like; any is a failure
 * @param queueAmiss actions done twice or told at a wrong time; any is a failure
 */
public record RiderFigures(
    int pointsLost,
    int appealsFiled,
    int appealsAccepted,
    int appealsRejected,
    int appealsEscalated,
    int appealsDismissed,
    int appealsOpen,
    int complaints,
    int complaintsUpheld,
    int praise,
    int ratings,
    int handOversAsked,
    int handedOver,
    int releases,
    int queuedActions,
    int replayedTwice,
    int wrongClockActions,
    int trainings,
    int trainingsRefused,
    int campaignPlaces,
    int campaignSignUps,
    int campaignReserved,
    int campaignWaiting,
    int proofsRejected,
    int slotSignUps,
    int slotFull,
    int sos,
    int sosAnswered,
    int scoresChecked,
    int scoresAmiss,
    int explanationsAmiss,
    int appealsAmiss,
    int linesChecked,
    int earningsAmiss,
    int placesAmiss,
    int queueAmiss) {

  /** The figures as they stand. */
  public static RiderFigures of(CityLog log, RiderBook book, Places places) {
    Map<String, Integer> counts = log.figures().counts();
    Map<String, Integer> appeals = book.appeals();
    return new RiderFigures(
        book.losses(),
        of(counts, "appeals filed"),
        of(appeals, "ACCEPTED"),
        of(appeals, "REJECTED"),
        of(counts, "appeals escalated"),
        of(appeals, "DISMISSED"),
        of(appeals, "FILED") + of(appeals, "PANEL"),
        of(counts, "complaints"),
        of(counts, "complaints upheld"),
        of(counts, "praises"),
        of(counts, "ratings"),
        of(counts, "hand-overs asked"),
        of(counts, "hand-overs"),
        of(counts, "released"),
        of(counts, "queued actions"),
        of(counts, "queued actions repeated"),
        of(counts, "wrong-clock actions"),
        of(counts, "trainings"),
        of(counts, "trainings refused"),
        places.places(),
        of(counts, "campaign sign-ups"),
        places.reserved(),
        places.waiting(),
        of(counts, "proofs rejected"),
        of(counts, "slot sign-ups"),
        of(counts, "slot sign-ups refused"),
        of(counts, "sos"),
        of(counts, "sos answered"),
        book.scoresChecked(),
        book.scoresAmiss().size(),
        book.explanationsAmiss().size(),
        book.appealsAmiss().size(),
        book.linesChecked(),
        book.earningsAmiss().size(),
        places.amiss().size(),
        log.amiss("queueAmiss"));
  }

  private static int of(Map<String, Integer> counts, String what) {
    return counts.getOrDefault(what, 0);
  }
}

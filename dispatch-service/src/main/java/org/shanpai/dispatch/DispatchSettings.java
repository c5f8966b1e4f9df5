package org.shanpai.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * What can be set here. Durations are city seconds unless the name says wall or millis.
 *
 * <p>Prefix {@code shanpai.dispatch}; as environment variables {@code SHANPAI_DISPATCH_…}.
 */
@ConfigMapping(prefix = "shanpai.dispatch")
public interface DispatchSettings {

  /** Which waves are stored. */
  enum WaveKeeping {
    /** Every wave that was solved. */
    ALL,
    /** Those that made an offer, wrote a receipt or failed. */
    DECIDED,
    /** Those that failed. */
    FAILED
  }

  /** Time between two waves of an area when nothing urgent happens. */
  @WithDefault("5")
  int waveSeconds();

  /** Wall milliseconds that pass at least between two waves of an area. */
  @WithDefault("150")
  int waveMinWallMillis();

  /** A wave with the same jobs and riders as the last is not solved again for so long. */
  @WithDefault("15")
  int unchangedSeconds();

  /** Jobs of one wave, oldest first. */
  @WithDefault("300")
  int waveMaxJobs();

  /** Places of one wave; geo-service answers for so many at once. Farther riders are left out. */
  @WithDefault("1400")
  int waveMaxPlaces();

  /** Wall milliseconds the engine may search for one wave, at most. */
  @WithDefault("250")
  int engineWallMillis();

  /** The same as a share of the wall time between two waves, percent: a fast city is no excuse. */
  @WithDefault("10")
  int engineWallPercent();

  /** How often a job may go from one rider to another because that pays; 0 for never. */
  @WithDefault("2")
  int reassignMost();

  /**
   * What a reassignment must save at least, in the engine's thousandths of a second of riding, when
   * its new rider is asked and may decline; who is not asked gets it when it saves anything.
   */
  @WithDefault("600000")
  long reassignAskedGain();

  /** How far outside an area dedicated riders still serve it; pools' rules start from here. */
  @WithDefault("1000")
  int stationReachMetres();

  /** The same for crowdsourced and preferred riders. */
  @WithDefault("1500")
  int crowdReachMetres();

  /** The same for every pool and a job that nobody nearer takes. */
  @WithDefault("3000")
  int neighbourReachMetres();

  /** Longest stretch of work; then no offers until a rest. */
  @WithDefault("14400")
  int fatigueStreakSeconds();

  /** A gap between jobs that counts as a rest. */
  @WithDefault("1200")
  int fatigueRestSeconds();

  /** Work in a day after which a rider has to say that they go on. */
  @WithDefault("28800")
  int fatigueConfirmSeconds();

  /** So long before that they may say so already, lest the last way of a day be too long for it. */
  @WithDefault("3600")
  int fatigueConfirmLeadSeconds();

  /** Longest work in a day. */
  @WithDefault("43200")
  int fatigueDaySeconds();

  /** The long rest that everybody needs. */
  @WithDefault("28800")
  int fatigueNightRestSeconds();

  /** In which there has to be a long rest. */
  @WithDefault("86400")
  int fatigueWindowSeconds();

  /** How long a rider has to answer another who wants to give them a job. */
  @WithDefault("120")
  int handOverSeconds();

  /** Jobs a rider has in hand at most. */
  @WithDefault("8")
  int carryCap();

  /** The same in a rider's first days. */
  @WithDefault("3")
  int newcomerCarryCap();

  /** How many days those are, the first one counted. */
  @WithDefault("14")
  int newcomerDays();

  /** What a job that nobody takes pays more, fen. */
  @WithDefault("100")
  int payStepFen();

  /** In a mixed area: a job planned to end so shortly before its promise leaves the hall. */
  @WithDefault("600")
  int hallDangerSeconds();

  /** Jobs of the hall shown at once, nearest first. */
  @WithDefault("50")
  int hallMostJobs();

  /** A position older than this gets no offers. */
  @WithDefault("180")
  int positionFreshSeconds();

  /** Life of an offer. */
  @WithDefault("30")
  int offerSeconds();

  /** Unanswered offers in a row after which a rider is paused. */
  @WithDefault("3")
  int unansweredBeforePause();

  /** How long that pause is. */
  @WithDefault("600")
  int pauseSeconds();

  /** How long a rider who declined, missed or lost a job is not asked for it again. */
  @WithDefault("900")
  int excludedSeconds();

  /** No ping for so long: jobs not picked up are given to others. */
  @WithDefault("300")
  int silentSeconds();

  /** No ping for so long with goods aboard: an exception for an operator. */
  @WithDefault("900")
  int silentWithGoodsSeconds();

  /** How far around an area riders are looked for first, before each one missing is asked for. */
  @WithDefault("5000")
  int silentWithinMetres();

  /** A phone with less battery left than this gets no offers, percent. */
  @WithDefault("10")
  int lowBatteryPercent();

  /** A position believed less than this is not built on, 0–100. */
  @WithDefault("40")
  int leastTrust();

  /** A rider whose positions are not believed for so long gets no offers until they are. */
  @WithDefault("300")
  int untrustedSeconds();

  /** Whether stops are planned with the times geo-service has learned; else with those below. */
  @WithDefault("true")
  boolean learnedStops();

  /** How long a learned stop time is kept before it is asked for again. */
  @WithDefault("900")
  int stopTimeSeconds();

  /** How long geo-service is left alone after it did not tell stop times. */
  @WithDefault("30")
  int stopTimesRestSeconds();

  /** Learned stop times kept at once. */
  @WithDefault("20000")
  int stopTimesMost();

  /** Whether learned pickup points and kitchen times of stores are planned with. */
  @WithDefault("true")
  boolean learnedStores();

  /** Orders from which a kitchen's time must be learned before it is planned with. */
  @WithDefault("10")
  int learnedKitchens();

  /** A learned pickup point so many metres off the told place is not believed. */
  @WithDefault("300")
  int learnedPickupMetres();

  /** After the promise's end, an open job that nobody took is cancelled free of charge. */
  @WithDefault("3600")
  int nobodyAcceptsSeconds();

  /** Seconds at the counter once the goods are ready. */
  @WithDefault("60")
  int pickupSeconds();

  /** Seconds at the door. */
  @WithDefault("180")
  int dropoffSeconds();

  /** Seconds by which the effective end of the kitchen's work lies before the pickup. */
  @WithDefault("60")
  int handoverSeconds();

  /**
   * How long four of five rides take at most, in percent of the planned ride. The rider's deadline
   * counts with it, the plan does not.
   */
  @WithDefault("120")
  int arrivalP80Percent();

  /** The same for a stop at a counter or a door of which nobody learned more. */
  @WithDefault("140")
  int stopP80Percent();

  /** How much later than told four of five kitchens are at most, where nobody learned more. */
  @WithDefault("180")
  int kitchenSpreadSeconds();

  /** A "ready" tap counts when the pickup follows within so many seconds of tap and arrival. */
  @WithDefault("180")
  int readyTapSeconds();

  /** Seconds a rider usually rides to a store; only for how busy an area is. */
  @WithDefault("300")
  int usualApproachSeconds();

  /** Base pay of every delivery, fen. */
  @WithDefault("400")
  int basePayFen();

  /** Besides, for the way (里程): each started 100 metres between store and door, fen. */
  @WithDefault("12")
  int basePayFenPer100Metres();

  /** What a trip to a store in vain pays, fen. */
  @WithDefault("300")
  int wastedTripFen();

  /** A rider so many metres nearer to the store than at acceptance was really on the way. */
  @WithDefault("300")
  int approachMetres();

  /** Where no position is known: one who had the job for so many seconds was. */
  @WithDefault("180")
  int approachSeconds();

  /** Seconds that a rider waits unpaid beyond the kitchen's promise, and of each span after. */
  @WithDefault("300")
  int waitSpanSeconds();

  /** What each span of waiting that has begun pays, fen. */
  @WithDefault("100")
  int waitFen();

  /** What a wait pays at most, fen. */
  @WithDefault("600")
  int waitMostFen();

  /** What bringing the goods back to the store pays, fen. */
  @WithDefault("400")
  int returnFen();

  /** Seconds at the store before a rider may report a slow kitchen. */
  @WithDefault("300")
  int slowKitchenSeconds();

  /** Seconds after that report before the rider may leave without fault. */
  @WithDefault("900")
  int slowKitchenReleaseSeconds();

  /** How often a merchant may have a job taken from its rider. */
  @WithDefault("2")
  int redispatchMost();

  /** How long a rider whom the merchant did not want is not asked for the job again. */
  @WithDefault("86400")
  int redispatchExcludedSeconds();

  /**
   * What each unit of a rider's box may weigh, grams. Not less than order-service's {@code
   * shanpai.intake.load.grams-per-unit}: what lies between would be promised and never carried.
   */
  @WithDefault("3000")
  int gramsPerUnit();

  /** Wall seconds a lease on an area lives without renewal. */
  @WithDefault("6")
  int leaseWallSeconds();

  /** Hours that the log of waves goes back, city time. */
  @WithDefault("48")
  int logHours();

  /** Which waves are stored so that they can be run again; one that failed always is. */
  @WithDefault("ALL")
  WaveKeeping waveKeep();

  /** Hours that stored waves go back, city time; not more than {@link #logHours()} counts. */
  @WithDefault("48")
  int waveKeepHours();

  /** Hours that receipts go back, city time: as long as a rider may appeal. */
  @WithDefault("168")
  int receiptHours();

  /** Hours that noted delays go back, city time; a job in hand longer than that is an exception. */
  @WithDefault("48")
  int delayHours();

  /** Seconds during which an area is served by insertion alone after a wave failed there. */
  @WithDefault("60")
  int insertionAfterFailureSeconds();

  /** Whether this replica runs waves and sweeps on its own; off in tests that call them. */
  @WithDefault("true")
  boolean timers();
}

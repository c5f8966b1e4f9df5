package org.shanpai.contracts.event;

/**
 * The Kafka topics of the platform. The key of every record is the aggregate's id.
 *
 * <p>State topics carry the full state with a version and are compacted; fact topics are kept for
 * 14 days.
 */
public enum Topic {
  ORDER("shanpai.order", Kind.STATE),
  STORE("shanpai.store", Kind.STATE),
  JOB("shanpai.job", Kind.STATE),
  OFFER("shanpai.offer", Kind.STATE),
  RIDER_WORK("shanpai.rider-work", Kind.STATE),
  RIDER("shanpai.rider", Kind.STATE),
  AREA("shanpai.area", Kind.STATE),
  WEATHER("shanpai.weather", Kind.STATE),
  RECEIPT("shanpai.receipt", Kind.FACT),
  SCORE("shanpai.score", Kind.FACT),
  POSITION("shanpai.position", Kind.FACT),
  ZONE("shanpai.zone", Kind.STATE),
  LEARNED("shanpai.learned", Kind.STATE),
  GEOFENCE("shanpai.geofence", Kind.FACT),
  DEMAND("shanpai.demand", Kind.FACT),
  FEEDBACK("shanpai.feedback", Kind.FACT),
  FRAUD("shanpai.fraud", Kind.FACT),
  SETTLEMENT("shanpai.settlement", Kind.FACT),
  SOS("shanpai.sos", Kind.STATE),
  RIDER_BLOCK("shanpai.rider-block", Kind.STATE);

  /** Whether newer replaces older, or every record counts. */
  public enum Kind {
    STATE,
    FACT
  }

  /** Partitions of every topic: the ceiling of consumers that share one. */
  public static final int PARTITIONS = 6;

  private final String text;
  private final Kind kind;

  Topic(String text, Kind kind) {
    this.text = text;
    this.kind = kind;
  }

  /** The topic's name in Kafka. */
  public String text() {
    return text;
  }

  public Kind kind() {
    return kind;
  }
}

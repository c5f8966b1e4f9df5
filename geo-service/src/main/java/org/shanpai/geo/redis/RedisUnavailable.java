package org.shanpai.geo.redis;

/** A request to Redis that was not served; the same request may be served later. */
public class RedisUnavailable extends RuntimeException {

  /** See the members. */
  public enum Reason {
    /** Redis does not answer, or not in time, or refuses to work. */
    AWAY,
    /** Too many of our own requests wait already. */
    BUSY,
    /** Redis came back without what was written to it. */
    LOST
  }

  private final Reason reason;

  public RedisUnavailable(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

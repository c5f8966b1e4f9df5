package org.shanpai.order.box;

/** Goods that cannot be packed as they are. */
public final class Unpackable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What stands in the way. */
  public enum Reason {
    /** One piece alone is more than a rider carries. */
    PIECE_TOO_BIG,
    /** One line wants two climates. */
    CLIMATES_CLASH,
    /** More loads than a purchase may be split over. */
    TOO_MANY_LOADS
  }

  private final Reason reason;
  private final String field;

  Unpackable(Reason reason, String field, String message) {
    super(message);
    this.reason = reason;
    this.field = field;
  }

  public Reason reason() {
    return reason;
  }

  /** The field at fault, such as {@code items[3]}. */
  public String field() {
    return field;
  }
}
